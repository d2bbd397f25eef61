// One layer of a file: looked at from the front before it is read, and counted.
#ifndef MAILASSAY_IO_LAYER_STREAM_H
#define MAILASSAY_IO_LAYER_STREAM_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/octet_stream.h"

namespace mailassay::io {

/// Lifetime: `below` outlives it.
class LayerStream final : public OctetStream {
 public:
  /// `head` was read of `below` before and comes first.
  explicit LayerStream(OctetStream& below, std::string head = {})
      : below_(below), head_(std::move(head)) {}

  /// The next octets without taking them: `count`, or what there is.
  std::string_view peek(std::size_t count);

  Result<std::size_t, IoError> read(std::span<char> buffer) override;
  bool error_follows() const noexcept override { return pending_.has_value(); }
  std::optional<std::uint64_t> size() const noexcept override { return below_.size(); }

  /// Octets that were read.
  std::uint64_t taken() const noexcept { return taken_; }

  /// The last octets that were read, kTailBytes or what there was.
  std::string_view tail() const noexcept { return tail_; }
  static constexpr std::size_t kTailBytes = 512;

  /// Reads on to the end and lets go of it; the error, if it ends with one.
  std::optional<IoError> drain();

 private:
  OctetStream& below_;
  std::string head_;  ///< read of `below_` and not taken yet, from head_at_ on
  std::size_t head_at_ = 0;
  std::optional<IoError> pending_;  ///< met behind octets that had to be given back first
  std::uint64_t taken_ = 0;
  std::string tail_;

  Result<std::size_t, IoError> read_on(std::span<char> buffer);
  void keep_tail(std::string_view octets);
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_LAYER_STREAM_H
