// Whose message it is, on the evidence at hand: the standing, and the axes beside it.
//
// A standing never accuses innocent mail, and a field that a stranger adds never makes it better.
// It is a function of the facts in standing_evidence.h and of nothing else.
#ifndef MAILASSAY_STANDING_H
#define MAILASSAY_STANDING_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mailassay/standing_evidence.h"

namespace mailassay::standing {

enum class Value : std::uint8_t {
  authenticated,    ///< the Author Domain vouches for it
  altered,          ///< it did for another header or body
  local,            ///< it never passed a border
  forwarded,        ///< a trusted forwarder vouches that it was authenticated
  attested,         ///< evidence short of a verification, but not forgeable by strangers
  unverifiable,     ///< what would decide is not known
  disowned,         ///< the Author Domain asked to refuse such mail
  unaligned,        ///< somebody else vouches for it
  unauthenticated,  ///< nobody does
  malformed,        ///< there is no one Author Domain
};

inline constexpr std::size_t kValueCount = static_cast<std::size_t>(Value::malformed) + 1;

/// Reason words. Those with a parameter are written `word:parameter`. verdict/standing_word.h has
/// word and sentence of each.
enum class Word : std::uint8_t {
  // Row 1.
  no_from,
  many_from_domains,
  bad_from,
  not_a_message,
  // Row 2.
  dkim_aligned,
  dkim_partial,
  weak_key,
  sha1_era,
  test_key,
  // Rows 3 and 8.
  changed_after_receipt,
  added,
  // Row 4.
  spf_aligned,
  // Row 5.
  sent_copy,
  draft,
  submitted,
  internal_hops,
  crm_log,
  journal,
  // Row 6.
  arc_trusted,
  list_trusted,
  forwarder_trusted,
  // Row 7.
  verifies_after,
  headers_proven,
  recorded_sealed,
  recorded_text,
  // Row 8.
  body_altered,
  header_altered,
  // Row 9.
  key_gone,
  key_replaced_or_forged,
  dns_temperror,
  no_evidence,
  no_client_ip,
  dns_not_fresh,
  no_transit_evidence,
  form_excerpt,
  form_regenerated,
  form_headers_only,
  form_enclosed,
  // Row 10.
  policy_reject,
  policy_quarantine,
  own_sender,
  forged_signature,
  unaligned,
  // Rows 11 and 12.
  dkim_unaligned,
  spf_unaligned,
  unsigned_mail,
  spf_fail,
  spf_softfail,
  broken_unaligned,
  no_dmarc,
  policy_none,
  policy_test,
  // Notes.
  border_inferred,
  claims_list,
};

inline constexpr std::size_t kWordCount = static_cast<std::size_t>(Word::claims_list) + 1;

struct ReasonWord {
  Word word = Word::no_evidence;
  std::string parameter;  ///< empty if the word takes none

  friend bool operator==(const ReasonWord&, const ReasonWord&) = default;
};

/// `word` or `word:parameter`.
std::string text_of(const ReasonWord& reason);

/// Why a row of the table does not match. verdict/standing_word.h has the sentences.
enum class Miss : std::uint8_t {
  none,                    ///< it matches
  one_author_domain,       ///< there is one Author Domain
  no_aligned_signature,    ///< no DKIM signature is of the Author Domain
  none_verifies,           ///< none of those verifies
  none_differs,            ///< no aligned signature fails by its body or its header
  form_changes_octets,     ///< the form of storage explains the difference
  form_is_escaped,         ///< lines were quoted by the store
  fits_after_encoding,     ///< it verifies once an encoding is undone
  not_recorded_as_pass,    ///< no trusted receiver recorded that very signature as pass
  another_key_missing,     ///< another aligned signature might verify, if its key were known
  spf_not_pass,            ///< SPF does not pass
  spf_not_aligned,         ///< SPF passes for another domain
  spf_not_fresh,           ///< the SPF record is not of the time of receipt
  spf_undecided,           ///< SPF might pass, if what decides were known
  no_border,               ///< the address of the client is not known
  from_not_own,            ///< the Author Domain is not an own domain
  has_signatures,          ///< it has DKIM or ARC fields, so it was sent
  has_border,              ///< it came from an external client
  has_foreign_hops,        ///< it passed hosts that are not own ones
  no_trusted_path,         ///< no trusted sealer, list or forwarder vouches for it
  trusted_path_undecided,  ///< one might, if its keys were known
  no_attestation,          ///< nothing proves it in part, no trusted receiver recorded a pass
  recorded_but_differs,    ///< a pass is recorded, but a signature tells that it was changed since
  nothing_unknown,         ///< all that could decide is known
  border_not_sure,         ///< the border is inferred
  dmarc_not_fail,          ///< DMARC does not fail for certain
  policy_is_none,          ///< the domain does not ask to refuse such mail
  no_other_pass,           ///< nothing passes for another domain either
  is_enclosed,             ///< it lies in another message, whose author may have written all of it
};

inline constexpr std::size_t kMissCount = static_cast<std::size_t>(Miss::is_enclosed) + 1;

inline constexpr std::size_t kRowCount = 12;

struct Standing {
  Value value = Value::unauthenticated;
  std::size_t row = kRowCount;  ///< 1 to 12: the row that decided
  std::vector<ReasonWord> reasons;
  /// Why each row before `row` did not match; [0] is of row 1. Miss::none from `row` on.
  std::array<Miss, kRowCount> misses{};

  friend bool operator==(const Standing&, const Standing&) = default;
};

/// Decides by the table of standings; the first row that matches. Exactly one does.
Standing decide(const Evidence& evidence);

}  // namespace mailassay::standing

#endif  // MAILASSAY_STANDING_H
