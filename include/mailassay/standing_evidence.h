// The facts that a standing is decided by.
//
// Plain facts that others have established: results of signatures, SPF and DMARC, the recovered
// envelope, the form of storage, configuration.
//
// Terms. T: the time of receipt. Fresh: seen within the window around T. Aligned: of the one
// Author Domain. Border: the hop that has the address of the external client.
#ifndef MAILASSAY_STANDING_EVIDENCE_H
#define MAILASSAY_STANDING_EVIDENCE_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mailassay/form.h"

namespace mailassay::standing {

/// Whether there is one Author Domain. [RFC9989 4.1]
enum class Author : std::uint8_t {
  one,            ///< there is
  no_from,        ///< there is no From field, or it names nobody
  many_domains,   ///< From names authors of several domains
  bad_from,       ///< From or the header cannot be read
  not_a_message,  ///< this is no message
};

/// What became of a DKIM signature, for the purpose of a standing.
enum class SignatureClass : std::uint8_t {
  verifies,         ///< P: passes by the rules in force at T
  body_differs,     ///< B: the header signature is good, the body hash differs
  other_header,     ///< H: this RSA key made it, over another header hash
  other_key,        ///< G: another RSA key made it, or any mismatch of Ed25519
  unknown,          ///< U: the key cannot be had
  counts_for_none,  ///< syntax errors; a key that was absent, revoked or unusable at T; out of date
};

/// Why a key, or another answer of DNS, is not known.
enum class Gap : std::uint8_t {
  none,          ///< it is known
  gone,          ///< it is absent, but by an answer that is not fresh
  temporary,     ///< servers failed or did not answer
  no_evidence,   ///< recorded DNS says nothing
  not_fresh,     ///< there is an answer, of another time
  no_client_ip,  ///< SPF only: the address of the client is not known
  no_domain,     ///< SPF only: MAIL FROM is not known
};

enum class Aligned : std::uint8_t { no, yes, unknown };

struct Signature {
  SignatureClass outcome = SignatureClass::counts_for_none;
  Aligned aligned = Aligned::no;
  Gap gap = Gap::none;     ///< why the key is not known; only if `outcome` is unknown
  bool key_fresh = false;  ///< the key that decided, or its absence, was seen at T
  bool is_ed25519 = false;
  bool is_partial = false;   ///< l= leaves octets of the body unsigned
  bool is_weak = false;      ///< the RSA key is under 1024 bits, and that was valid at T
  bool is_sha1 = false;      ///< rsa-sha1, and that was valid at T
  bool is_test_key = false;  ///< t=y [RFC6376 3.6.1 t=y]
  std::string domain;        ///< d=, lower case
  std::string selector;      ///< s=, lower case
  std::string value_prefix;  ///< of b=: 8 characters or more

