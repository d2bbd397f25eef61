#include "mkcorpus/damage_kind.h"

#include <fmt/format.h>

#include <algorithm>

#include "mkcorpus/body_damage.h"
#include "mkcorpus/header_damage.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kAnotherKey = "another-key";

/// Every kind there is.
std::vector<const DamageKind*> all_damages() {
  std::vector<const DamageKind*> all;
  for (const auto& table : {body_damages(), header_damages()}) {
    for (const DamageKind& kind : table) all.push_back(&kind);
  }
  return all;
}

bool is_meant(const DamageKind& kind, std::string_view name) {
  const std::string_view group = kind.name.substr(0, kind.name.find('-'));
  return name == "all" || name == group || name == kind.name;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::vector<const DamageKind*> damages_named(std::string_view list) {
  std::vector<const DamageKind*> named;
  for (const std::string_view name : split(list, ',')) {
    bool any = false;
    for (const DamageKind* kind : all_damages()) {
      if (!is_meant(*kind, name)) continue;
      any = true;
      if (std::find(named.begin(), named.end(), kind) == named.end()) named.push_back(kind);
    }
    if (!any) return {};
  }
  return named;
}

std::string damage_names() {
  std::string names;
  for (const DamageKind* kind : all_damages()) {
    if (!names.empty()) names += ' ';
    names += kind->name;
  }
  return names;
}

std::string finding_json(const DamageKind& kind) {
  if (kind.undone.empty()) return "null";
  if (kind.undone == kAnotherKey) return json_string(kAnotherKey);
  std::string alternatives;
  for (const std::string_view alternative : split(kind.undone, '|')) {
    std::string words;
    for (const std::string_view word : split(alternative, ' ')) {
      words += (words.empty() ? "" : ",") + json_string(word);
    }
    alternatives += fmt::format("{}[{}]", alternatives.empty() ? "" : ",", words);
  }
  return fmt::format(R"({{"verifies_after":[{}],"removes_content":{}}})", alternatives,
                     kind.removes_content);
}

}  // namespace mkcorpus
