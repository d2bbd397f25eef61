#include "verdict/standing_word.h"

#include <array>
#include <cstddef>

namespace mailassay::standing {
namespace {

constexpr bool kTakesParameter = true;

constexpr std::array kWords = {
    WordEntry{Word::no_from, "no-from", "there is no From field, or it names nobody", false},
    WordEntry{Word::many_from_domains, "many-from-domains", "From names authors of several domains",
              false},
    WordEntry{Word::bad_from, "bad-from", "From, or the header, cannot be read", false},
    WordEntry{Word::not_a_message, "not-a-message", "this is no message", false},
    WordEntry{Word::dkim_aligned, "dkim-aligned", "a DKIM signature of the Author Domain verifies",
              false},
    WordEntry{Word::dkim_partial, "dkim-partial",
              "it leaves octets at the end of the body unsigned (l=)", false},
    WordEntry{Word::weak_key, "weak-key", "its key is short, and was allowed at the time", false},
    WordEntry{Word::sha1_era, "sha1-era", "it uses SHA-1, which was allowed at the time", false},
    WordEntry{Word::test_key, "test-key", "its key says that the domain is testing DKIM", false},
    WordEntry{Word::changed_after_receipt, "changed-after-receipt",
              "a trusted receiver recorded this very signature as pass; the message was changed "
              "after that",
              false},
    WordEntry{Word::added, "added", "content was added or changed: {}", kTakesParameter},
    WordEntry{Word::spf_aligned, "spf-aligned",
              "SPF of the Author Domain passes, by a record of the time", false},
    WordEntry{Word::sent_copy, "sent-copy", "a copy that the sender kept", false},
    WordEntry{Word::draft, "draft", "a draft", false},
    WordEntry{Word::submitted, "submitted", "it was submitted by an authenticated user", false},
    WordEntry{Word::internal_hops, "internal-hops", "it passed own hosts only", false},
    WordEntry{Word::crm_log, "crm-log", "a customer system wrote it for its records", false},
    WordEntry{Word::journal, "journal", "the wrapper of a journal report", false},
    WordEntry{Word::arc_trusted, "arc-trusted",
              "the ARC chain passes, and the trusted sealer {} saw it authenticated",
              kTakesParameter},
    WordEntry{Word::list_trusted, "list-trusted", "the trusted list {} signed it", kTakesParameter},
    WordEntry{Word::forwarder_trusted, "forwarder-trusted", "the trusted forwarder {} signed it",
              kTakesParameter},
    WordEntry{Word::verifies_after, "verifies-after",
              "a signature of the Author Domain verifies once this is undone: {}", kTakesParameter},
    WordEntry{Word::headers_proven, "headers-proven",
              "the header is as the Author Domain signed it; the store does not keep the body",
              false},
    WordEntry{Word::recorded_sealed, "recorded-sealed",
              "a trusted receiver recorded a pass, under a seal that verifies", false},
    WordEntry{Word::recorded_text, "recorded-text",
              "a trusted receiver recorded a pass in Authentication-Results", false},
    WordEntry{Word::body_altered, "body-altered", "the header is as it was signed, the body is not",
              false},
    WordEntry{Word::header_altered, "header-altered", "the Author Domain signed another header",
              false},
    WordEntry{Word::key_gone, "key-gone", "the key is not there any more", false},
    WordEntry{Word::key_replaced_or_forged, "key-replaced-or-forged",
              "the signature is not by the key that is known; that key may have come later", false},
    WordEntry{Word::dns_temperror, "dns-temperror", "DNS did not answer", false},
    WordEntry{Word::no_evidence, "no-evidence", "recorded DNS does not say what would decide",
              false},
    WordEntry{Word::no_client_ip, "no-client-ip",
              "the address of the client is not known, so SPF cannot be checked", false},
    WordEntry{Word::dns_not_fresh, "dns-not-fresh", "what DNS says is not of the time of receipt",
              false},
    WordEntry{Word::no_transit_evidence, "no-transit-evidence",
              "nothing shows that the message was ever received", false},
    WordEntry{Word::form_excerpt, "form-excerpt", "the store keeps an excerpt of the message",
              false},
    WordEntry{Word::form_regenerated, "form-regenerated",
              "the store wrote the message anew, so its signatures cannot verify", false},
    WordEntry{Word::form_headers_only, "form-headers-only", "the store does not keep the body",
              false},
    WordEntry{Word::form_enclosed, "form-enclosed",
              "it lies in another message, whose author may have changed or made it", false},
    WordEntry{Word::policy_reject, "policy-reject", "the domain asks to reject what fails DMARC",
              false},
    WordEntry{Word::policy_quarantine, "policy-quarantine",
              "the domain asks to quarantine what fails DMARC", false},
    WordEntry{Word::own_sender, "own-sender", "the configured sender {} passes for its own domain",
              kTakesParameter},
    WordEntry{Word::forged_signature, "forged-signature",
              "a signature claims the Author Domain, and the key of the time did not make it",
              false},
    WordEntry{Word::unaligned, "unaligned", "{} vouches for it, which is another domain",
              kTakesParameter},
    WordEntry{Word::dkim_unaligned, "dkim-unaligned", "a DKIM signature of {} verifies",
              kTakesParameter},
    WordEntry{Word::spf_unaligned, "spf-unaligned", "SPF passes for {}", kTakesParameter},
    WordEntry{Word::unsigned_mail, "unsigned", "there is no DKIM signature that counts", false},
    WordEntry{Word::spf_fail, "spf-fail", "SPF says that the client may not send for the domain",
              false},
    WordEntry{Word::spf_softfail, "spf-softfail", "SPF says that the client probably may not send",
              false},
    WordEntry{Word::broken_unaligned, "broken-unaligned",
              "a DKIM signature of another domain does not verify", false},
    WordEntry{Word::no_dmarc, "no-dmarc", "the domain has no DMARC record", false},
    WordEntry{Word::policy_none, "policy-none", "the domain asks for nothing by DMARC", false},
    WordEntry{Word::policy_test, "policy-test", "the DMARC policy of the domain is being tested",
              false},
    WordEntry{Word::border_inferred, "border-inferred",
              "the address of the client is inferred from the Received fields", false},
    WordEntry{Word::claims_list, "claims-list",
              "it has the fields of a mailing list, which prove nothing", false},
};

constexpr std::array kValues = {
    ValueEntry{Value::authenticated, "authenticated", "the Author Domain vouches for it"},
    ValueEntry{Value::altered, "altered", "the Author Domain vouched for another header or body"},
    ValueEntry{Value::local, "local", "it never passed a border"},
    ValueEntry{Value::forwarded, "forwarded", "a trusted party saw it authenticated"},
    ValueEntry{Value::attested, "attested", "it is proven in part, or by a trusted record"},
    ValueEntry{Value::unverifiable, "unverifiable", "what would decide is not known"},
    ValueEntry{Value::disowned, "disowned", "the Author Domain asks to refuse such mail"},
    ValueEntry{Value::unaligned, "unaligned", "only another domain vouches for it"},
    ValueEntry{Value::unauthenticated, "unauthenticated", "nobody vouches for it"},
    ValueEntry{Value::malformed, "malformed", "there is no one Author Domain"},
};

constexpr std::array<std::string_view, kMissCount> kMisses = {
    "it matches",
    "there is one Author Domain",
    "no DKIM signature is of the Author Domain",
    "no signature of the Author Domain verifies",
    "no signature of the Author Domain shows another body or header",
    "the form of storage explains the difference",
    "the store quoted lines, which explains a difference",
    "it verifies once an encoding is undone",
    "no trusted receiver recorded that very signature as pass",
    "another signature of the Author Domain might verify, if its key were known",
    "SPF does not pass",
    "SPF passes for another domain, or it is not known whether it is the same",
    "the SPF record is not of the time of receipt",
    "SPF might pass, if what decides were known",
    "the address of the client is not known",
    "the Author Domain is not an own domain",
    "it has DKIM or ARC fields, so it was sent",
    "it came from an external client",
    "it passed hosts that are not own ones",
    "no trusted sealer, list or forwarder vouches for it",
    "a trusted sealer, list or forwarder might vouch for it, if its keys were known",
    "nothing proves it in part, and no trusted receiver recorded a pass",
    "a pass is recorded, but a signature tells that it was changed since",
    "all that could decide is known",
    "it is not sure which client delivered it",
    "it is not certain that DMARC fails",
    "the domain does not ask to refuse such mail",
    "nothing passes for another domain either",
    "it lies in another message, whose author may have changed or made it",
};

template <typename Table, typename Member>
constexpr bool in_order(const Table& table, Member member, std::size_t count) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].*member) != i) return false;
  }
  return table.size() == count;
}
static_assert(in_order(kWords, &WordEntry::word, kWordCount), "the table follows the enumeration");
static_assert(in_order(kValues, &ValueEntry::value, kValueCount),
              "the table follows the enumeration");

}  // namespace

