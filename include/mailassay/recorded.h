// Results that receivers recorded at the time: what Authentication-Results [RFC8601],
// ARC-Authentication-Results [RFC8617 4.1.1] and Received-SPF [RFC7208 9.1] say, and how that
// compares with what we find now.
//
// A field proves nothing by itself: envelope.h weighs who wrote it, by where it stands.
#ifndef MAILASSAY_RECORDED_H
#define MAILASSAY_RECORDED_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailassay::envelope {

/// One `ptype.property=pvalue` of an entry. [RFC8601 2.3]
struct Property {
  std::string name;   ///< such as "header.d", lower case; without a dot if none was written
  std::string value;  ///< unquoted

  friend bool operator==(const Property&, const Property&) = default;
};

/// What is said about one method.
struct RecordedEntry {
  std::string method;  ///< lower case, without version; never empty
  std::string result;  ///< lower case as written, any word
  std::string reason;  ///< reason=; empty if absent
  std::vector<Property> properties;

  friend bool operator==(const RecordedEntry&, const RecordedEntry&) = default;
};

/// The value of the first property of that name, empty if there is none.
std::string_view value_of(const RecordedEntry& entry, std::string_view name) noexcept;

/// Of an entry on SPF: whether HELO was checked and not MAIL FROM, which may be named all the same.
/// [RFC7208 9.1]
bool is_of_helo(const RecordedEntry& entry) noexcept;

/// Why a field was not, or not wholly, understood.
enum class RecordedFault : std::uint8_t {
  none,    ///< it was read to its end
  syntax,  ///< a part breaks the grammar; what could be read around it is there
  /// The version is not 1: nothing was read; or that of a method: its entry was passed over.
  /// [RFC8601 2.6]
  unknown_version,
  over_limit,  ///< more octets, entries or properties than are kept; the front is there
};

enum class RecordedField : std::uint8_t {
  authentication_results,
  arc_authentication_results,
  /// Its one entry has the method `spf`, and its keys under the names that Authentication-Results
  /// would give them: smtp.mailfrom, smtp.helo, smtp.remote-ip, policy.mechanism, policy.identity,
  /// policy.problem; the authserv-id is receiver=, or else the host named in the comment.
  received_spf,
};

/// One field that records results.
struct Recorded {
  RecordedField field = RecordedField::authentication_results;
  std::uint32_t position = 0;  ///< index of the field in the header block, 0 on top
  std::string authserv_id;     ///< lower case; empty if none is written, as Microsoft does
  bool says_none = false;      ///< `; none`: nothing was checked
  RecordedFault fault = RecordedFault::none;
  std::vector<RecordedEntry> entries;
  /// The address of the SMTP client as the field tells it, 4 or 16 octets; empty if it does not:
  /// smtp.remote-ip, policy.iprev, client-ip, or the comments of Gmail and Microsoft.
  std::string client_ip;

  friend bool operator==(const Recorded&, const Recorded&) = default;
};

/// What bounds one Recorded. Each is more than receivers write; the excess is `over_limit`.
struct RecordedLimits {
  std::size_t field_bytes = std::size_t{16} * 1024;
  std::size_t entries = 32;
  std::size_t properties = 16;    ///< of one entry
  std::size_t value_bytes = 320;  ///< of one string: a path of 64 + 1 + 255 octets
};

/// Reads the value of an Authentication-Results field, or what follows `i=N;` in an
/// ARC-Authentication-Results field. [RFC8601 2.2]
///
/// Demands: nothing; folding and comments may stand where the RFC has CFWS, and also where they do
///          in practice.
/// Result:  `field` and `position` are as in an empty Recorded.
Recorded read_authentication_results(std::string_view text, const RecordedLimits& limits = {});

/// Reads the value of a Received-SPF field. [RFC7208 9.1]
Recorded read_received_spf(std::string_view text, const RecordedLimits& limits = {});

/// Result words of [RFC8601 2.7], as far as they are compared.
enum class ResultWord : std::uint8_t {
  none,
  pass,
  fail,
  softfail,
  policy,
  neutral,
  temperror,
  permerror,
  unknown,  ///< any other word, or nothing known
};

