// The algorithm of https://publicsuffix.org/list/: the longest rule wins, an exception beats every
// other rule, and without a rule the last label is the suffix.
#include "mailassay/public_suffix_list.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dns/a_labels.h"
#include "dns/name.h"

namespace mailassay {
namespace {

constexpr std::string_view kComment = "//";

std::string_view first_word(std::string_view line) {
  return line.substr(0, std::min(line.find_first_of(" \t\r"), line.size()));
}

/// A rule's name in A-labels, lower case; empty if it is none.
std::string rule_name(std::string_view text) {
  std::string name(text);
  if (std::any_of(name.begin(), name.end(), [](char c) { return octet(c) >= 0x80; })) {
    name = dns::to_a_labels(name).value_or("");
  }
  auto normal = dns::normalise_name(name);
  if (!normal || *normal == ".") return {};
  // What had to be escaped, or is a wildcard further on, is in no rule of the list.
  if (normal->find_first_of("\\*!") != std::string::npos) return {};
  return std::move(*normal);
}

std::string_view without_first_label(std::string_view name) {
  return name.substr(std::min(name.find('.'), name.size() - 1) + 1);
}

}  // namespace

bool PublicSuffixList::add(std::string_view text, Section section) {
  const bool is_exception = text.starts_with('!');
  const bool is_wildcard = text.starts_with("*.");
  if (is_exception) text.remove_prefix(1);
  if (is_wildcard) text.remove_prefix(2);
  std::string name = rule_name(text);
  if (name.empty()) return false;
  // An exception is its parent's registrable domain, so that it has a parent.
  if (is_exception && name.find('.') == std::string::npos) return false;
  Rule& rule = rules_[std::move(name)];
  if (is_exception) {
    rule.is_exception = true;
  } else {
    (is_wildcard ? rule.wildcard : rule.name) = section;
  }
  ++rule_count_;
  return true;
}

Result<PublicSuffixList, SuffixListError> PublicSuffixList::from_text(std::string_view text) {
  constexpr std::string_view kVersion = "// VERSION:";
  PublicSuffixList list;
  Section section = Section::icann;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(kComment)) {
      if (line.find("===BEGIN PRIVATE DOMAINS===") != std::string_view::npos) {
        section = Section::private_domains;
      } else if (line.find("===BEGIN ICANN DOMAINS===") != std::string_view::npos) {
        section = Section::icann;
      } else if (line.starts_with(kVersion) && list.version_.empty()) {
        list.version_ = ascii::trim(line.substr(kVersion.size()));
      }
      continue;
    }
    const std::string_view rule = first_word(line);
    if (!rule.empty() && !list.add(rule, section)) {
      return Unexpected(SuffixListError{number, "is no rule of a public suffix list"});
    }
  }
  if (list.rule_count_ == 0) return Unexpected(SuffixListError{0, "has no rule"});
  return list;
}

const PublicSuffixList::Rule* PublicSuffixList::rule(std::string_view name) const {
  const auto found = rules_.find(name);
  return found == rules_.end() ? nullptr : &found->second;
}

PublicSuffixList::Suffix PublicSuffixList::suffix_of(std::string_view domain) const {
  Suffix suffix{domain, Section::none};
  std::string_view name = domain;
  while (!name.empty()) {  // from the longest name on, so that the first rule is the longest
    const std::string_view parent = without_first_label(name);
    const Rule* const of_name = rule(name);
    const Rule* const of_parent = parent.empty() ? nullptr : rule(parent);
    const Section wildcard = of_parent == nullptr ? Section::none : of_parent->wildcard;
    if (of_name != nullptr && of_name->is_exception) return {parent, wildcard};
    if (of_name != nullptr && of_name->name != Section::none) return {name, of_name->name};
    if (wildcard != Section::none) return {name, wildcard};
    suffix.name = name;  // in the end the last label
    name = parent;
  }
  return suffix;
}

std::string_view PublicSuffixList::organizational_domain(std::string_view domain) const {
  const std::string_view suffix = suffix_of(domain).name;
  if (suffix.size() >= domain.size()) return domain;
  const std::size_t dot = domain.size() - suffix.size() - 1;
  const std::size_t before = dot == 0 ? std::string_view::npos : domain.rfind('.', dot - 1);
  return before == std::string_view::npos ? domain : domain.substr(before + 1);
}

bool PublicSuffixList::is_public_suffix(std::string_view domain) const {
  const Suffix suffix = suffix_of(domain);
  return suffix.section != Section::none && suffix.name.size() == domain.size();
}

}  // namespace mailassay
