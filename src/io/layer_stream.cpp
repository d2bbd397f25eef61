#include "io/layer_stream.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mailassay::io {
namespace {

constexpr std::size_t kDrainBytes = std::size_t{64} * 1024;

}  // namespace

std::string_view LayerStream::peek(std::size_t count) {
  const std::size_t have = head_.size() - head_at_;
  if (have < count && !pending_) {
    head_.erase(0, head_at_);
    head_at_ = 0;
    head_.resize(count);
    const auto got = below_.read(std::span(head_).subspan(have));
    if (!got) pending_ = got.error();
    head_.resize(have + (got ? *got : 0));
  }
  return std::string_view(head_).substr(head_at_, count);
}

void LayerStream::keep_tail(std::string_view octets) {
  if (octets.size() < kTailBytes) {
    tail_.append(octets);
    tail_.erase(0, tail_.size() - std::min(tail_.size(), kTailBytes));
  } else {
    tail_.assign(octets.substr(octets.size() - kTailBytes));
  }
}

Result<std::size_t, IoError> LayerStream::read(std::span<char> buffer) {
  auto got = read_on(buffer);
  if (got) keep_tail({buffer.data(), *got});
  return got;
}

Result<std::size_t, IoError> LayerStream::read_on(std::span<char> buffer) {
  const std::size_t from_head = std::min(buffer.size(), head_.size() - head_at_);
  std::copy_n(head_.data() + head_at_, from_head, buffer.data());
  head_at_ += from_head;
  taken_ += from_head;
  if (from_head == buffer.size()) return from_head;
  if (pending_) {
    if (from_head > 0) return from_head;
    return Unexpected(*std::exchange(pending_, std::nullopt));
  }
  auto got = below_.read(buffer.subspan(from_head));
  if (!got) {
    if (from_head == 0) return got;
    pending_ = std::move(got.error());
    return from_head;
  }
  taken_ += *got;
  // What stopped the layer below stops this one too: its next call says it.
  if (from_head + *got < buffer.size() && below_.error_follows()) {
    if (auto next = below_.read(buffer.subspan(from_head + *got)); !next) {
      pending_ = std::move(next.error());
    }
  }
  return from_head + *got;
}

std::optional<IoError> LayerStream::drain() {
  std::vector<char> waste(kDrainBytes);
  while (true) {
    auto got = read(waste);
    if (!got) return std::move(got.error());
    if (*got < waste.size() && !pending_) return std::nullopt;
  }
}

}  // namespace mailassay::io
