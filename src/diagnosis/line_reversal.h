// Reversals of what is done line by line, without a look at MIME: quoting of From lines, line ends,
// dots of SMTP, white space, long lines, NUL. None of them removes what a reader would see.
#ifndef MAILASSAY_DIAGNOSIS_LINE_REVERSAL_H
#define MAILASSAY_DIAGNOSIS_LINE_REVERSAL_H

#include <string_view>

#include "diagnosis/body_traits.h"
#include "diagnosis/candidate_sink.h"
#include "mailassay/dossier.h"

namespace mailassay::diagnosis {

/// Reversals that few bodies give cause for, and that are combined with others: quoting, line ends,
/// dots, long lines, NUL.
///
/// Result:   true if `sink` wanted no more.
bool try_store_reversals(std::string_view body, const BodyTraits& traits, Guess guess,
                         CandidateSink& sink);

/// Reversals of changed white space. What `canon` ignores is left out. `flowed`: the text is said
/// to be format=flowed.
///
/// Result:   as above.
bool try_white_space_reversals(std::string_view body, const BodyTraits& traits,
                               dkim::BodyCanon canon, bool flowed, CandidateSink& sink);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_LINE_REVERSAL_H
