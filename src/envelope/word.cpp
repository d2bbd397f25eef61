#include "envelope/word.h"

#include <array>
#include <cstddef>

namespace mailassay::envelope {
namespace {

using namespace std::string_view_literals;

struct Entry {
  std::string_view word;
  std::string_view sentence;
};

template <typename Enum, std::size_t kSize>
std::string_view at(const std::array<std::string_view, kSize>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

// Each table has one entry for each enumerator, in their order.
constexpr std::array kHopKindWords = {"smtp"sv,     "authorised"sv, "local"sv,
                                      "delivery"sv, "fetched"sv,    "unreadable"sv};
static_assert(kHopKindWords.size() == static_cast<std::size_t>(HopKind::unreadable) + 1);
constexpr std::array kMarkKindWords = {"return-path"sv,     "envelope-from"sv,  "envelope-to"sv,
                                       "forefront-ip"sv,    "forefront-helo"sv, "forefront-rdns"sv,
                                       "exchange-auth-as"sv};
static_assert(kMarkKindWords.size() == static_cast<std::size_t>(MarkKind::exchange_auth_as) + 1);
constexpr std::array kTransitNoteWords = {"hops-cut"sv, "results-cut"sv, "marks-cut"sv,
                                          "field-cut"sv, "value-cut"sv};
static_assert(kTransitNoteWords.size() == static_cast<std::size_t>(TransitNote::value_cut) + 1);
constexpr std::array kProviderWords = {"gmail"sv, "microsoft365"sv, "yahoo"sv};
static_assert(kProviderWords.size() == static_cast<std::size_t>(Provider::yahoo) + 1);
constexpr std::array kSurenessWords = {"none"sv, "inferred"sv, "sure"sv};
static_assert(kSurenessWords.size() == static_cast<std::size_t>(Sureness::sure) + 1);
constexpr std::array kValueSourceWords = {
    "received"sv,      "return-path"sv, "authentication-results"sv, "received-spf"sv,
    "envelope-from"sv, "forefront"sv,   "newest-received"sv};
static_assert(kValueSourceWords.size() ==
              static_cast<std::size_t>(ValueSource::newest_received) + 1);
constexpr std::array kConfidenceWords = {"weak"sv, "inferred"sv, "sure"sv};
static_assert(kConfidenceWords.size() == static_cast<std::size_t>(Confidence::sure) + 1);
constexpr std::array kConflictSubjectWords = {"client-ip"sv, "helo"sv, "mail-from"sv,
                                              "received-time"sv};
static_assert(kConflictSubjectWords.size() ==
              static_cast<std::size_t>(ConflictSubject::received_time) + 1);
constexpr std::array kPlaceWords = {"no-border"sv, "above-border"sv, "adjoining"sv,
                                    "below-border"sv};
static_assert(kPlaceWords.size() == static_cast<std::size_t>(Place::below_border) + 1);
constexpr std::array kRewriteKindWords = {"srs"sv, "batv"sv, "verp"sv, "gmail-forward"sv};
static_assert(kRewriteKindWords.size() == static_cast<std::size_t>(RewriteKind::gmail_forward) + 1);
constexpr std::array kRecordedFieldWords = {"authentication-results"sv,
                                            "arc-authentication-results"sv, "received-spf"sv};
static_assert(kRecordedFieldWords.size() ==
              static_cast<std::size_t>(RecordedField::received_spf) + 1);
constexpr std::array kRecordedFaultWords = {"none"sv, "syntax"sv, "unknown-version"sv,
                                            "over-limit"sv};
static_assert(kRecordedFaultWords.size() ==
              static_cast<std::size_t>(RecordedFault::over_limit) + 1);
constexpr std::array kResultWordWords = {"none"sv,      "pass"sv,      "fail"sv,
                                         "softfail"sv,  "policy"sv,    "neutral"sv,
                                         "temperror"sv, "permerror"sv, "unknown"sv};
static_assert(kResultWordWords.size() == static_cast<std::size_t>(ResultWord::unknown) + 1);
constexpr std::array kAgreementWords = {"agrees"sv, "differs"sv, "not-comparable"sv};
static_assert(kAgreementWords.size() == static_cast<std::size_t>(Agreement::not_comparable) + 1);

constexpr std::array kBorderReasonEntries = {
    Entry{"no-trace", "the message has no Received field"},
    Entry{"own-hops-only", "no hop has a client from outside"},
    Entry{"submission", "the client authenticated itself to the server that took the message"},
    Entry{"unreadable-hop", "a Received field that would decide cannot be read"},
    Entry{"receiver", "all hops down to the border were written by configured receivers"},
    Entry{"provider", "the hops down to the border were written by a provider that is known"},
    Entry{"confirmed", "a believed result names the same client"},
    Entry{"first-outsider",
          "the client is the first that is not of the receiver's own organization"},
    Entry{"inner-host", "the client went to a host of the provider that takes submissions"},
    Entry{"below-unknown-hop", "a hop above has a writer or a client that is not configured"},
    Entry{"below-submission", "a user of the provider handed in a hop above"},
    Entry{"filter-gateway",
          "the client is a mail filter for rent, which may be the receiver's own"},
    Entry{"enclosed", "it lies in another message, whose author may have written the trace"},
};
static_assert(kBorderReasonEntries.size() == static_cast<std::size_t>(BorderReason::enclosed) + 1);

constexpr std::array kComparisonReasonEntries = {
    Entry{"same-result", "both say the same"},
    Entry{"key-gone", "it passed then, and the key has been removed or revoked since"},
    Entry{"key-changed", "it passed then, and another key stands there now"},
    Entry{"content-altered", "it passed then, and the content is no longer what was signed"},
    Entry{"record-changed", "the DNS record says something else now than it did then"},
    Entry{"rules-differ", "the algorithm, the length of the key or the expiry is not accepted now"},
    Entry{"failed-before-us", "it did not pass then, and it does now"},
    Entry{"dns-failed-then", "the receiver could not get an answer of DNS"},
    Entry{"unexplained", "no reason for the difference is known"},
    Entry{"unknown-method", "the method is none that is evaluated here"},
    Entry{"unknown-result", "the recorded result is no word that is known"},
    Entry{"signature-not-found", "the message has no such signature"},
    Entry{"several-signatures", "which of the signatures is meant is not said"},
    Entry{"other-identity", "another domain, address or chain was checked then"},
    Entry{"no-own-result", "the method could not be evaluated now"},
    Entry{"dns-failed-now", "an answer of DNS could not be had now"},
    Entry{"no-evidence", "the DNS data at hand does not cover the name"},
    Entry{"no-session-data", "the stored message does not tell the client or MAIL FROM"},
};
static_assert(kComparisonReasonEntries.size() ==
              static_cast<std::size_t>(ComparisonReason::no_session_data) + 1);

}  // namespace

std::string_view word_of(HopKind value) { return at(kHopKindWords, value); }
std::string_view word_of(MarkKind value) { return at(kMarkKindWords, value); }
std::string_view word_of(TransitNote value) { return at(kTransitNoteWords, value); }
std::string_view word_of(Provider value) { return at(kProviderWords, value); }
std::string_view word_of(Sureness value) { return at(kSurenessWords, value); }
std::string_view word_of(ValueSource value) { return at(kValueSourceWords, value); }
std::string_view word_of(Confidence value) { return at(kConfidenceWords, value); }
std::string_view word_of(ConflictSubject value) { return at(kConflictSubjectWords, value); }
std::string_view word_of(Place value) { return at(kPlaceWords, value); }
std::string_view word_of(RewriteKind value) { return at(kRewriteKindWords, value); }
std::string_view word_of(RecordedField value) { return at(kRecordedFieldWords, value); }
std::string_view word_of(RecordedFault value) { return at(kRecordedFaultWords, value); }
std::string_view word_of(ResultWord value) { return at(kResultWordWords, value); }
std::string_view word_of(Agreement value) { return at(kAgreementWords, value); }

std::string_view word_of(BorderReason reason) {
  return kBorderReasonEntries[static_cast<std::size_t>(reason)].word;
}

std::string_view sentence_of(BorderReason reason) {
  return kBorderReasonEntries[static_cast<std::size_t>(reason)].sentence;
}

std::string_view word_of(ComparisonReason reason) {
  return kComparisonReasonEntries[static_cast<std::size_t>(reason)].word;
}

std::string_view sentence_of(ComparisonReason reason) {
  return kComparisonReasonEntries[static_cast<std::size_t>(reason)].sentence;
}

}  // namespace mailassay::envelope
