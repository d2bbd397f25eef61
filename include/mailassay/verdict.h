// The verdict on one message, and how it is reached from a dossier and DNS.
#ifndef MAILASSAY_VERDICT_H
#define MAILASSAY_VERDICT_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailassay/arc.h"
#include "mailassay/axes.h"
#include "mailassay/bulk_sender.h"
#include "mailassay/dmarc.h"
#include "mailassay/dns.h"
#include "mailassay/dossier.h"
#include "mailassay/envelope.h"
#include "mailassay/impersonation.h"
#include "mailassay/public_suffix_list.h"
#include "mailassay/spf.h"
#include "mailassay/standing.h"

namespace mailassay {

namespace dkim {

/// Results of one signature. [RFC8601 2.7.1]
enum class Status : std::uint8_t {
  none,       ///< the message is not signed
  pass,       ///< the signature verifies and is acceptable
  fail,       ///< it was checked and does not verify
  policy,     ///< it verifies or not, but local rules do not accept its kind
  neutral,    ///< the field has syntax errors or cannot be processed
  temperror,  ///< the key could not be had now
  permerror,  ///< an error that will not go away
};

/// Remarks beside a result; they never change it.
enum class Note : std::uint8_t {
  several_key_records,            ///< more than one key record stands at the name [RFC6376 3.6.2.2]
  other_txt_records,              ///< TXT records that are no keys stand at the name
  key_testing,                    ///< t=y [RFC6376 3.6.1]
  key_ed25519_spki,               ///< an Ed25519 key wrapped in SubjectPublicKeyInfo [RFC8463 4.2]
  body_partly_signed,             ///< l= leaves octets at the end unsigned [RFC6376 8.2]
  no_receive_time,                ///< no time of receipt is known, so x= was not applied
  signed_in_future,               ///< t= is after the time of the check
  dns_postdates_message,          ///< the key was first seen after the time of the check
  dns_predates_message,           ///< the key was last seen before the time of the check
  candidates_cut,                 ///< more key candidates than Limits::key_candidates
  valid_under_rules_of_its_time,  ///< mail older than RFC 8301, and good by the rules then
  unsigned_subject,               ///< Subject is present and not in h=
  unsigned_date,                  ///< Date is present and not in h=
  unsigned_to,                    ///< To is present and not in h=
  unsigned_content_type,          ///< Content-Type is present and not in h= [RFC6376 8.2]
  unsigned_reply_to,              ///< Reply-To is present and not in h=
  unsigned_extra_from,            ///< more From fields are present than are signed [RFC6376 8.15]
  unsigned_extra_subject,         ///< the same of Subject
  unsigned_extra_date,            ///< the same of Date
  unsigned_extra_to,              ///< the same of To
  unsigned_extra_content_type,    ///< the same of Content-Type
  unsigned_extra_reply_to,        ///< the same of Reply-To
  mime_part_beyond_length,        ///< a MIME part begins behind what l= covers [RFC6376 8.2]
  key_under_2048,                 ///< an RSA key of 1024 to 2047 bits [RFC8301 3.2]
  key_granularity,                ///< the record has g= of RFC 4871, which is ignored
  algorithm_sha1,                 ///< a=rsa-sha1 [RFC8301 3.1]
  expired_at_receipt,             ///< x= is before the time of receipt [RFC6376 3.5 x=]
  dns_wildcard,                   ///< a wildcard record answered for the key [RFC6376 6.1.2]
  made_with_another_key,          ///< b= has not the form of a signature by this key [RFC8017 9.2]
  key_exponent,                   ///< an RSA key with another exponent than 65537 [RFC8017 3.1]
  key_unknown_names,              ///< h= or t= of the record has names that no RFC defines
};

inline constexpr std::size_t kNoteCount = static_cast<std::size_t>(Note::key_unknown_names) + 1;

enum class KeyType : std::uint8_t { rsa, ed25519 };

/// The key record that decided.
struct KeyUsed {
  std::optional<KeyType> type;  ///< empty if the record could not be read
  std::uint32_t bits = 0;       ///< RSA: bits of the modulus; Ed25519: 256; 0 if unknown
  std::string source;           ///< dns::Sighting::source
  std::optional<std::chrono::sys_seconds> first_seen;
  std::optional<std::chrono::sys_seconds> last_seen;
  std::string record;  ///< text of the TXT record
};

/// What says that there is no key, or that it cannot be known.
struct KeyAbsence {
  std::string source;  ///< dns::Sighting::source; empty if nobody said anything
  std::optional<std::chrono::sys_seconds> first_seen;
  std::optional<std::chrono::sys_seconds> last_seen;
  Reason reason = Reason::no_key;  ///< or no-evidence, or how DNS failed
};

/// How d= relates to the one Author Domain, whatever the DMARC record asks for. [RFC9989 4.4]
enum class Alignment : std::uint8_t {
  strict,   ///< the same name
  relaxed,  ///< the same Organizational Domain
};

/// What became of one signature. `facts` of the same index are in Dossier::signatures.
struct SignatureVerdict {
  Status status = Status::neutral;
  Reason reason = Reason::none;
  std::optional<Match> signature;  ///< empty: could not be checked
  std::optional<Alignment> aligned;
  std::optional<KeyUsed> key;
  std::optional<KeyAbsence> absence;      ///< filled if a key was looked for and none was found
  std::optional<dns::Question> question;  ///< where the key was looked for
  std::optional<Finding> finding;         ///< why it fails; empty if there is nothing to explain
  std::vector<Note> notes;
};

}  // namespace dkim

/// What time a message is judged at.
struct JudgeTime {
  enum class Mode : std::uint8_t { received, fixed };
  Mode mode = Mode::received;
  std::chrono::sys_seconds fixed_time{};  ///< used when mode is fixed
};

struct JudgeOptions {
  JudgeTime time;
  Limits limits;
  std::vector<std::string> trusted_sealers;     ///< d= of ARC-Seals that the user believes
  std::vector<std::string> trusted_lists;       ///< d= of mailing lists that the user believes
  std::vector<std::string> trusted_forwarders;  ///< d= of forwarders that the user believes
  envelope::TrustOptions receivers;             ///< whose trace fields and results are believed
  std::vector<std::string> own_domains;         ///< with all names below them; lower case, A-labels
  std::vector<std::string> own_senders;         ///< services that send for them, by d= or MAIL FROM
  /// Own domains and brands that others may pretend to be; nobody is looked for if it is empty.
  std::vector<impersonation::Party> parties;
  std::vector<std::string> copy_addresses;  ///< that get copies, such as a customer system's
  /// For RFC 7489; null: RFC 9989 alone. It outlives the call.
  const PublicSuffixList* suffix_list = nullptr;
  /// DNS evidence that was seen within this span of the time of receipt is fresh.
  std::chrono::seconds fresh = std::chrono::days(7);
};

/// SPF of the SMTP session that the stored message still tells of.
struct SpfVerdict {
  enum class Absence : std::uint8_t {
    none,          ///< it was evaluated
    no_client_ip,  ///< the address of the client is not known
    no_mail_from,  ///< MAIL FROM is not known, or it is the null sender and HELO is not known
  };

