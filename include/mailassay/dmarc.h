// DMARC: whether the use of an Author Domain is authorized, judged from DNS as data. [RFC9989]
//
// The verdict is that of RFC 9989. With a public suffix list, what RFC 7489 says stands beside it,
// and one word says why the two differ.
#ifndef MAILASSAY_DMARC_H
#define MAILASSAY_DMARC_H

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/public_suffix_list.h"

namespace mailassay::dmarc {

/// The result words of [RFC9989 9.2].
enum class Status : std::uint8_t {
  none,       ///< no record applies, or there is no Author Domain
  pass,       ///< an Authenticated Identifier is aligned with the Author Domain
  fail,       ///< none is
  temperror,  ///< something that could decide is not known
  permerror,  ///< the From field or the record cannot be used
};

/// Why the status is what it is. dmarc/reason.h has word, sentence and section of each.
enum class Reason : std::uint8_t {
  aligned,                 ///< an identifier that passed is aligned
  not_aligned,             ///< no identifier that passed is aligned, and none could be
  no_record,               ///< no record applies to the Author Domain
  several_records,         ///< no record applies, since there were several where one may be
  record_unusable,         ///< p, sp or np is invalid, and there is no valid rua
  no_from_field,           ///< the message has no From field
  several_from_fields,     ///< it has more than one
  no_author_domain,        ///< the From field names no domain
  several_author_domains,  ///< it names more than one
  bad_author_domain,       ///< it names something that is no domain name
  authors_cut,             ///< it has more addresses than are read
  dkim_unknown,            ///< a signature that could align may pass or not
  spf_unknown,             ///< SPF could align, and may pass or not
  dns_timeout,             ///< no server answered in time
  dns_servfail,            ///< the servers answered with errors
  dns_deadline,            ///< the time allowed for a name was used up
  no_evidence,             ///< recorded DNS does not know a name that decides
};

/// What a Domain Owner asks for. In rising order. [RFC9989 4.7]
enum class Policy : std::uint8_t { none, quarantine, reject };

/// Which tag of the record the policy was taken from. [RFC9989 4.10.1]
enum class PolicyTag : std::uint8_t {
  p,        ///< of the Author Domain's own record, or for want of the others
  sp,       ///< for subdomains
  np,       ///< for subdomains that do not exist
  assumed,  ///< p=none, since p, sp or np is invalid and reports are asked for
};

enum class Method : std::uint8_t { dkim, spf };

/// A name that DKIM or SPF has to do with.
struct Identifier {
  enum class State : std::uint8_t {
    passes,   ///< an Authenticated Identifier [RFC9989 3.2.1]
    unknown,  ///< it may pass: temperror, no evidence, SPF without a client address
    fails,    ///< all else; told is only whether it would be aligned
  };

  Method method = Method::dkim;
  State state = State::fails;
  /// d=, or the domain of SPF's MAIL FROM identity (with the null sender that of HELO). Empty with
  /// SPF and `unknown`: not known either, so that it could be aligned.
  std::string domain;
};

/// What the From field says. [RFC9989 5.3.1]
struct Author {
  std::uint32_t fields = 1;          ///< counts the From fields
  std::vector<std::string> domains;  ///< of each address, "" if it has none; U- or A-labels
  bool is_cut = false;               ///< there are addresses that are not listed
};

struct Input {
  Author author;
  std::vector<Identifier> identifiers;
  /// Which sightings count. Empty: those seen last.
  std::optional<std::chrono::sys_seconds> time;
};

struct Options {
  /// For RFC 7489; null: it is not judged. It outlives the call.
  const PublicSuffixList* suffix_list = nullptr;
  /// A top-level domain of which nothing is known has no record, or one with psd=y, as it must
  /// [RFC9989 5.2]. That helps with DNS recorded by others, who seldom ask for _dmarc.com; where a
  /// top-level domain breaks the rule it is wrong, so that it is told by Note::tld_assumed.
  bool trust_top_level = false;
};

/// How an identifier stands to the Author Domain, whatever the record asks for. [RFC9989 4.4]
enum class Alignment : std::uint8_t {
  none,     ///< another Organizational Domain
  relaxed,  ///< the same Organizational Domain
  strict,   ///< the same name
  unknown,  ///< answers of DNS that decide could not be had
};

/// What is wrong with a record, or worth a remark. dmarc/remark.h has words and sentences.
enum class FaultKind : std::uint8_t {
  tag_syntax,       ///< a part is not NAME=VALUE; ignored
  duplicate_tag,    ///< a tag stands more than once; all of them are ignored
  bad_value,        ///< a tag has a value that it may not have; its default counts
  bad_uri,          ///< a part of rua or ruf is no URI; ignored
  uri_size,         ///< a URI has a size limit, which RFC 9989 ignores
  missing_policy,   ///< there is no p
  unknown_tag,      ///< ignored
  historic_tag,     ///< pct, rf, ri: RFC 9989 ignores them
  upper_case_tag,   ///< a tag name in upper case; strict readers ignore it
  policy_not_next,  ///< p does not follow v at once, as RFC 7489 wanted
  fo_without_ruf,   ///< fo has no effect without ruf
};

struct Fault {
  FaultKind kind = FaultKind::tag_syntax;
  std::string tag;  ///< its name, lower case; what stands there if it has none

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// One DMARC Policy Record. [RFC9989 4.7]
struct Record {
  enum class Psd : std::uint8_t { u, y, n };

