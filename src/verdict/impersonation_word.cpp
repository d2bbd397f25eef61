#include "verdict/impersonation_word.h"

#include <array>
#include <cstddef>

namespace mailassay::impersonation {
namespace {

constexpr std::array kWords = {
    WordEntry{Word::own_domain, "own-domain",
              "From is an own domain, and nothing authenticates it"},
    WordEntry{Word::brand_domain, "brand-domain",
              "From is a protected domain, and nothing authenticates it"},
    WordEntry{Word::homograph, "homograph", "an internationalised name that looks the same"},
    WordEntry{Word::confusable, "confusable", "letters or digits that look the same"},
    WordEntry{Word::hyphen, "hyphen", "hyphens or dots are added or left out"},
    WordEntry{Word::one_letter, "one-letter",
              "one letter is added, left out or another, or two are swapped"},
    WordEntry{Word::other_tld, "other-tld", "the same name below another top-level domain"},
    WordEntry{Word::domain_as_subdomain, "domain-as-subdomain",
              "the whole domain stands before another one"},
    WordEntry{Word::name_as_subdomain, "name-as-subdomain",
              "the name stands before another domain, and nothing authenticates the mail"},
    WordEntry{Word::display_address, "display-address",
              "the display name shows an address of the domain"},
    WordEntry{Word::display_name, "display-name", "the display name shows the name"},
    WordEntry{Word::reply_to, "reply-to", "answers go elsewhere"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].word) != i) return false;
  }
  return kWords.size() == kWordCount;
}
static_assert(in_order(), "the table follows the enumeration");

}  // namespace

std::span<const WordEntry> word_table() { return kWords; }

const WordEntry& entry_of(Word word) { return kWords[static_cast<std::size_t>(word)]; }

std::string text_of(const Reason& reason) {
  std::string text(entry_of(reason.word).text);
  return text.append(1, ':').append(reason.word == Word::reply_to ? reason.found
                                                                  : reason.resembles);
}

}  // namespace mailassay::impersonation
