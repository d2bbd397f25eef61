// The changes of header fields that stores, lists and gateways make, turned into steps that undo
// one of them each. Whether a step brings the signature back is found by hashing; nothing here
// decides.
#ifndef MAILASSAY_DIAGNOSIS_HEADER_REVERSAL_H
#define MAILASSAY_DIAGNOSIS_HEADER_REVERSAL_H

#include <functional>
#include <vector>

#include "diagnosis/header_fields.h"
#include "mailassay/finding.h"

namespace mailassay::diagnosis {

/// One step: what it undoes, and how. It may be done after other steps.
struct HeaderReversal {
  Undo undo;
  std::function<void(HeaderFields&)> apply;
};

/// Steps that stand for one another; of each list at most one is done at a time.
struct HeaderReversals {
  std::vector<HeaderReversal> forms;      ///< folding, case of names, encoded words, MIME fields
  std::vector<HeaderReversal> subjects;   ///< tags of the subject
  std::vector<HeaderReversal> authors;    ///< From as it was
  std::vector<HeaderReversal> replies;    ///< Reply-To out
  std::vector<HeaderReversal> instances;  ///< another added field out
  std::vector<HeaderReversal> copies;     ///< what z= has
};

/// The steps of each list: what could have been done to these fields, the likelier first.
void list_forms(const HeaderFields& fields, const SignatureAim& aim,
                std::vector<HeaderReversal>& out);
void list_encoded_words(const HeaderFields& fields, const SignatureAim& aim,
                        std::vector<HeaderReversal>& out);
void list_subjects(const HeaderFields& fields, const SignatureAim& aim,
                   std::vector<HeaderReversal>& out);
void list_authors(const HeaderFields& fields, const SignatureAim& aim,
                  std::vector<HeaderReversal>& out);
void list_instances(const HeaderFields& fields, const SignatureAim& aim, HeaderReversals& out);
void list_copies(const SignatureAim& aim, std::vector<HeaderReversal>& out);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_HEADER_REVERSAL_H