  std::string text;              ///< octets, the character-strings joined
  std::optional<Policy> p;       ///< empty: absent or invalid
  std::optional<Policy> sp;      ///< the same
  std::optional<Policy> np;      ///< the same
  bool has_invalid_sp = false;   ///< sp is there and invalid
  bool has_invalid_np = false;   ///< np is there and invalid
  Psd psd = Psd::u;              ///< what the domain says it is
  bool test = false;             ///< t=y
  bool strict_dkim = false;      ///< adkim=s
  bool strict_spf = false;       ///< aspf=s
  std::string fo = "0";          ///< lower case
  std::vector<std::string> rua;  ///< valid URIs, without sizes
  std::vector<std::string> ruf;  ///< the same
  std::optional<unsigned> pct;   ///< 0 to 100; RFC 7489 alone knows it
  std::vector<Fault> faults;     ///< in the order of the record

  friend bool operator==(const Record&, const Record&) = default;
};

/// A TXT record that is none of DMARC, but looks as if it were meant to be one.
enum class NearMiss : std::uint8_t {
  none,               ///< it does not look so
  leading_blank,      ///< white space before v; lenient receivers take it
  version_case,       ///< v=dmarc1
  version_value,      ///< v=DMARC1 is not followed by a semicolon, or it is another version
  version_not_first,  ///< v=DMARC1 stands further on
};

/// One name of a walk. [RFC9989 4.10]
struct Visit {
  enum class Outcome : std::uint8_t {
    record,           ///< exactly one record
    no_record,        ///< none
    several_records,  ///< all of them are thrown away
    unknown,          ///< see `reason`
  };

  std::string domain;  ///< without _dmarc
  Outcome outcome = Outcome::no_record;
  Reason reason = Reason::no_record;  ///< of an unknown outcome: dns_* or no_evidence
  dns::AnswerKind answer = dns::AnswerKind::no_such_name;
  std::vector<Record> records;  ///< those that were found
  std::vector<NearMiss> near_misses;
  bool is_assumed = false;  ///< `no_record` by Options::trust_top_level; `reason` is still told

  friend bool operator==(const Visit&, const Visit&) = default;
};

/// What one of the two RFCs says.
struct PolicyResult {
  Status status = Status::none;
  Reason reason = Reason::no_record;
  std::string policy_domain;          ///< where the record stands; empty without one
  std::string organizational_domain;  ///< of the Author Domain; empty if it is not known
  /// What the owner asks for, after sp, np and t; empty without a usable record. Where it depends
  /// on whether the domain exists, and that is not known, the milder one.
  std::optional<Policy> policy;
  std::optional<Policy> stricter_policy;  ///< the other one then
  PolicyTag tag = PolicyTag::p;           ///< where `policy` comes from
  std::optional<Record> record;           ///< the record that applies, usable or not

