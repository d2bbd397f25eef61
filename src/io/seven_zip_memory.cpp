#include "io/seven_zip_memory.h"

#include <lzma.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "io/seven_zip_header.h"

namespace mailassay::io {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kSignatureHeader = 32;
constexpr std::uint64_t kTooMuch = std::numeric_limits<std::uint64_t>::max();

std::string octets_at(const FileReader& file, std::uint64_t offset, std::uint64_t count) {
  const std::uint64_t size = file.size().value_or(0);
  if (offset > size || count > size - offset) return {};
  std::string octets(static_cast<std::size_t>(std::min(count, kMaxSevenZipHeader)), '\0');
  const auto got = file.read_at(offset, octets);
  octets.resize(got ? *got : 0);
  return octets;
}

std::uint64_t number_at(std::string_view octets_of_it, std::size_t place) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    value |= std::uint64_t{octet(octets_of_it[place + i])} << (8 * i);
  }
  return value;
}

std::string next_header(const FileReader& file) {
  constexpr std::size_t kOffsetAt = 12;
  constexpr std::size_t kSizeAt = 20;
  const std::string front = octets_at(file, 0, kSignatureHeader);
  if (front.size() < kSignatureHeader) return {};
  const std::uint64_t offset = number_at(front, kOffsetAt);
  if (offset > kTooMuch - kSignatureHeader) return {};
  return octets_at(file, kSignatureHeader + offset, number_at(front, kSizeAt));
}

/// A raw decoder of liblzma.
class Decoder {
 public:
  explicit Decoder(const SevenZipCoder& coder) {
    std::array<lzma_filter, 2> filters = {lzma_filter{LZMA_VLI_UNKNOWN, nullptr},
                                          lzma_filter{LZMA_VLI_UNKNOWN, nullptr}};
    if (coder.id == "\x03\x01\x01"sv) filters[0].id = LZMA_FILTER_LZMA1;
    if (coder.id == "\x21"sv) filters[0].id = LZMA_FILTER_LZMA2;
    if (filters[0].id == LZMA_VLI_UNKNOWN) return;
    if (lzma_properties_decode(filters.data(), nullptr, octets(coder.properties),
                               coder.properties.size()) != LZMA_OK) {
      return;
    }
    ready_ = lzma_raw_decoder(&stream_, filters.data()) == LZMA_OK;
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): lzma_properties_decode() makes it so
    std::free(filters[0].options);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { lzma_end(&stream_); }

  /// Empty if it is broken.
  std::string decode(std::string_view packed, std::uint64_t size) {
    if (!ready_) return {};
    std::string out(static_cast<std::size_t>(std::min(size, kMaxSevenZipHeader)), '\0');
    stream_.next_in = octets(packed);
    stream_.avail_in = packed.size();
    stream_.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream_.avail_out = out.size();
    lzma_ret code = LZMA_OK;
    while (code == LZMA_OK && stream_.avail_out > 0 && stream_.avail_in > 0) {
      code = lzma_code(&stream_, LZMA_RUN);
    }
    out.resize(out.size() - stream_.avail_out);
    return code == LZMA_OK || code == LZMA_STREAM_END ? out : std::string();
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ready_ = false;
};

/// The header proper; empty if it cannot be read.
std::string decoded(const FileReader& file, const SevenZipHeader& encoded) {
  if (encoded.folders.size() != 1 || encoded.coders.size() != 1) return {};
  if (encoded.packed_at > kTooMuch - kSignatureHeader) return {};
  const std::string packed =
      octets_at(file, kSignatureHeader + encoded.packed_at, encoded.packed_bytes);
  const SevenZipCoder& coder = encoded.coders.front();
  if (coder.id == "\x00"sv) return packed;
  return Decoder(coder).decode(packed, encoded.unpacked_bytes);
}

/// Result: as seven_zip_memory(), of these octets.
std::optional<std::uint64_t> memory_by(std::string_view octets_of_it, SevenZipHeader& header) {
  const auto fault = read_seven_zip_header(octets_of_it, header);
  if (!fault) return memory_of(header);
  // Of a header that we cut off we know that it is long.
  const bool is_too_long = octets_of_it.size() >= kMaxSevenZipHeader;
  if (is_too_long || *fault == SevenZipFault::too_many_folders) return kTooMuch;
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> seven_zip_memory(const FileReader& file, std::uint64_t admitted) {
  SevenZipHeader header;
  const auto needed = memory_by(next_header(file), header);
  if (!needed || !header.is_encoded || *needed > admitted) return needed;
  SevenZipHeader proper;
  const auto needed_then = memory_by(decoded(file, header), proper);
  if (!needed_then) return std::nullopt;
  return std::max(*needed, *needed_then);
}

}  // namespace mailassay::io
