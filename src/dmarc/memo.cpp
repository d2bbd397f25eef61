#include "dmarc/memo.h"

#include <algorithm>
#include <utility>

namespace mailassay::dmarc {
namespace {

/// All of the input but its time. No part can run into the next: each has its length in front.
std::string key_of(const Input& input) {
  std::string key;
  const auto add = [&key](std::string_view text) {
    key.append(std::to_string(text.size())).append(":").append(text);
  };
  key = std::to_string(input.author.fields) + (input.author.is_cut ? '+' : '.');
  for (const std::string& domain : input.author.domains) add(domain);
  for (const Identifier& identifier : input.identifiers) {
    key.push_back(identifier.method == Method::dkim ? 'd' : 's');
    key.push_back(static_cast<char>('0' + static_cast<int>(identifier.state)));
    add(identifier.domain);
  }
  return key;
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
  std::string key = key_of(input);
  const auto known = verdicts_.find(key);
  if (known != verdicts_.end()) return known->second;
  auto verdict = dmarc::evaluate(input, view, needs, options_);
  if (!verdict) return nullptr;
  auto kept = std::make_shared<const Verdict>(std::move(*verdict));
  if (depends_on_time(*kept, view)) return kept;
  if (verdicts_.size() >= kMaxVerdicts) verdicts_.clear();
  verdicts_.emplace(std::move(key), kept);
  return kept;
}

}  // namespace mailassay::dmarc