  friend bool operator==(const PolicyResult&, const PolicyResult&) = default;
};

/// Whether the Author Domain has any record in DNS. [RFC9989 3.2.13]
enum class Existence : std::uint8_t {
  not_asked,       ///< nothing depends on it
  exists,          ///< DNS knows the name
  does_not_exist,  ///< NXDOMAIN
  unknown,         ///< the answer could not be had
};

/// Why the results of RFC 9989 and RFC 7489 are not the same; the first that holds.
enum class Difference : std::uint8_t {
  none,                   ///< they are the same
  not_compared,           ///< there is no public suffix list, or no single Author Domain
  not_known,              ///< one of them lacks an answer of DNS that the other does not need
  several_records,        ///< RFC 7489 stops at several records, RFC 9989 walks on
  psd_tag,                ///< a record with psd=y or psd=n ended the walk
  np_tag,                 ///< np, which RFC 7489 does not know
  test_mode,              ///< t, which RFC 7489 does not know
  organizational_domain,  ///< the walk finds another Organizational Domain than the list
};

/// Remarks on the verdict; dmarc/remark.h has words and sentences.
enum class Note : std::uint8_t {
  single_label_organization,   ///< the Organizational Domain is a single label [RFC9989 11.8]
  public_suffix_organization,  ///< the Organizational Domain is a public suffix
  several_records_passed,      ///< a name of the walk has several records, which are ignored
  looks_like_record,           ///< a TXT record was meant for DMARC and is none
  test_mode,                   ///< t=y lowers the policy
  existence_by_no_data,        ///< exists by an empty answer, which some signed zones give for any
  policy_of_psd,               ///< the record of a Public Suffix Domain applies
  spf_only,                    ///< it passes by SPF alone
  tld_assumed,                 ///< Options::trust_top_level was made use of
};

/// What became of one identifier.
struct IdentifierVerdict {
  Alignment rfc9989 = Alignment::none;
  std::optional<Alignment> rfc7489;  ///< empty without a public suffix list
  bool is_aligned = false;           ///< as the record that applies asks for, by RFC 9989

  friend bool operator==(const IdentifierVerdict&, const IdentifierVerdict&) = default;
};

struct Verdict {
  std::string author_domain;  ///< lower-case A-labels; empty unless there is exactly one
  std::vector<std::string> author_domains;  ///< each once, in the order of the field
  PolicyResult rfc9989;
  std::optional<PolicyResult> rfc7489;  ///< empty without a public suffix list
  Difference difference = Difference::not_compared;
  std::vector<IdentifierVerdict> identifiers;  ///< one for each of the input
  bool dkim_aligned = false;                   ///< a signature passes and is aligned
  bool spf_aligned = false;                    ///< SPF passes and is aligned
  Existence existence = Existence::not_asked;
  std::vector<Note> notes;              ///< each once, in the order of the enumeration
  std::vector<Visit> walk;              ///< of the Author Domain, as far as it went
  std::vector<dns::Question> evidence;  ///< the questions whose answers were used, each once

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// Judges one message. [RFC9989 5.3]
///
/// Result: empty: `needs` has at least one more question; call again once they are answered. The
///         first round asks for all names of the walks at once.
/// Cost:   at most 8 questions for each distinct domain, and those on existence.
std::optional<Verdict> evaluate(const Input& input, const dns::View& view, dns::Needs& needs,
                                const Options& options = {});

/// Where a walk leads to. [RFC9989 4.10.2]
struct OrganizationalDomain {
  std::string domain;       ///< empty if it is not known, or if the input is no domain name
  std::vector<Visit> walk;  ///< as far as it went

  friend bool operator==(const OrganizationalDomain&, const OrganizationalDomain&) = default;
};

/// Walks from `domain` up, in U- or A-labels.
///
/// Result: empty as in evaluate().
std::optional<OrganizationalDomain> organizational_domain(
    std::string_view domain, const dns::View& view, dns::Needs& needs,
    std::optional<std::chrono::sys_seconds> time = {}, const Options& options = {});

/// Compares two domains, by walks where the names do not decide; for the same name no question is
/// asked. What evaluate() says in IdentifierVerdict::rfc9989, without the rest.
///
/// Result: empty as in evaluate().
std::optional<Alignment> align(std::string_view author_domain, std::string_view domain,
                               const dns::View& view, dns::Needs& needs,
                               std::optional<std::chrono::sys_seconds> time = {},
                               const Options& options = {});

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_H
