#include "dkim/reason.h"

#include <array>
#include <cstddef>

#include "base/assert.h"

namespace mailassay::dkim {
namespace {

constexpr std::array kReasons = {
    ReasonEntry{Reason::none, Status::pass, "none", "the signature verifies", "RFC6376 6.1"},
    ReasonEntry{Reason::signature_too_large, Status::neutral, "signature-too-large",
                "the DKIM-Signature field, or its h= list, is over a limit of this program",
                "RFC6376 8.4"},
    ReasonEntry{Reason::too_many_signatures, Status::neutral, "too-many-signatures",
                "the message has more signatures than this program looks at", "RFC6376 8.4"},
    ReasonEntry{Reason::signature_syntax, Status::neutral, "signature-syntax",
                "the DKIM-Signature field is not a list of tag=value pairs", "RFC6376 3.2"},
    ReasonEntry{Reason::duplicate_tag, Status::neutral, "duplicate-tag",
                "a tag occurs twice, which makes the whole list invalid", "RFC6376 3.2"},
    ReasonEntry{Reason::missing_tag, Status::neutral, "missing-tag",
                "one of the required tags v, a, b, bh, d, h, s is absent", "RFC6376 6.1.1"},
    ReasonEntry{Reason::unknown_version, Status::neutral, "unknown-version", "v= is not 1",
                "RFC6376 6.1.1"},
    ReasonEntry{Reason::unknown_algorithm, Status::neutral, "unknown-algorithm",
                "a= names no algorithm that is known", "RFC6376 3.3"},
    ReasonEntry{Reason::unknown_canonicalization, Status::neutral, "unknown-canonicalization",
                "c= names no canonicalization that is known", "RFC6376 3.4"},
    ReasonEntry{Reason::unknown_query_method, Status::neutral, "unknown-query-method",
                "q= names no way to get the key that is known", "RFC6376 3.5"},
    ReasonEntry{Reason::bad_signature_data, Status::neutral, "bad-signature-data",
                "b= is not base64", "RFC6376 3.5"},
    ReasonEntry{Reason::bad_body_hash_data, Status::neutral, "bad-body-hash-data",
                "bh= is not the base64 of a hash of the right length", "RFC6376 3.5"},
    ReasonEntry{Reason::bad_domain, Status::neutral, "bad-domain",
                "d= is not a domain name of two labels or more", "RFC6376 3.5"},
    ReasonEntry{Reason::bad_selector, Status::neutral, "bad-selector", "s= is not a selector",
                "RFC6376 3.5"},
    ReasonEntry{Reason::bad_signed_headers, Status::neutral, "bad-signed-headers",
                "h= is not a list of field names", "RFC6376 3.5"},
    ReasonEntry{Reason::bad_auid, Status::neutral, "bad-auid", "i= is not an address",
                "RFC6376 3.5"},
    ReasonEntry{Reason::bad_body_length, Status::neutral, "bad-body-length", "l= is not a number",
                "RFC6376 3.5"},
    ReasonEntry{Reason::bad_timestamp, Status::neutral, "bad-timestamp", "t= is not a number",
                "RFC6376 3.5"},
    ReasonEntry{Reason::bad_expiration, Status::neutral, "bad-expiration",
                "x= is not a number, or not after t=", "RFC6376 3.5"},
    ReasonEntry{Reason::from_not_signed, Status::permerror, "from-not-signed",
                "h= does not contain From", "RFC6376 6.1.1"},
    ReasonEntry{Reason::auid_domain_mismatch, Status::permerror, "auid-domain-mismatch",
                "the domain of i= is neither d= nor below it", "RFC6376 6.1.1"},
    ReasonEntry{Reason::body_length_exceeds, Status::permerror, "body-length-exceeds",
                "l= is larger than the body", "RFC6376 3.5"},
    ReasonEntry{Reason::expired, Status::permerror, "expired",
                "the signature had expired (x=) at the time of the check", "RFC6376 3.5"},
    ReasonEntry{Reason::dns_timeout, Status::temperror, "dns-timeout",
                "no DNS server answered the question for the key in time", "RFC6376 6.1.2"},
    ReasonEntry{Reason::dns_servfail, Status::temperror, "dns-servfail",
                "the DNS servers answered the question for the key with errors", "RFC6376 6.1.2"},
    ReasonEntry{Reason::dns_deadline, Status::temperror, "dns-deadline",
                "the time allowed for the question for the key was used up", "RFC6376 6.1.2"},
    ReasonEntry{Reason::no_evidence, Status::temperror, "no-evidence",
                "the recorded DNS says nothing about the key", "RFC6376 6.1.2"},
    ReasonEntry{Reason::no_key, Status::permerror, "no-key", "no key is published under this name",
                "RFC6376 6.1.2"},
    ReasonEntry{Reason::key_syntax, Status::permerror, "key-syntax",
                "what is published under this name is not a key record", "RFC6376 6.1.2"},
    ReasonEntry{Reason::key_version, Status::permerror, "key-version",
                "v= of the key record is not DKIM1", "RFC6376 3.6.1"},
    ReasonEntry{Reason::key_service, Status::permerror, "key-service",
                "s= of the key record admits neither email nor *", "RFC6376 3.6.1"},
    ReasonEntry{Reason::key_hash_mismatch, Status::permerror, "key-hash-mismatch",
                "h= of the key record does not admit the hash that a= names", "RFC6376 6.1.2"},
    ReasonEntry{Reason::key_revoked, Status::permerror, "key-revoked",
                "the key has been revoked (empty p=)", "RFC6376 6.1.2"},
    ReasonEntry{Reason::key_type_mismatch, Status::permerror, "key-type-mismatch",
                "k= of the key record does not fit a=", "RFC6376 6.1.2"},
    ReasonEntry{Reason::key_data, Status::permerror, "key-data",
                "p= of the key record is not a usable key", "RFC6376 6.1.2"},
    ReasonEntry{Reason::key_subdomain, Status::permerror, "key-subdomain",
                "the key record has t=s, and the domain of i= is not d=", "RFC6376 3.6.1"},
    ReasonEntry{Reason::body_hash_mismatch, Status::fail, "body-hash-mismatch",
                "the body is not the one that was signed", "RFC6376 6.1.3"},
    ReasonEntry{Reason::signature_mismatch, Status::fail, "signature-mismatch",
                "the signed header fields, or the key, are not those of the signing",
                "RFC6376 6.1.3"},
    ReasonEntry{Reason::algorithm_obsolete, Status::policy, "algorithm-obsolete",
                "rsa-sha1 must not be relied on since January 2018", "RFC8301 3.1"},
    ReasonEntry{Reason::key_too_short, Status::policy, "key-too-short",
                "RSA keys under 1024 bits must not be relied on", "RFC8301 3.2"},
    ReasonEntry{Reason::internal_error, Status::temperror, "internal-error",
                "a fault of this program; please report it", "-"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kReasons.size(); ++i) {
    if (static_cast<std::size_t>(kReasons[i].reason) != i) return false;
  }
  return kReasons.size() == static_cast<std::size_t>(Reason::internal_error) + 1;
}
static_assert(in_order(), "the table follows the enumeration");

struct NoteEntry {
  Note note;
  std::string_view word;
  std::string_view sentence;
};

constexpr std::array kNotes = {
    NoteEntry{Note::several_key_records, "several-key-records",
              "more than one key record stands at the name; each was tried"},
    NoteEntry{Note::other_txt_records, "other-txt-records",
              "TXT records that are no keys stand at the name"},
    NoteEntry{Note::key_testing, "key-testing", "the signer is testing DKIM (t=y)"},
    NoteEntry{Note::key_ed25519_spki, "key-ed25519-spki",
              "the Ed25519 key is wrapped, which RFC 8463 does not allow"},
    NoteEntry{Note::body_partly_signed, "body-partly-signed",
              "l= leaves octets at the end of the body unsigned"},
    NoteEntry{Note::no_receive_time, "no-receive-time",
              "no time of receipt is known, so x= was not applied"},
    NoteEntry{Note::signed_in_future, "signed-in-future", "t= is after the time of the check"},
    NoteEntry{Note::dns_postdates_message, "dns-postdates-message",
              "the answer for the key was first seen after the time of the check"},
    NoteEntry{Note::dns_predates_message, "dns-predates-message",
              "the answer for the key was last seen before the time of the check"},
    NoteEntry{Note::candidates_cut, "candidates-cut", "more keys are recorded than were tried"},
    NoteEntry{Note::valid_under_rules_of_its_time, "valid-under-rules-of-its-time",
              "the mail is older than RFC 8301 and verifies by the rules of then"},
    NoteEntry{Note::unsigned_subject, "unsigned-subject", "the Subject is not signed"},
    NoteEntry{Note::unsigned_date, "unsigned-date", "the Date is not signed"},
    NoteEntry{Note::unsigned_to, "unsigned-to", "To is not signed"},
    NoteEntry{Note::unsigned_content_type, "unsigned-content-type",
              "Content-Type is not signed, so the body may be shown in another way"},
    NoteEntry{Note::unsigned_reply_to, "unsigned-reply-to", "Reply-To is not signed"},
    NoteEntry{Note::unsigned_extra_from, "unsigned-extra-from",
              "more From fields are present than are signed"},
    NoteEntry{Note::unsigned_extra_subject, "unsigned-extra-subject",
              "more Subject fields are present than are signed"},
    NoteEntry{Note::unsigned_extra_date, "unsigned-extra-date",
              "more Date fields are present than are signed"},
    NoteEntry{Note::unsigned_extra_to, "unsigned-extra-to",
              "more To fields are present than are signed"},
    NoteEntry{Note::unsigned_extra_content_type, "unsigned-extra-content-type",
              "more Content-Type fields are present than are signed"},
    NoteEntry{Note::unsigned_extra_reply_to, "unsigned-extra-reply-to",
              "more Reply-To fields are present than are signed"},
    NoteEntry{Note::mime_part_beyond_length, "mime-part-beyond-length",
              "a MIME part begins in the octets that l= leaves unsigned"},
    NoteEntry{Note::key_under_2048, "key-under-2048",
              "the RSA key has fewer than the 2048 bits that signers should use"},
    NoteEntry{Note::key_granularity, "key-granularity",
              "the key record has g= (RFC 4871), which is ignored since RFC 6376"},
    NoteEntry{Note::algorithm_sha1, "algorithm-sha1", "the signature is of rsa-sha1"},
    NoteEntry{Note::expired_at_receipt, "expired-at-receipt",
              "x= was past when the message was received"},
    NoteEntry{Note::dns_wildcard, "dns-wildcard",
              "a wildcard record of the zone answered for the key"},
    NoteEntry{Note::made_with_another_key, "made-with-another-key",
              "the signature was not made with this key: the key was replaced, or it is forged"},
    NoteEntry{Note::key_exponent, "key-exponent",
              "the RSA key has another public exponent than 65537, which all software uses"},
    NoteEntry{Note::key_unknown_names, "key-unknown-names",
              "h= or t= of the key record has names that are not defined; they are ignored"},
};

constexpr bool notes_in_order() {
  for (std::size_t i = 0; i < kNotes.size(); ++i) {
    if (static_cast<std::size_t>(kNotes[i].note) != i) return false;
  }
  return kNotes.size() == kNoteCount;
}
static_assert(notes_in_order(), "the table follows the enumeration");

}  // namespace

std::span<const ReasonEntry> reason_table() { return kReasons; }

const ReasonEntry& entry_of(Reason reason) {
  const auto index = static_cast<std::size_t>(reason);
  MAILASSAY_ASSERT(index < kReasons.size());
  return kReasons[index];
}

std::string_view word_of(Status status) {
  constexpr std::array<std::string_view, 7> kWords = {"none",    "pass",      "fail",     "policy",
                                                      "neutral", "temperror", "permerror"};
  return kWords[static_cast<std::size_t>(status)];
}

std::string_view word_of(Note note) { return kNotes[static_cast<std::size_t>(note)].word; }
std::string_view sentence_of(Note note) { return kNotes[static_cast<std::size_t>(note)].sentence; }

std::string_view word_of(Algorithm algorithm) {
  constexpr std::array<std::string_view, 3> kWords = {"rsa-sha1", "rsa-sha256", "ed25519-sha256"};
  return kWords[static_cast<std::size_t>(algorithm)];
}

std::string_view word_of(HeaderCanon canon) {
  return canon == HeaderCanon::simple ? "simple" : "relaxed";
}
std::string_view word_of(BodyCanon canon) {
  return canon == BodyCanon::simple ? "simple" : "relaxed";
}
std::string_view word_of(Match match) { return match == Match::match ? "match" : "mismatch"; }
std::string_view word_of(KeyType type) { return type == KeyType::rsa ? "rsa" : "ed25519"; }
std::string_view word_of(Alignment) { return "strict"; }

}  // namespace mailassay::dkim