/// Reads a result word, with those of older drafts: hardfail is fail, error is temperror, unknown
/// is permerror.
ResultWord result_word(std::string_view word) noexcept;

/// Why our own result is no pass, in the classes that a comparison needs.
enum class OwnCause : std::uint8_t {
  none,             ///< it passes, or nothing more is known
  key_gone,         ///< there is no key, or it is revoked
  key_changed,      ///< the signature was made with another key than the one known now
  content_changed,  ///< a hash over body or header differs from the one that was signed
  rules,            ///< the algorithm, the key's length or x= is not accepted
  dns_error,        ///< a DNS failure now
  no_evidence,      ///< the DNS data at hand does not cover the name
  syntax,           ///< the signature or record cannot be used, then as now
  record,           ///< the SPF or DMARC record known now says so
  no_session_data,  ///< client address or MAIL FROM is unknown
};

struct OwnDkim {
  std::string domain;            ///< d=, lower case
  std::string selector;          ///< s=
  std::string auid;              ///< i=; may be empty
  std::string signature_prefix;  ///< first 8 characters of b=, or fewer
  ResultWord result = ResultWord::unknown;
  OwnCause cause = OwnCause::none;
};

struct OwnSpf {
  ResultWord result = ResultWord::unknown;
  OwnCause cause = OwnCause::none;
  std::string domain;     ///< that was checked, lower case; empty if none could be
  std::string client_ip;  ///< 4 or 16 octets; empty if unknown
};

struct OwnDmarc {
  ResultWord result = ResultWord::unknown;
  OwnCause cause = OwnCause::none;
  std::string author_domain;  ///< lower case; empty if there is no single one
};

/// Our own results, filled from a verdict. ARC: `fail`, `pass` or `none`, unknown if undetermined.
struct OwnResults {
  std::vector<OwnDkim> dkim;
  std::optional<OwnSpf> spf;
  std::optional<OwnDmarc> dmarc;
  std::optional<ResultWord> arc;
};

enum class Agreement : std::uint8_t { agrees, differs, not_comparable };

/// Why the two agree, differ, or cannot be compared.
enum class ComparisonReason : std::uint8_t {
  same_result,          ///< agrees: the same word, or words of the same meaning
  key_gone,             ///< differs: it passed, and the key has been removed or revoked
  key_changed,          ///< differs: it passed, and another key stands there now
  content_altered,      ///< differs: it passed, and the content is no longer what was signed
  record_changed,       ///< differs: the DNS record says something else now than it did then
  rules_differ,         ///< differs: we do not accept the algorithm, key length or expiry
  failed_before_us,     ///< differs: it did not pass then and does now
  dns_failed_then,      ///< differs: the receiver had a DNS failure
  unexplained,          ///< differs, and we do not know why
  unknown_method,       ///< not comparable: we do not evaluate the method
  unknown_result,       ///< not comparable: the result is no word that we know
  signature_not_found,  ///< not comparable: the message has no such signature
  several_signatures,   ///< not comparable: which signature is meant is not said
  other_identity,       ///< not comparable: another domain, address or HELO was checked
  no_own_result,        ///< not comparable: we could not evaluate the method
  dns_failed_now,       ///< not comparable: a DNS failure of ours
  no_evidence,          ///< not comparable: our DNS data does not cover the name
  no_session_data,      ///< not comparable: the stored message does not tell client or MAIL FROM
};

/// One recorded entry beside our own result.
struct Comparison {
  std::size_t entry = 0;  ///< index in Recorded::entries
  Agreement agreement = Agreement::not_comparable;
  ComparisonReason reason = ComparisonReason::unknown_method;
  std::optional<std::size_t>
      own_dkim;  ///< index in OwnResults::dkim of the signature that is meant

  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// Sets a recorded field beside our own results, entry by entry.
///
/// Result: one comparison for each entry, in their order.
/// Cost:   entries times signatures, both of which are bounded.
std::vector<Comparison> compare(const Recorded& recorded, const OwnResults& own);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_RECORDED_H
