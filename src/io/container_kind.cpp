#include "io/container_kind.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/cursor.h"

namespace mailassay::io {
namespace {

struct Magic {
  std::string_view octets;
  ContainerKind kind;
};

constexpr std::array kMagics = {
    Magic{"\x1F\x8B\x08", ContainerKind::gzip},
    Magic{"\x28\xB5\x2F\xFD", ContainerKind::zstd},
    Magic{std::string_view("\xFD"
                           "7zXZ\0",
                           6),
          ContainerKind::xz},
    Magic{std::string_view("\x04\x22\x4D\x18"), ContainerKind::lz4},
    Magic{"PK\x03\x04", ContainerKind::zip},
    Magic{"PK\x05\x06", ContainerKind::zip},
    Magic{"7z\xBC\xAF\x27\x1C", ContainerKind::seven_zip},
    Magic{"!BDN", ContainerKind::pst},
};

/// What follows the skippable frames at the front of zstd or lz4 octets: pzstd writes one before
/// each frame. (RFC 8878, 3.1.2)
std::string_view behind_skippable_frames(std::string_view head) {
  constexpr std::size_t kHeader = 8;
  while (head.size() >= kHeader && (octet(head[0]) & 0xF0U) == 0x50 &&
         head.substr(1, 3) == "\x2A\x4D\x18") {
    std::uint64_t size = kHeader;
    for (std::size_t i = 0; i < 4; ++i) size += std::uint64_t{octet(head[4 + i])} << (8 * i);
    head.remove_prefix(static_cast<std::size_t>(std::min<std::uint64_t>(size, head.size())));
  }
  return head;
}

/// `BZh`, the block size, and the first octets of a block or of the end.
bool is_bzip2(std::string_view head) {
  if (!head.starts_with("BZh") || head.size() < 10 || head[3] < '1' || head[3] > '9') return false;
  const std::string_view block = head.substr(4, 6);
  return block == "\x31\x41\x59\x26\x53\x59" || block == "\x17\x72\x45\x38\x50\x90";
}

bool all_in(std::string_view text, char least, char most) {
  return std::all_of(text.begin(), text.end(),
                     [least, most](char c) { return c >= least && c <= most; });
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_cpio(std::string_view head) {
  constexpr std::size_t kOldHeader = 76;
  constexpr std::size_t kNewHeader = 110;
  if (head.starts_with("070707")) {
    return head.size() >= kOldHeader && all_in(head.substr(0, kOldHeader), '0', '7');
  }
  if (!head.starts_with("070701") && !head.starts_with("070702")) return false;
  const std::string_view fields = head.substr(0, kNewHeader);
  return fields.size() == kNewHeader && std::all_of(fields.begin(), fields.end(), is_hex);
}

/// The octal number in a tar field, blanks and NUL around it.
std::optional<std::uint64_t> octal(std::string_view field) {
  Cursor cursor(field);
  cursor.take_while([](char c) { return c == ' ' || c == '\0'; });
  const std::string_view digits = cursor.take_while([](char c) { return c >= '0' && c <= '7'; });
  if (digits.empty()) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : digits) number = number * 8 + static_cast<std::uint64_t>(c - '0');
  return number;
}

/// A tar header is told by its checksum; old ones have no magic.
bool is_tar(std::string_view head) {
  constexpr std::size_t kSumAt = 148;
  constexpr std::size_t kSumBytes = 8;
  if (head.size() < kContainerSniffBytes) return false;
  const auto declared = octal(head.substr(kSumAt, kSumBytes));
  if (!declared) return false;
  std::uint64_t plain = 0;
  std::uint64_t with_sign = 0;
  for (std::size_t at = 0; at < kContainerSniffBytes; ++at) {
    const bool in_sum = at >= kSumAt && at < kSumAt + kSumBytes;
    const unsigned char value = in_sum ? ' ' : octet(head[at]);
    plain += value;
    // Some old writers added up signed octets.
    with_sign += static_cast<std::uint64_t>(static_cast<signed char>(value));
  }
  return *declared == plain || *declared == with_sign;
}

/// xz: the size of the dictionary in the first block's filter flags.
std::optional<std::uint64_t> xz_dictionary(std::string_view head) {
  constexpr std::size_t kStreamHeader = 12;
  constexpr unsigned char kLzma2 = 0x21;
  if (head.size() < kStreamHeader + 2) return std::nullopt;
  const std::size_t block_bytes = (std::size_t{octet(head[kStreamHeader])} + 1) * 4;
  Cursor cursor(head.substr(kStreamHeader, block_bytes));
  cursor.take_up_to(1);
  const unsigned flags = octet(cursor.take_up_to(1)[0]);
  const auto skip_number = [&cursor] {
    cursor.take_while([](char c) { return octet(c) >= 0x80; });
    return cursor.take_up_to(1);
  };
  if ((flags & 0x40U) != 0) skip_number();
  if ((flags & 0x80U) != 0) skip_number();
  for (unsigned filter = 0; filter <= (flags & 3U); ++filter) {
    const std::string_view id = skip_number();
    const std::string_view size = skip_number();
    if (id.empty() || size.empty()) return std::nullopt;
    const std::string_view properties = cursor.take_up_to(octet(size[0]));
    if (octet(id[0]) != kLzma2 || properties.empty()) continue;
    const unsigned bits = octet(properties[0]) & 0x3FU;
    if (bits >= 40) return std::uint64_t{0xFFFFFFFF};
    return (std::uint64_t{2} | (bits & 1U)) << (bits / 2 + 11);
  }
  return std::nullopt;
}

/// zstd: the window of the first frame. (RFC 8878, 3.1.1.1.2)
std::optional<std::uint64_t> zstd_window(std::string_view head) {
  if (head.size() < 6) return std::nullopt;
  const unsigned descriptor = octet(head[4]);
  const bool single_segment = (descriptor & 0x20U) != 0;
  if (!single_segment) {
    const unsigned window = octet(head[5]);
    const std::uint64_t base = std::uint64_t{1} << (10 + (window >> 3U));
    return base + base / 8 * (window & 7U);
  }
  // The window is the content, whose size follows the dictionary's number.
  constexpr std::array<std::size_t, 4> kDictionaryId = {0, 1, 2, 4};
  constexpr std::array<std::size_t, 4> kContentSize = {1, 2, 4, 8};
  const std::string_view size =
      head.substr(std::min(head.size(), 5 + kDictionaryId[descriptor & 3U]))
          .substr(0, kContentSize[descriptor >> 6U]);
  std::uint64_t content = size.size() == 2 ? 256 : 0;
  for (std::size_t i = 0; i < size.size(); ++i) content += std::uint64_t{octet(size[i])} << (8 * i);
  return content;
}

}  // namespace

ContainerKind sniff_container(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (head.starts_with(magic.octets)) return magic.kind;
  }
  const std::string_view behind = behind_skippable_frames(head);
  if (behind.size() < head.size()) {
    const ContainerKind kind = sniff_container(behind);
    const bool has_frames = kind == ContainerKind::zstd || kind == ContainerKind::lz4;
    return has_frames ? kind : ContainerKind::none;
  }
  if (is_bzip2(head)) return ContainerKind::bzip2;
  if (is_cpio(head)) return ContainerKind::cpio;
  return is_tar(head) ? ContainerKind::tar : ContainerKind::none;
}

bool is_compression(ContainerKind kind) {
  return kind >= ContainerKind::gzip && kind <= ContainerKind::lz4;
}

std::string_view name_of(ContainerKind kind) {
  constexpr std::array<std::string_view, 11> kNames = {
      "nothing", "gzip", "zstd", "xz", "bzip2", "lz4", "tar", "cpio", "zip", "7z", "PST"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<std::uint64_t> dictionary_bytes(ContainerKind kind, std::string_view head) {
  if (kind == ContainerKind::xz) return xz_dictionary(head);
  if (kind == ContainerKind::zstd) return zstd_window(behind_skippable_frames(head));
  return std::nullopt;
}

}  // namespace mailassay::io