  Absence absence = Absence::no_client_ip;
  std::shared_ptr<const spf::Verdict> mail_from;  ///< null with an absence
  std::shared_ptr<const spf::Verdict> helo;       ///< null if client address or HELO is not known
  bool is_fresh = false;  ///< all answers that the MAIL FROM result rests on are fresh
};

/// What a receiver recorded at the time, beside what is found now.
struct RecordedVerdict {
  std::uint32_t instance = 0;  ///< of the ARC set; 0: a field of its own
  std::size_t index = 0;       ///< in TransitFacts::recorded, or in ChainFacts::sets
  envelope::Recorded sealed;   ///< of an ARC set: its results
  envelope::Witness witness;   ///< of a field of its own
  std::vector<envelope::Comparison> comparisons;  ///< one for each entry
};

/// All that is concluded about one message.
struct Verdict {
  std::vector<dkim::SignatureVerdict> signatures;
  arc::ChainVerdict arc;
  std::optional<std::chrono::sys_seconds> judged_at;  ///< empty: no time of receipt is known
  envelope::Envelope envelope;
  SpfVerdict spf;
  std::shared_ptr<const dmarc::Verdict> dmarc;  ///< null only where judging failed
  std::vector<RecordedVerdict> recorded;
  standing::Standing standing;
  standing::IntegrityVerdict integrity;
  std::optional<standing::Basis> basis;
  standing::Direction direction = standing::Direction::unknown;
  FormVerdict form;
  impersonation::Verdict impersonation;
  /// Empty: the message is of no own stream, or older than the rules of bulk senders.
  std::optional<bulk_sender::StreamVerdict> bulk_sender;
  std::vector<dns::Question> evidence;  ///< questions whose answers were used, in order of use
};

/// Judges one dossier by what the view knows.
///
/// Result:  empty while answers are missing; `needs` then has at least one question more. Call
///          again from the top once they are answered.
/// Errors:  none; what goes wrong in a message is a status and a reason.
std::optional<Verdict> judge(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                             const JudgeOptions& options = {});

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_H
