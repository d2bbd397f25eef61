#include "mkcorpus/prose.h"

#include <array>

namespace mkcorpus {
namespace {

constexpr std::size_t kLineWidth = 72;

constexpr std::array<std::string_view, 96> kWords = {
    "the",      "order",    "invoice",  "account",   "your",      "our",      "team",
    "delivery", "update",   "meeting",  "contract",  "offer",     "customer", "price",
    "week",     "please",   "attached", "document",  "review",    "new",      "product",
    "with",     "and",      "for",      "to",        "of",        "in",       "on",
    "we",       "you",      "will",     "can",       "have",      "has",      "been",
    "renewal",  "license",  "support",  "ticket",    "request",   "answer",   "question",
    "project",  "schedule", "shipment", "warehouse", "payment",   "reminder", "service",
    "season",   "sale",     "discount", "event",     "webinar",   "register", "today",
    "tomorrow", "month",    "report",   "summary",   "figures",   "quarter",  "budget",
    "approved", "pending",  "open",     "closed",    "next",      "steps",    "call",
    "phone",    "office",   "manager",  "sales",     "lead",      "pipeline", "opportunity",
    "renew",    "upgrade",  "plan",     "feature",   "release",   "notes",    "training",
    "partner",  "supplier", "stock",    "item",      "reference", "number",   "confirm",
    "cancel",   "before",   "after",    "every",     "best"};
// UTF-8: cafe, Muenchen, resume, senor, naive, Krakow, Japanese "nihongo" with their own letters.
constexpr std::array<std::string_view, 7> kAccentedWords = {"caf\xc3\xa9",
                                                            "M\xc3\xbcnchen",
                                                            "r\xc3\xa9sum\xc3\xa9",
                                                            "se\xc3\xb1or",
                                                            "na\xc3\xafve",
                                                            "Krak\xc3\xb3w",
                                                            "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"};
constexpr std::array<std::string_view, 14> kGivenNames = {
    "Alice", "Bruno", "Carla", "David", "Elena", "Felix", "Grace",
    "Hugo",  "Ines",  "Jonas", "Karin", "Luca",  "Maria", "Nils"};
constexpr std::array<std::string_view, 12> kFamilyNames = {"Archer", "Baker",   "Cooper", "Dyer",
                                                           "Fisher", "Gardner", "Hunter", "Keller",
                                                           "Mason",  "Parker",  "Sawyer", "Turner"};
constexpr std::string_view kTokenLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

std::string capitalized(std::string_view text) {
  std::string out(text);
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

}  // namespace

std::string_view word(Prng& prng) { return prng.pick(kWords); }

std::string person(Prng& prng) {
  std::string out(prng.pick(kGivenNames));
  out += ' ';
  out += prng.pick(kFamilyNames);
  return out;
}

std::string sentence(Prng& prng, Charset charset) {
  std::string out = capitalized(word(prng));
  const std::size_t words = prng.between(5, 15);
  for (std::size_t i = 0; i < words; ++i) {
    out += ' ';
    out += charset == Charset::utf8 && prng.chance(8) ? prng.pick(kAccentedWords) : word(prng);
    if (prng.chance(6)) out += ',';
  }
  return out + (prng.chance(90) ? "." : "!");
}

std::string headline(Prng& prng) {
  std::string out = capitalized(word(prng));
  const std::size_t words = prng.between(2, 6);
  for (std::size_t i = 0; i < words; ++i) {
    out += ' ';
    out += word(prng);
  }
  return out;
}

std::string paragraph(Prng& prng, Charset charset, std::string_view prefix) {
  std::string text = sentence(prng, charset);
  for (std::size_t i = prng.between(1, 4); i > 0; --i) text += ' ' + sentence(prng, charset);
  std::string out;
  std::string_view rest = text;
  while (rest.size() > kLineWidth) {
    const std::size_t gap = rest.rfind(' ', kLineWidth);
    out.append(prefix).append(rest.substr(0, gap)).append("\r\n");
    rest.remove_prefix(gap + 1);
  }
  return out.append(prefix).append(rest).append("\r\n");
}

std::string token(Prng& prng, std::size_t length) {
  std::string out(length, '\0');
  for (char& c : out) c = kTokenLetters[prng.below(kTokenLetters.size())];
  return out;
}

}  // namespace mkcorpus
