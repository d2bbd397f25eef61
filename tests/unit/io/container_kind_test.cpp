#include "io/container_kind.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::io {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

/// A tar header of a file, its checksum set; no magic, as in the first tars.
std::string tar_header(const std::string& sum_format) {
  std::string header(512, '\0');
  header.replace(0, 5, "a.eml");
  header.replace(124, 12, "00000000052\0"sv);
  header.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  std::string digits(6, '0');
  for (std::size_t at = 6; at-- > 0; sum /= 8) digits[at] = static_cast<char>('0' + sum % 8);
  header.replace(148, 8, sum_format == "old" ? digits + " \0"s : digits + "\0 "s);
  return header;
}

std::string flipped(std::string text, std::size_t at) {
  text[at] = static_cast<char>(text[at] ^ 1);
  return text;
}

TEST(ContainerKind, is_told_by_content) {
  const std::string zeros(106, '0');
  struct Case {
    std::string head;
    ContainerKind kind;
  };
  const Case cases[] = {
      {"\x1F\x8B\x08\x00\x00"s, ContainerKind::gzip},
      {"\x28\xB5\x2F\xFD\x04"s, ContainerKind::zstd},
      {"\xFD\x37zXZ\x00\x00"s, ContainerKind::xz},
      {"BZh9\x31\x41\x59\x26\x53\x59"s, ContainerKind::bzip2},
      {"BZh1\x17\x72\x45\x38\x50\x90"s, ContainerKind::bzip2},
      {"\x04\x22\x4D\x18\x64"s, ContainerKind::lz4},
      {"PK\x03\x04"s, ContainerKind::zip},
      {"PK\x05\x06"s, ContainerKind::zip},
      {"7z\xBC\xAF\x27\x1C"s, ContainerKind::seven_zip},
      {"070701" + zeros, ContainerKind::cpio},
      {"070702" + zeros, ContainerKind::cpio},
      {"070707" + zeros, ContainerKind::cpio},
      {tar_header("old"), ContainerKind::tar},
      {tar_header("new"), ContainerKind::tar},
      // Near them, and none of them.
      {"", ContainerKind::none},
      {"\x1F\x8B"s, ContainerKind::none},
      {"\x1F\x8B\x07"s, ContainerKind::none},
      {"\xFD\x37zXZ"s, ContainerKind::none},
      {"BZh: a header field\n", ContainerKind::none},
      {"BZh9 1 2 3 4 5 6", ContainerKind::none},
      {"BZh0\x31\x41\x59\x26\x53\x59"s, ContainerKind::none},
      {"PK: a header field\n", ContainerKind::none},
      {"07070", ContainerKind::none},
      {"070701", ContainerKind::none},
      {"070701" + zeros.substr(0, 100) + "ghijkl", ContainerKind::none},
      {"070707" + zeros.substr(0, 60) + "8888888888", ContainerKind::none},
      {std::string(512, '\0'), ContainerKind::none},
      {std::string(512, ' '), ContainerKind::none},
      {tar_header("old").substr(0, 511), ContainerKind::none},
      {flipped(tar_header("old"), 0), ContainerKind::none},
      {flipped(tar_header("old"), 511), ContainerKind::none},
      {flipped(tar_header("old"), 150), ContainerKind::none},
      {"From: a@example.com\n\n", ContainerKind::none},
      {"From a@example.com Mon May  1 10:00:00 2023\n", ContainerKind::none},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy head(a_case.head);
    EXPECT_EQ(sniff_container(head.view()), a_case.kind) << a_case.head.substr(0, 20);
  }
}

TEST(ContainerKind, xz_says_its_dictionary_in_the_first_block) {
  // Block header: size 2 (12 octets), one filter, LZMA2, one octet of properties.
  const auto head = [](char bits) {
    return "\xFD\x37zXZ\0\0\x04\xE6\xD6\xB4\x46\x02\0\x21\x01"s + bits + "\0\0\0\0\0\0\0"s;
  };
  struct Case {
    std::string head;
    std::optional<std::uint64_t> bytes;
  };
  constexpr std::uint64_t kMiB = 1024 * 1024;
  const Case cases[] = {
      {head(0), 4096},
      {head(1), 6144},
      {head(22), 8 * kMiB},
      {head(32), 256 * kMiB},
      {head(33), 384 * kMiB},
      {head(39), 3 * 1024 * kMiB},
      {head(40), 0xFFFFFFFF},
      {head(63), 0xFFFFFFFF},
      {head(22).substr(0, 12), std::nullopt},
      {head(22).substr(0, 13), std::nullopt},
      {head(22).substr(0, 14), std::nullopt},
      {head(22).substr(0, 15), std::nullopt},
      {head(22).substr(0, 16), std::nullopt},
      // Sizes of the block stand before the filter.
      {"\xFD\x37zXZ\0\0\x04\xE6\xD6\xB4\x46\x03\xC0\x80\x01\x80\x80\x02\x21\x01\x16"s, 8 * kMiB},
      // A filter for programs stands before it.
      {"\xFD\x37zXZ\0\0\x04\xE6\xD6\xB4\x46\x03\x01\x04\x00\x21\x01\x16"s, 8 * kMiB},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.head);
    EXPECT_EQ(dictionary_bytes(ContainerKind::xz, copy.view()), a_case.bytes) << a_case.head.size();
  }
}

TEST(ContainerKind, zstd_says_its_window_in_the_frame_header) {
  struct Case {
    std::string head;
    std::optional<std::uint64_t> bytes;
  };
  const Case cases[] = {
      {"\x28\xB5\x2F\xFD\x04\x00\x00"s, 1024},
      {"\x28\xB5\x2F\xFD\x04\x90\x00"s, std::uint64_t{1} << 28U},
      {"\x28\xB5\x2F\xFD\x04\x97\x00"s, (std::uint64_t{1} << 28U) / 8 * 15},
      {"\x28\xB5\x2F\xFD\x20\x05\x00"s, 5},
      {"\x28\xB5\x2F\xFD\x60\x05\x00\x00"s, 256 + 5},
      {"\x28\xB5\x2F\xFD\xA0\x00\x00\x00\x40\x00"s, std::uint64_t{1} << 30U},
      {"\x28\xB5\x2F\xFD\xA1\x77\x00\x00\x00\x40\x00"s, std::uint64_t{1} << 30U},
      {"\x28\xB5\x2F\xFD\x04"s, std::nullopt},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.head);
    EXPECT_EQ(dictionary_bytes(ContainerKind::zstd, copy.view()), a_case.bytes);
  }
}

TEST(ContainerKind, others_say_nothing) {
  EXPECT_EQ(dictionary_bytes(ContainerKind::gzip, "\x1F\x8B\x08"), std::nullopt);
  EXPECT_EQ(dictionary_bytes(ContainerKind::tar, std::string(512, 'x')), std::nullopt);
}

TEST(ContainerKind, compressions_hold_one_file) {
  EXPECT_TRUE(is_compression(ContainerKind::gzip));
  EXPECT_TRUE(is_compression(ContainerKind::lz4));
  EXPECT_FALSE(is_compression(ContainerKind::tar));
  EXPECT_FALSE(is_compression(ContainerKind::none));
  EXPECT_EQ(name_of(ContainerKind::seven_zip), "7z");
}

}  // namespace
}  // namespace mailassay::io
