#include "io/gzip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace mailassay::io {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} * 1024;
constexpr int kGzipOnly = 16;

}  // namespace

struct GzipReader::Inflater {
  z_stream stream{};
  bool ready = false;

  Inflater() { ready = inflateInit2(&stream, MAX_WBITS + kGzipOnly) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream); }
};

GzipReader::GzipReader(OctetStream& below)
    : below_(below), buffer_(kReadBytes), inflater_(std::make_unique<Inflater>()) {}

GzipReader::~GzipReader() = default;

IoError GzipReader::broken(const char* what) {
  broken_ = ended_ = true;
  IoError error{0, {}, offset_, std::string("gzip: ") + (what == nullptr ? "it is broken" : what)};
  error.reason = ProblemReason::corrupt;
  return error;
}

Result<std::optional<Entry>, IoError> GzipReader::next() {
  if (!inflater_->ready) return Unexpected(broken("no memory to read it"));
  // Nothing in it: the member is there all the same, with no octet.
  if (std::exchange(begun_, true)) return std::optional<Entry>();
  return std::optional(Entry{});
}

/// Gets more input if none is left. Result: false at the end.
Result<bool, IoError> GzipReader::fill() {
  z_stream& stream = inflater_->stream;
  if (stream.avail_in > 0) return true;
  const auto got = below_.read(buffer_);
  if (!got) {
    broken_ = ended_ = true;
    return Unexpected(got.error());
  }
  stream.next_in = reinterpret_cast<Bytef*>(buffer_.data());
  stream.avail_in = static_cast<uInt>(*got);
  return *got > 0;
}

/// Behind the end of a stream: true if another one begins there. Zeros are padding. Anything else
/// may be a stream whose first octet is damaged, so that the octets before it are no whole.
Result<bool, IoError> GzipReader::go_to_next() {
  constexpr Bytef kFirstOctet = 0x1F;
  z_stream& stream = inflater_->stream;
  while (true) {
    auto more = fill();
    if (!more || !*more) return more;
    while (stream.avail_in > 0 && *stream.next_in == 0) {
      ++stream.next_in;
      --stream.avail_in;
    }
    if (stream.avail_in > 0) break;
  }
  if (*stream.next_in != kFirstOctet)
    return Unexpected(broken("what is behind its end is no gzip"));
  return inflateReset(&stream) == Z_OK;
}

Result<std::size_t, IoError> GzipReader::read(std::span<char> buffer) {
  if (pending_) return Unexpected(*std::exchange(pending_, std::nullopt));
  z_stream& stream = inflater_->stream;
  const std::size_t most = std::min<std::size_t>(buffer.size(), std::numeric_limits<uInt>::max());
  stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
  stream.avail_out = static_cast<uInt>(most);
  while (!ended_ && stream.avail_out == most) {
    const auto more = fill();
    if (!more) return Unexpected(more.error());
    if (!*more) return Unexpected(broken("it is cut off"));
    const int code = inflate(&stream, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      auto another = go_to_next();
      if (!another) pending_ = std::move(another.error());
      ended_ = !another || !*another;
    } else if (code != Z_OK) {
      return Unexpected(broken(stream.msg));
    }
  }
  const std::size_t given = most - stream.avail_out;
  offset_ += given;
  if (given == 0 && pending_) return Unexpected(*std::exchange(pending_, std::nullopt));
  return given;
}

}  // namespace mailassay::io
