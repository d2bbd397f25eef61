// The words of the envelope's closed lists, for rows and explanations.
#ifndef MAILASSAY_ENVELOPE_WORD_H
#define MAILASSAY_ENVELOPE_WORD_H

#include <string_view>

#include "mailassay/envelope.h"

namespace mailassay::envelope {

std::string_view word_of(HopKind kind);
std::string_view word_of(MarkKind kind);
std::string_view word_of(TransitNote note);
std::string_view word_of(Provider provider);
std::string_view word_of(Sureness sureness);
std::string_view word_of(BorderReason reason);
std::string_view word_of(ValueSource source);
std::string_view word_of(Confidence confidence);
std::string_view word_of(ConflictSubject subject);
std::string_view word_of(Place place);
std::string_view word_of(RewriteKind kind);
std::string_view word_of(RecordedField field);
std::string_view word_of(RecordedFault fault);
std::string_view word_of(ResultWord word);
std::string_view word_of(Agreement agreement);
std::string_view word_of(ComparisonReason reason);

/// For a person.
std::string_view sentence_of(BorderReason reason);
std::string_view sentence_of(ComparisonReason reason);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_WORD_H