  /// Words of reversals after which the whole signature verifies, none of which removes content.
  std::vector<std::string> verifies_after;
  /// What was added or changed in content, by a search whose result verifies: "footer", ...
  std::vector<std::string> added;
};

/// Where the external client is known from.
enum class Border : std::uint8_t {
  none,             ///< there is no external client
  inferred,         ///< from the Received fields alone; wrong for archives behind a gateway
  receiver,         ///< a hop of a configured receiver
  provider,         ///< a hop that fits the built-in profile of a provider
  trusted_results,  ///< inferred, and trusted Authentication-Results name the same address
};

/// Negative words need a border that is sure.
constexpr bool is_sure(Border border) noexcept { return border >= Border::receiver; }

/// The hops that the Received fields tell of.
enum class Hops : std::uint8_t {
  none,     ///< there is no Received field
  own,      ///< all are hosts of the own domains, or submission to them
  foreign,  ///< some are not, or it is not known
};

/// Words of [RFC8601 2.7.2], with one for what was not evaluated.
enum class SpfStatus : std::uint8_t {
  not_evaluated,
  none,
  neutral,
  pass,
  fail,
  softfail,
  temperror,
  permerror,
};

struct Spf {
  SpfStatus status = SpfStatus::not_evaluated;
  Gap gap = Gap::no_client_ip;  ///< why there is no result that counts; not_fresh with an old one
  /// Whether a pass would be for the Author Domain; unknown if MAIL FROM or organizational domains
  /// are not known.
  Aligned aligned = Aligned::unknown;
  std::string domain;  ///< that was checked
};

enum class Policy : std::uint8_t { none, quarantine, reject };

/// DMARC by one edition of it.
struct DmarcOpinion {
  bool fails = false;  ///< neither identifier passes and aligns, and that is certain
  bool has_record = false;
  Policy policy = Policy::none;  ///< as requested for this message, after sp, np and t
  bool is_testing = false;       ///< t=y, or pct=0: the domain asks for less than it states
};

/// Which edition was in force at T.
enum class DmarcRules : std::uint8_t { rfc7489, rfc9989, unsure };

struct Dmarc {
  Gap gap = Gap::no_evidence;  ///< none: the policy is known, and fresh
  DmarcRules rules = DmarcRules::unsure;
  DmarcOpinion rfc7489;
  DmarcOpinion rfc9989;
};

/// A trusted receiver recorded an aligned pass for this From. Where trusted results about one
/// signature differ, none of them is a witness. [RFC6008 4]
struct Witness {
  bool is_sealed = false;    ///< in an ARC set that verifies; else in a field above the border
  bool names_pass = true;    ///< of the signature that follows; false: an SPF or DMARC pass
  std::string domain;        ///< of the signature: d=; empty if it is not said
  std::string selector;      ///< s=
  std::string value_prefix;  ///< b=, as much as was recorded
};

/// One set k of an ARC chain that passes.
struct ArcSet {
  std::string sealer;              ///< d=
  bool trusted_to_newest = false;  ///< the seals k to N are all by trusted sealers
  bool has_external_ip = false;    ///< its results have a remote-ip that is not the sealer's own
  bool has_aligned_pass = false;   ///< and an aligned pass for this From
  bool is_sender = false;          ///< the sealer sent the message, as M365 seals its own mail
  bool is_final_receiver = false;  ///< the sealer received it last
};

/// A trusted list or forwarder whose own DKIM signature passes.
struct TrustedPass {
  bool is_list = false;
  bool key_fresh = false;
  std::string domain;
};

/// What a store or a program left in a message that was never sent, or not yet.
struct LocalMarks {
  bool draft = false;      ///< FormFacts::draft_marks
  bool submitted = false;  ///< the only hop is an authenticated submission
  bool crm_log = false;    ///< FormFacts::crm_marks: a customer system wrote it for its records
};

/// Everything that the conditions of the table of standings ask for.
struct Evidence {
  Author author = Author::one;
  bool from_is_own = false;  ///< the Author Domain is one of --own-domain, or below one
  FormVerdict form;

  std::vector<Signature> signatures;  ///< all DKIM signatures, in the order of the message
  std::optional<Signature> newest_arc_signature;  ///< the newest ARC-Message-Signature
  bool has_dkim_field = false;
  bool has_arc_field = false;

  Border border = Border::none;
  Hops hops = Hops::foreign;
  bool has_transit_trace = true;  ///< anything at all says that the message was received
  LocalMarks local;
  /// It lies in another message: all but its signatures is the word of whoever wrote that one.
  bool is_enclosed = false;
  /// By its structure the wrapper of a journal report. Fields alone do not make one.
  bool is_journal_wrapper = false;

  Spf spf;
  Dmarc dmarc;

  std::vector<Witness> witnesses;
  std::vector<ArcSet> arc_sets;  ///< empty unless the chain passes
  std::vector<TrustedPass> trusted_passes;
  /// An ARC chain or signature that would count above, if its keys were known.
  Gap trust_gap = Gap::none;

  std::vector<std::string> own_senders;  ///< configured senders that passed for another domain
  bool claims_list = false;              ///< has List-* fields; they prove nothing
};

}  // namespace mailassay::standing

#endif  // MAILASSAY_STANDING_EVIDENCE_H
