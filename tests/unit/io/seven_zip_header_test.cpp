#include "io/seven_zip_header.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::io {
namespace {

using namespace std::string_literals;

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;

// The octets of the format, by 7zFormat.txt. One folder of one member if not said otherwise.
const std::string kPack = "\x06\x00\x01\x09\x05\x00"s;  // one packed stream of 5 octets at 0
const std::string kLzma256M = "\x01\x23\x03\x01\x01\x05\x5D\x00\x00\x00\x10"s;
const std::string kLzma2 = "\x01\x21\x21\x01"s;                             // and one octet
const std::string kPpmd = "\x01\x23\x03\x04\x01\x05\x06\x00\x00\x00\x02"s;  // 32 MiB
const std::string kCopy = "\x01\x01\x00"s;

std::string unpack(const std::string& folder, const std::string& sizes = "\x07") {
  return "\x07\x0B\x01\x00"s + folder + "\x0C"s + sizes + "\x00"s;
}

std::string header(const std::string& streams, const std::string& files = "\x05\x01\x00\x00"s) {
  return "\x01\x04"s + streams + "\x00"s + files;
}

std::string with(const std::string& folder, const std::string& sizes = "\x07") {
  return header(kPack + unpack(folder, sizes));
}

/// What is kept of one folder, one member and one file.
constexpr std::uint64_t kKept = 256 + 32 + 128;

std::uint64_t memory(std::string_view octets) {
  SevenZipHeader read;
  const test::ExactCopy copy(octets);
  EXPECT_EQ(read_seven_zip_header(copy.view(), read), std::nullopt);
  return memory_of(read);
}

TEST(SevenZipHeader, memory_of_coders) {
  struct Case {
    const char* name;
    std::string folder;
    std::string sizes;
    std::uint64_t memory;
  };
  const Case cases[] = {
      {"copy", kCopy, "\x07", kKept},
      {"LZMA", kLzma256M, "\x07", 256 * kMiB},
      {"LZMA2, the least", kLzma2 + "\x00"s, "\x07", 4096},
      {"LZMA2, 256 MiB", kLzma2 + "\x20"s, "\x07", 256 * kMiB},
      {"LZMA2, the next one", kLzma2 + "\x21"s, "\x07", 384 * kMiB},
      {"LZMA2, the most", kLzma2 + "\x28"s, "\x07", 0xFFFFFFFF},
      {"PPMd", kPpmd, "\x07", 32 * kMiB},
      {"LZMA behind a filter",
       "\x02\x23\x03\x01\x01\x05\x5D\x00\x00\x00\x10\x04\x03\x03\x01\x03\x01\x00"s, "\x07\x07",
       256 * kMiB},
      {"two LZMA", "\x02"s + kLzma256M.substr(1) + kLzma256M.substr(1) + "\x01\x00"s, "\x07\x07",
       512 * kMiB},
      // BCJ2: four inputs, three bonds; of the outputs the two least are held.
      {"BCJ2",
       "\x04\x14\x03\x03\x01\x1B\x04\x01\x01\x00\x01\x00\x01\x00"s
       "\x00\x01\x01\x02\x02\x03\x03\x04\x05\x06"s,
       "\x84\x00\x83\x00\x82\x00\x81\x00"s, 768},
      {"a coder that we do not know", "\x01\x24\x7F\x00\x00\x01\x02\xFF\xFF"s, "\x07", kKept},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(memory(with(c.folder, c.sizes)), c.memory);
  }
}

TEST(SevenZipHeader, the_largest_folder_counts) {
  const std::string two = "\x07\x0B\x02\x00"s + kPpmd + kLzma2 + "\x20"s + "\x0C\x07\x07\x00"s;
  SevenZipHeader read;
  ASSERT_EQ(read_seven_zip_header(header(kPack + two), read), std::nullopt);
  ASSERT_EQ(read.folders.size(), 2U);
  EXPECT_EQ(read.folders[0].memory, 32 * kMiB);
  EXPECT_EQ(read.folders[1].memory, 256 * kMiB);
  EXPECT_EQ(memory_of(read), 256 * kMiB);
}

TEST(SevenZipHeader, members_and_files_are_counted) {
  // One folder of three members, their sizes and checksums; five files.
  const std::string substreams =
      "\x08\x0D\x03\x09\x01\x02\x0A\x01"s + std::string(12, 'c') + "\x00"s;
  SevenZipHeader read;
  ASSERT_EQ(read_seven_zip_header(header(kPack + unpack(kCopy) + substreams, "\x05\x05"s), read),
            std::nullopt);
  EXPECT_EQ(read.members, 3U);
  EXPECT_EQ(read.files, 5U);
  // A folder of one member whose checksum is known has no other.
  const std::string known = "\x07\x0B\x01\x00"s + kCopy + "\x0C\x07\x0A\x01"s + "cccc" + "\x00"s;
  ASSERT_EQ(read_seven_zip_header(header(kPack + known + "\x08\x0A\x01\x00"s, "\x05\x02"s), read),
            std::nullopt);
  EXPECT_EQ(read.members, 1U);
  EXPECT_EQ(read.files, 2U);
  // What a small header claims to hold.
  ASSERT_EQ(read_seven_zip_header(
                header(kPack + unpack(kCopy), "\x05\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s), read),
            std::nullopt);
  EXPECT_EQ(memory_of(read), std::numeric_limits<std::uint64_t>::max());
}

TEST(SevenZipHeader, an_encoded_one_tells_where_the_other_is) {
  const std::string packed = "\x06\x81\x02\x01\x09\x80\x90\x00"s;  // at 0x0102, 0x90 octets
  SevenZipHeader read;
  ASSERT_EQ(
      read_seven_zip_header("\x17"s + packed + unpack(kLzma256M, "\xC0\x34\x12"s) + "\x00"s, read),
      std::nullopt);
  EXPECT_TRUE(read.is_encoded);
  EXPECT_EQ(read.packed_at, 0x0102U);
  EXPECT_EQ(read.packed_bytes, 0x90U);
  EXPECT_EQ(read.unpacked_bytes, 0x1234U);
  ASSERT_EQ(read.coders.size(), 1U);
  EXPECT_EQ(read.coders[0].id, "\x03\x01\x01");
  EXPECT_EQ(read.coders[0].properties, "\x5D\x00\x00\x00\x10"s);
}

TEST(SevenZipHeader, without_streams_it_has_empty_files_at_most) {
  SevenZipHeader read;
  EXPECT_EQ(read_seven_zip_header("\x01\x05\x02"s, read), std::nullopt);
  EXPECT_EQ(read.files, 2U);
  EXPECT_EQ(read_seven_zip_header("\x01\x02\x10\x02xx\x00\x00"s, read), std::nullopt);
}

TEST(SevenZipHeader, too_many_folders) {
  const auto folders = [](const std::string& count) {
    return header(kPack + "\x07\x0B"s + count + "\x00"s);
  };
  SevenZipHeader read;
  EXPECT_EQ(read_seven_zip_header(folders("\xE0\x40\x42\x0F"s), read), SevenZipFault::broken);
  EXPECT_EQ(read_seven_zip_header(folders("\xE0\x41\x42\x0F"s), read),
            SevenZipFault::too_many_folders);
}

TEST(SevenZipHeader, what_is_broken_is_told) {
  SevenZipHeader read;
  const std::string cases[] = {
      "",
      "\x00"s,
      "\x42"s,
      with("\x00"s),                  // no coder
      with("\x21"s),                  // more coders than there are
      with("\x01\x81\x00"s),          // the other description of a coder
      with("\x01\x11\x00\x21\x01"s),  // 33 inputs
      with("\x01\x11\x00\x01\x00"s),  // no output
      with("\x01\x11\x00\x01\x03"s),  // more bonds than inputs
      with("\x01\x21\x21\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s),  // properties without end
      header(kPack + "\x07\x0B\x01\x01\x00"s),                    // folders elsewhere
      header(kPack + "\x07\x0C\x00"s),
      "\x17\x06\x00\xF0\xFF\xFF\xFF\xFF\x09"s,  // more packed streams than octets
  };
  for (const std::string& octets : cases) {
    const test::ExactCopy copy(octets);
    EXPECT_EQ(read_seven_zip_header(copy.view(), read), SevenZipFault::broken);
  }
}

// A loop over them would not end.
TEST(SevenZipHeader, more_checksums_than_octets) {
  const std::string members = "\x08\x0D\xFF\x00\x00\x00\x00\x00\x00\x00\x40"s;
  SevenZipHeader read;
  for (const std::string& all_defined : {"\x01"s, "\x00"s}) {
    EXPECT_EQ(read_seven_zip_header(
                  header(kPack + unpack(kCopy) + members + "\x0A"s + all_defined + "cccc"), read),
              SevenZipFault::broken);
  }
}

TEST(SevenZipHeader, cut_anywhere_it_is_broken) {
  const std::string substreams =
      "\x08\x0D\x03\x09\x01\x02\x0A\x01"s + std::string(12, 'c') + "\x00"s;
  const std::string whole = header(kPack + unpack(kLzma256M) + substreams, "\x05\x05"s);
  SevenZipHeader read;
  ASSERT_EQ(read_seven_zip_header(whole, read), std::nullopt);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const test::ExactCopy copy(std::string_view(whole).substr(0, size));
    // A header may end before its streams, and before its files.
    if (size == 1 || size + 2 == whole.size()) continue;
    EXPECT_EQ(read_seven_zip_header(copy.view(), read), SevenZipFault::broken) << size;
  }
}

}  // namespace
}  // namespace mailassay::io
