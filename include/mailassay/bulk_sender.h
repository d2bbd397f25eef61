// Own mail against what Gmail, Yahoo and Microsoft ask of those who send much.
//
// They ask for SPF and DKIM to pass, one of them aligned, and for a DMARC record; Gmail and Yahoo
// ask of mail that advertises or that was subscribed to for one-click unsubscription. [RFC8058]
// Only what is certain is a fault: what is not known is said to be unknown.
#ifndef MAILASSAY_BULK_SENDER_H
#define MAILASSAY_BULK_SENDER_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/kind.h"
#include "mailassay/standing_evidence.h"

namespace mailassay::bulk_sender {

/// A closed list; verdict/bulk_sender_word.h has word and sentence of each, and who asks for it.
enum class Fault : std::uint8_t {
  spf_missing,             ///< the domain of MAIL FROM has no SPF record
  spf_not_pass,            ///< SPF does not pass
  dkim_missing,            ///< there is no DKIM signature
  dkim_not_pass,           ///< none verifies
  not_aligned,             ///< neither SPF nor DKIM passes for the Author Domain
  dmarc_missing,           ///< the Author Domain has no DMARC record
  one_click_missing,       ///< List-Unsubscribe or List-Unsubscribe-Post is absent
  one_click_repeated,      ///< one of them stands there more than once
  one_click_no_https,      ///< List-Unsubscribe has no HTTPS URI
  one_click_several_uris,  ///< it has more than one HTTP or HTTPS URI
  one_click_value,         ///< List-Unsubscribe-Post is not `List-Unsubscribe=One-Click`
  one_click_not_signed,    ///< no valid DKIM signature covers both
};

inline constexpr std::size_t kFaultCount =
    static_cast<std::size_t>(Fault::one_click_not_signed) + 1;

/// What could not be told, for lack of a client or of answers of DNS, or by the form of storage.
enum class Unknown : std::uint8_t { spf, dkim, alignment, dmarc, one_click_signature };

inline constexpr std::size_t kUnknownCount =
    static_cast<std::size_t>(Unknown::one_click_signature) + 1;

struct Mail {
  const standing::Evidence& evidence;
  /// h= of each of `evidence.signatures`: lower case, joined by colons.
  std::span<const std::string_view> signed_fields;
  /// It advertises or was subscribed to. Receipts, passwords and letters need no unsubscription.
  bool needs_one_click = false;
  const kind::ListFacts* list = nullptr;  ///< null: there is no List- field
};

struct Verdict {
  std::vector<Fault> faults;     ///< in the order of the enumeration
  std::vector<Unknown> unknown;  ///< the same

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// What is concluded about one message of an own stream.
struct StreamVerdict {
  std::string domain;  ///< the one of JudgeOptions::own_domains that the Author Domain belongs to
  Verdict verdict;

  friend bool operator==(const StreamVerdict&, const StreamVerdict&) = default;
};

/// Judges one message of an own stream.
///
/// Demands: `signed_fields` has one entry for each of `evidence.signatures`.
Verdict bulk_sender_faults(const Mail& mail);

}  // namespace mailassay::bulk_sender

#endif  // MAILASSAY_BULK_SENDER_H
