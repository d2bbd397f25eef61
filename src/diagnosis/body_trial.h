// Tries bodies against what one signature wants of its body. [RFC6376 3.7]
#ifndef MAILASSAY_DIAGNOSIS_BODY_TRIAL_H
#define MAILASSAY_DIAGNOSIS_BODY_TRIAL_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/byte_sink.h"
#include "crypto/hasher.h"
#include "dkim/canonical_body.h"
#include "mailassay/dossier.h"

namespace mailassay::diagnosis {

/// What a signature wants of its body.
struct BodyWish {
  crypto::HashAlgorithm algorithm = crypto::HashAlgorithm::sha256;
  dkim::BodyCanon canon = dkim::BodyCanon::simple;
  std::optional<std::uint64_t> length;  ///< l=
  dkim::Digest declared;                ///< bh=

  friend bool operator==(const BodyWish&, const BodyWish&) = default;
};

/// Octets that may still be spent on one message: the time of a search is bounded by its work.
class WorkBudget {
 public:
  void begin(std::uint64_t octets) {
    left_ = octets;
    spent_ = 0;
    exhausted_ = false;
  }
  /// False, from then on, if there is not enough left.
  bool spend(std::uint64_t octets) {
    exhausted_ = exhausted_ || octets > left_;
    if (exhausted_) return false;
    left_ -= octets;
    spent_ += octets;
    return true;
  }
  bool exhausted() const noexcept { return exhausted_; }
  std::uint64_t spent() const noexcept { return spent_; }

 private:
  std::uint64_t left_ = 0;
  std::uint64_t spent_ = 0;
  bool exhausted_ = false;
};

/// Threads: one at a time; buffers and hash contexts are kept between messages.
class BodyTrial final : ByteSink {
 public:
  BodyTrial();

  void begin(const BodyWish& wish, WorkBudget& budget);

  /// True if the canonical form of `body` has the hash that was declared. False too if the budget
  /// does not suffice.
  bool fits(std::string_view body);

  /// The last of `cuts` at which the body, ended there, has the hash that was declared. The body
  /// is read once for all of them.
  ///
  /// Demands: the cuts ascend; each is the begin of a line.
  std::optional<std::size_t> fitting_prefix(std::string_view body,
                                            std::span<const std::size_t> cuts);

 private:
  BodyTrial(const BodyTrial&) = delete;
  BodyTrial& operator=(const BodyTrial&) = delete;
  struct Hashers {
    explicit Hashers(crypto::HashAlgorithm algorithm) : running(algorithm), ended(algorithm) {}
    crypto::Hasher running;
    crypto::Hasher ended;  ///< goes on from `running`, for one cut
  };

  void write(std::string_view octets) override;
  Hashers& hashers() { return hashers_[wish_.algorithm == crypto::HashAlgorithm::sha1 ? 0 : 1]; }
  dkim::BodyCanonicalizer& canonicalizer() {
    return canonicalizers_[wish_.canon == dkim::BodyCanon::simple ? 0 : 1];
  }

  std::array<Hashers, 2> hashers_;
  std::array<dkim::BodyCanonicalizer, 2> canonicalizers_;
  BodyWish wish_;
  WorkBudget* budget_ = nullptr;
  std::uint64_t remaining_ = 0;  ///< octets of l= that are still to come
};

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_BODY_TRIAL_H