std::span<const WordEntry> word_table() { return kWords; }

const WordEntry& entry_of(Word word) { return kWords[static_cast<std::size_t>(word)]; }

std::span<const ValueEntry> value_table() { return kValues; }

const ValueEntry& entry_of(Value value) { return kValues[static_cast<std::size_t>(value)]; }

std::string_view sentence_of(Miss miss) { return kMisses[static_cast<std::size_t>(miss)]; }

std::string_view word_of(Integrity integrity) {
  constexpr std::array<std::string_view, kIntegrityCount> kNames = {
      "intact", "partial", "headers", "restored", "altered", "unsigned", "unknown"};
  return kNames[static_cast<std::size_t>(integrity)];
}

std::string_view word_of(Basis basis) {
  constexpr std::array<std::string_view, kBasisCount> kNames = {"fresh", "later", "recorded",
                                                                "mixed"};
  return kNames[static_cast<std::size_t>(basis)];
}

std::string_view word_of(Direction direction) {
  constexpr std::array<std::string_view, kDirectionCount> kNames = {"inbound", "outbound",
                                                                    "internal", "copy", "unknown"};
  return kNames[static_cast<std::size_t>(direction)];
}

std::string_view word_of(Form form) {
  constexpr std::array<std::string_view, kFormCount> kNames = {
      "raw", "known-additions", "escaped", "regenerated", "headers-only", "excerpt", "enclosed"};
  return kNames[static_cast<std::size_t>(form)];
}

}  // namespace mailassay::standing
