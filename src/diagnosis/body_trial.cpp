#include "diagnosis/body_trial.h"

#include <algorithm>
#include <limits>

namespace mailassay::diagnosis {

BodyTrial::BodyTrial()
    : hashers_{Hashers(crypto::HashAlgorithm::sha1), Hashers(crypto::HashAlgorithm::sha256)},
      canonicalizers_{dkim::BodyCanonicalizer(dkim::BodyCanon::simple),
                      dkim::BodyCanonicalizer(dkim::BodyCanon::relaxed)} {}

void BodyTrial::begin(const BodyWish& wish, WorkBudget& budget) {
  wish_ = wish;
  budget_ = &budget;
}

void BodyTrial::write(std::string_view octets) {
  // l= counts octets of the canonicalized body. [RFC6376 3.5]
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, octets.size()));
  if (count > 0) hashers().running.update(octets.substr(0, count));
  remaining_ -= count;
}

bool BodyTrial::fits(std::string_view body) {
  if (!budget_->spend(body.size())) return false;
  remaining_ = wish_.length.value_or(std::numeric_limits<std::uint64_t>::max());
  hashers().running.begin();
  canonicalizer().begin(*this);
  canonicalizer().feed(body);
  // A body that is shorter than l= was not signed so. [RFC6376 3.5]
  const std::uint64_t size = canonicalizer().finish();
  const dkim::Digest digest = hashers().running.finish();
  return (!wish_.length || *wish_.length <= size) && digest == wish_.declared;
}

std::optional<std::size_t> BodyTrial::fitting_prefix(std::string_view body,
                                                     std::span<const std::size_t> cuts) {
  constexpr std::uint64_t kCostOfCut = 128;
  // With l= what is appended does not matter, up to there.
  if (cuts.empty() || wish_.length) return std::nullopt;
  if (!budget_->spend(cuts.back() + cuts.size() * kCostOfCut)) return std::nullopt;
  remaining_ = std::numeric_limits<std::uint64_t>::max();
  hashers().running.begin();
  canonicalizer().begin(*this);
  std::optional<std::size_t> last;
  std::size_t at = 0;
  for (const std::size_t cut : cuts) {
    canonicalizer().feed(body.substr(at, cut - at));
    at = cut;
    crypto::Hasher& ended = hashers().ended;
    ended.resume(hashers().running);
    ended.update(canonicalizer().closing());
    if (ended.finish() == wish_.declared) last = cut;
  }
  return last;
}

}  // namespace mailassay::diagnosis
