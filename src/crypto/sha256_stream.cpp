#include "crypto/sha256_stream.h"

#include <algorithm>
#include <cstring>

namespace mailassay::crypto {
namespace {

/// Octets of the length that the padding ends with. [RFC6234 4.1]
constexpr std::size_t kLengthBytes = 8;

void put_big_endian(std::uint64_t value, std::size_t bytes, char* octets) noexcept {
  for (std::size_t i = 0; i < bytes; ++i) {
    octets[i] = static_cast<char>(value >> 8 * (bytes - 1 - i) & 0xFFU);
  }
}

}  // namespace

Sha256Stream::Sha256Stream(Sha256Backend backend) {
  if (backend == Sha256Backend::openssl || !has_sha256_lanes()) {
    openssl_.emplace(HashAlgorithm::sha256);
  }
}

void Sha256Stream::begin() {
  if (openssl_) openssl_->begin();
  state_ = kSha256Start;
  length_ = 0;
  held_ = 0;
  waiting_blocks_ = 0;
}

void Sha256Stream::compress(const char* octets, std::size_t blocks) noexcept {
  Sha256Lane lane{&state_, octets};
  compress_in_lanes(std::span(&lane, 1), blocks);
}

void Sha256Stream::hash_waiting() {
  if (waiting_blocks_ == 0) return;
  compress(waiting_, waiting_blocks_);
  waiting_blocks_ = 0;
}

void Sha256Stream::feed(std::string_view octets) {
  if (openssl_) return openssl_->update(octets);
  hash_waiting();
  length_ += octets.size();
  if (held_ > 0) {
    const std::size_t count = std::min(octets.size(), rest_.size() - held_);
    std::memcpy(rest_.data() + held_, octets.data(), count);
    octets.remove_prefix(count);
    held_ += count;
    if (held_ < rest_.size()) return;
    compress(rest_.data(), 1);
    held_ = 0;
  }
  waiting_ = octets.data();
  waiting_blocks_ = octets.size() / kSha256BlockBytes;
  octets.remove_prefix(waiting_blocks_ * kSha256BlockBytes);
  if (octets.empty()) return;
  std::memcpy(rest_.data(), octets.data(), octets.size());
  held_ = octets.size();
}

/// A one bit, zeros, the length in bits. [RFC6234 4.1]
dkim::Digest Sha256Stream::finish() {
  if (openssl_) return openssl_->finish();
  hash_waiting();
  std::array<char, 2 * kSha256BlockBytes> end{};
  std::memcpy(end.data(), rest_.data(), held_);
  end[held_] = static_cast<char>(0x80U);
  const std::size_t blocks = held_ + 1 + kLengthBytes > kSha256BlockBytes ? 2 : 1;
  put_big_endian(8 * length_, kLengthBytes, end.data() + blocks * kSha256BlockBytes - kLengthBytes);
  compress(end.data(), blocks);
  dkim::Digest digest;
  digest.size = sizeof state_;
  for (std::size_t i = 0; i < state_.size(); ++i) {
    const std::uint32_t word = state_[i];
    for (std::size_t j = 0; j < sizeof word; ++j) {
      digest.octets[sizeof word * i + j] =
          static_cast<std::uint8_t>(word >> 8 * (sizeof word - 1 - j) & 0xFFU);
    }
  }
  return digest;
}

void hash_together(std::span<Sha256Stream* const> streams) {
  std::array<Sha256Lane, kSha256Lanes> lanes;
  const std::size_t count = std::min(streams.size(), lanes.size());
  std::size_t blocks = streams.front()->waiting_blocks_;
  for (std::size_t i = 0; i < count; ++i) {
    lanes[i] = {&streams[i]->state_, streams[i]->waiting_};
    blocks = std::min(blocks, streams[i]->waiting_blocks_);
  }
  compress_in_lanes(std::span(lanes).first(count), blocks);
  for (std::size_t i = 0; i < count; ++i) {
    streams[i]->waiting_ = lanes[i].octets;
    streams[i]->waiting_blocks_ -= blocks;
  }
}

}  // namespace mailassay::crypto
