// Looks for the change of header fields that broke a signature. [RFC6376 3.7] says what is hashed;
// the search changes fields back and hashes again, until the hash is the one that was signed.
//
// What was signed is known for RSA: the signature itself tells the hash (crypto/recovery.h), and a
// candidate costs one hash. For Ed25519 it costs a verification.
#ifndef MAILASSAY_DIAGNOSIS_HEADER_SEARCH_H
#define MAILASSAY_DIAGNOSIS_HEADER_SEARCH_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "diagnosis/header_fields.h"
#include "dkim/header_hash.h"
#include "mailassay/dossier.h"
#include "mailassay/finding.h"
#include "mailassay/limits.h"

namespace mailassay::diagnosis {

/// What may still be spent on one message, however many of its signatures fail.
struct SearchBudget {
  explicit SearchBudget(const Limits& limits)
      : candidates(limits.diagnosis_header_candidates), bytes(limits.diagnosis_header_bytes) {}

  /// Counts octets of hashing, or what takes the time of it.
  void spend(std::uint64_t octets) { bytes -= bytes < octets ? bytes : octets; }

  std::size_t candidates;
  std::uint64_t bytes;
};

/// Threads: one at a time; buffers are kept between calls.
class HeaderSearch {
 public:
  /// True for the header hash that the signature was made over.
  using IsSigned = std::function<bool(const dkim::Digest&)>;

  /// What the tries of one call need, and the next call uses again.
  struct Scratch {
    dkim::HeaderHash hash;
    message::HeaderIndex index;
    HeaderFields changed;
    std::string text;
  };

  explicit HeaderSearch(const Limits& limits) : limits_(limits) {}

  /// Tries single reversals: tags of the subject, then those that remove nothing, then others.
  /// Then pairs, where there is a sign of a list, and what lists do together.
  ///
  /// Demands:  `header_block` is Dossier::header_block; `signature` counts the DKIM-Signature
  ///           fields in it from the top; it was read without fault. `is_signed` may spend of
  ///           the budget too.
  /// Result:   what brings the signature back; `cut` if the budget, which is lessened by what was
  ///           spent, ended the search.
  Repair search(std::string_view header_block, std::size_t signature, const IsSigned& is_signed,
                SearchBudget& budget);

  /// The header block that the last repair stands for, without fields that are not hashed, so that
  /// it can be checked. Demands: that search found something.
  const std::string& found_header() const noexcept { return scratch_.text; }

 private:
  Limits limits_;
  Scratch scratch_;
};

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_HEADER_SEARCH_H
