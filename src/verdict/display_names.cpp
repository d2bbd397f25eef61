#include "verdict/display_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/ascii.h"

namespace mailassay::impersonation {
namespace {

/// Beside these a label is the name of an organisation and not of a person.
constexpr std::array<std::string_view, 44> kRoleWords = {
    "support",  "service",  "services",      "security", "team",        "billing",  "accounting",
    "invoice",  "invoices", "helpdesk",      "help",     "desk",        "it",       "info",
    "noreply",  "no",       "reply",         "admin",    "account",     "accounts", "notification",
    "customer", "care",     "center",        "payroll",  "hr",          "gmbh",     "ag",
    "kg",       "se",       "inc",           "ltd",      "llc",         "corp",     "corporation",
    "group",    "company",  "kundenservice", "rechnung", "buchhaltung", "the",      "of",
    "und",      "and",
};

constexpr std::size_t kShortestLabel = 5;

bool is_word_octet(char c) noexcept {
  return ascii::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_domain_octet(char c) noexcept { return is_word_octet(c) || c == '-' || c == '.'; }

/// Calls `use` with each longest run of octets that `belongs` holds of, and where it begins.
template <typename Belongs, typename Use>
void for_each_run(std::string_view text, Belongs belongs, Use use) {
  for (std::size_t start = 0; start < text.size();) {
    if (!belongs(text[start])) {
      ++start;
      continue;
    }
    std::size_t end = start;
    while (end < text.size() && belongs(text[end])) ++end;
    use(text.substr(start, end - start), start);
    start = end;
  }
}

}  // namespace

DisplayNames::DisplayNames(std::span<const Party> parties, const ProtectedDomains& domains)
    : domains_(domains) {
  for (const std::string_view word : kRoleWords) {
    role_words_.insert(domains_.skeletons().of_any_case(word));
  }
  for (const Party& party : parties) {
    for (const std::string& name : party.display_names) add({words_of(name), name, false});
  }
  for (const ProtectedDomain& domain : domains_.domains()) {
    if (domain.letters >= kShortestLabel) add({words_of(domain.label), domain.domain, true});
  }
}

void DisplayNames::add(Name name) {
  if (name.words.empty()) return;
  by_first_word_[name.words.front()].push_back(names_.size());
  names_.push_back(std::move(name));
}

std::vector<std::string> DisplayNames::words_of(std::string_view text) const {
  std::vector<std::string> words;
  for_each_run(text, is_word_octet, [&](std::string_view word, std::size_t) {
    words.push_back(domains_.skeletons().of_any_case(word));
  });
  return words;
}

std::optional<Reason> DisplayNames::shown(std::string_view display_name) const {
  const std::string_view text = display_name.substr(0, kMostOctets);
  if (auto reason = shown_domain(text)) return reason;
  return shown_name(text);
}

std::optional<Reason> DisplayNames::shown_domain(std::string_view text) const {
  std::optional<Reason> reason;
  if (text.find('.') == std::string_view::npos) return reason;
  for_each_run(text, is_domain_octet, [&](std::string_view run, std::size_t start) {
    while (run.ends_with('.')) run.remove_suffix(1);
    if (reason || run.find('.') == std::string_view::npos) return;
    const ProtectedDomain* owner = domains_.owner_of(ascii::lower(run));
    if (owner == nullptr) return;
    const bool is_address = start >= 2 && text[start - 1] == '@' && is_word_octet(text[start - 2]);
    reason = Reason{is_address ? Word::display_address : Word::display_name, owner->domain,
                    std::string(text)};
  });
  return reason;
}

std::optional<Reason> DisplayNames::shown_name(std::string_view text) const {
  if (names_.empty()) return std::nullopt;
  const std::vector<std::string> words = words_of(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto found = by_first_word_.find(words[at]);
    if (found == by_first_word_.end()) continue;
    for (const std::size_t index : found->second) {
      const Name& name = names_[index];
      if (matches(name, words, at)) {
        return Reason{Word::display_name, name.resembles, std::string(text)};
      }
    }
  }
  return std::nullopt;
}

bool DisplayNames::matches(const Name& name, std::span<const std::string> words,
                           std::size_t at) const {
  if (words.size() - at < name.words.size()) return false;
  const auto here = words.subspan(at, name.words.size());
  if (!std::equal(here.begin(), here.end(), name.words.begin())) return false;
  if (!name.is_label) return true;
  const auto is_role = [&](const std::string& word) { return role_words_.contains(word); };
  const auto before = words.first(at);
  const auto after = words.subspan(at + name.words.size());
  return before.size() + after.size() != 0 && std::all_of(before.begin(), before.end(), is_role) &&
         std::all_of(after.begin(), after.end(), is_role);
}

}  // namespace mailassay::impersonation
