#include "crypto/der.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::crypto {
namespace {

using namespace std::string_view_literals;

std::optional<std::string> read(std::string_view der, DerTag tag) {
  const test::ExactCopy copy(der);
  const auto content = DerReader(copy.view()).read(tag);
  return content ? std::optional(std::string(*content)) : std::nullopt;
}

std::optional<std::string> integer(std::string_view der) {
  const test::ExactCopy copy(der);
  const auto content = DerReader(copy.view()).read_positive_integer();
  return content ? std::optional(std::string(*content)) : std::nullopt;
}

TEST(Der, ReadsShortAndLongLengths) {
  EXPECT_EQ(read("\x30\x00"sv, DerTag::sequence), "");
  EXPECT_EQ(read("\x03\x02\x00\x01"sv, DerTag::bit_string), "\x00\x01"sv);
  const std::string of_128(128, 'x');
  EXPECT_EQ(read("\x30\x81\x80" + of_128, DerTag::sequence), of_128);
  const std::string of_256(256, 'y');
  EXPECT_EQ(read(std::string("\x30\x82\x01\x00"sv) + of_256, DerTag::sequence), of_256);
}

TEST(Der, RefusesTruncatedAndForeignElements) {
  struct {
    std::string_view der;
    DerTag tag;
  } const kCases[] = {
      {""sv, DerTag::sequence},
      {"\x30"sv, DerTag::sequence},
      {"\x30\x01"sv, DerTag::sequence},
      {"\x30\x02\x05"sv, DerTag::sequence},
      {"\x02\x01\x05"sv, DerTag::sequence},      // another tag
      {"\x30\x80\x00\x00"sv, DerTag::sequence},  // indefinite length: BER, not DER
      {"\x30\x81"sv, DerTag::sequence},
      {"\x30\x81\x80"sv, DerTag::sequence},
      {"\x30\x82\x01"sv, DerTag::sequence},
      {"\x30\x83\x01\x00"sv, DerTag::sequence},
      {"\x30\x84\xff\xff\xff\xff"sv, DerTag::sequence},
      {"\x30\x84\xff\xff\xff\xff"
       "aaaa"sv,
       DerTag::sequence},
      {"\x30\x85\x00\x00\x00\x00\x01x"sv, DerTag::sequence},  // more octets than any key needs
      {"\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff"sv, DerTag::sequence},
      {"\x30\xff"sv, DerTag::sequence},
  };
  for (const auto& [der, tag] : kCases) {
    EXPECT_EQ(read(der, tag), std::nullopt) << testing::PrintToString(der);
  }
}

TEST(Der, ReadsIntegersAboveZeroOnly) {
  EXPECT_EQ(integer("\x02\x01\x7f"sv), "\x7f"sv);
  EXPECT_EQ(integer("\x02\x02\x00\x80"sv), "\x80"sv);
  EXPECT_EQ(integer("\x02\x03\x01\x00\x01"sv), "\x01\x00\x01"sv);
  for (const std::string_view der :
       {"\x02\x00"sv, "\x02\x01\x00"sv, "\x02\x02\x00\x00"sv, "\x02\x01\x80"sv, "\x02\x01\xff"sv,
        "\x02\x02\xff\x7f"sv, "\x02\x02\x01"sv, "\x03\x01\x01"sv, ""sv, "\x02"sv}) {
    EXPECT_EQ(integer(der), std::nullopt) << testing::PrintToString(der);
  }
}

TEST(Der, SaysWhatFollows) {
  const test::ExactCopy copy("\x02\x01\x05\x02\x01\x07"sv);
  DerReader reader(copy.view());
  EXPECT_EQ(reader.read_positive_integer(), "\x05"sv);
  EXPECT_FALSE(reader.at_end());
  EXPECT_EQ(reader.read_positive_integer(), "\x07"sv);
  EXPECT_TRUE(reader.at_end());
  EXPECT_EQ(reader.read_positive_integer(), std::nullopt);
}

}  // namespace
}  // namespace mailassay::crypto
