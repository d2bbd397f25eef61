#include "dmarc/memo.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace mailassay::dmarc {
namespace {

void append_part(std::string_view text, std::string& key) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), text.size()).ptr;
  key.append(digits.data(), end).push_back(':');
  key.append(text);
}

/// All of the input but its time. No part can run into the next: each has its length in front.
void make_key(const Input& input, std::string& key) {
  key = std::to_string(input.author.fields);
  key.push_back(input.author.is_cut ? '+' : '.');
  for (const std::string& domain : input.author.domains) append_part(domain, key);
  for (const Identifier& identifier : input.identifiers) {
    key.push_back(identifier.method == Method::dkim ? 'd' : 's');
    key.push_back(static_cast<char>('0' + static_cast<int>(identifier.state)));
    append_part(identifier.domain, key);
  }
}

bool depends_on_time(const Verdict& verdict, const dns::View& view) {
  return std::any_of(verdict.evidence.begin(), verdict.evidence.end(),
                     [&](const dns::Question& question) {
                       const dns::Answer* const answer = view.find(question);
                       return answer == nullptr || answer->sightings.size() != 1;
                     });
}

}  // namespace

std::shared_ptr<const Verdict> Memo::evaluate(const Input& input, const dns::View& view,
                                              dns::Needs& needs) {
  make_key(input, key_);
  const auto known = verdicts_.find(key_);
  if (known != verdicts_.end()) return known->second;
  auto verdict = dmarc::evaluate(input, view, needs, options_);
  if (!verdict) return nullptr;
  auto kept = std::make_shared<const Verdict>(std::move(*verdict));
  if (depends_on_time(*kept, view)) return kept;
  if (verdicts_.size() >= kMaxVerdicts) verdicts_.clear();
  verdicts_.emplace(key_, kept);
  return kept;
}

}  // namespace mailassay::dmarc
