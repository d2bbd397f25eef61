#include "base/base64.h"

#include <gtest/gtest.h>

#include <random>

#include "support/exact_copy.h"

namespace mailassay {
namespace {

std::optional<std::string> decode(std::string_view text) {
  const test::ExactCopy copy(text);
  return decode_base64(copy.view());
}

// The vectors of [RFC4648 10].
TEST(Base64, DecodesThePublishedVectors) {
  struct {
    std::string_view octets, text;
  } const kCases[] = {{"f", "Zg=="},        {"fo", "Zm8="},        {"foo", "Zm9v"},
                      {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [octets, text] : kCases) {
    EXPECT_EQ(decode(text), octets);
    EXPECT_EQ(encode_base64(octets), text);
  }
  EXPECT_EQ(encode_base64(""), "");
}

// [RFC6376 2.10] FWS may stand anywhere in a base64string.
TEST(Base64, IgnoresFoldingWhiteSpace) {
  for (const std::string_view text :
       {" Zm9vYg==", "Zm9vYg== ", "Z m\t9\r\n vYg==", "Zm9vYg=\r\n =", "\r\n Zm9vYg\t=="}) {
    EXPECT_EQ(decode(text), "foob") << text;
  }
}

// [RFC6376 2.10] base64string ends with [ [FWS] "=" [ [FWS] "=" ] ], whatever stands before it.
TEST(Base64, PaddingIsOptional) {
  struct {
    std::string_view octets, text;
  } const kCases[] = {{"f", "Zg"},        {"f", "Zg="},         {"fo", "Zm8"},
                      {"fo", "Zm8=="},    {"foo", "Zm9v="},     {"foo", "Zm9v=="},
                      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foo", "Zm9v =="},
                      {"f", "Z\r\n g\t"}};
  for (const auto& [octets, text] : kCases) EXPECT_EQ(decode(text), octets) << text;
}

TEST(Base64, RefusesWhatIsNotBase64) {
  using namespace std::string_view_literals;
  const std::string_view kCases[] = {
      "",         " \r\n\t", "=",        "==",       "====",     "Z",        "Z=",       "Z==",
      "Zm9vY",    "Zm9vY=",  "Zg===",    "Z===",     "Zm8===",   "Zm9v===",  "Zm9v====", "Zg==Zg==",
      "Zg==Zm9v", "Zg=g",    "=Zg=",     "Zm9v-",    "Zm9v_w==", "Zm9v\xC2", "Zm9v\0"sv, "Zm9v\v",
      "Zm9v\f",   "Zm9v\\",  "\"Zm9v\"", "Zm9v;",    "Zm9v,",    "Zm9v*",    "Zm9v\xA0", "Zm9v\x7F",
      "Zm=9v",    "\\;Zm9v", "Zm9v==Z",  "Zm9v= = ="};
  for (const std::string_view text : kCases) {
    EXPECT_EQ(decode(text), std::nullopt) << testing::PrintToString(text);
  }
}

TEST(Base64, TellsEachForeignOctetFromTheAlphabet) {
  int accepted = 0;
  for (int i = 0; i < 256; ++i) {
    const char text[] = {'A', 'A', 'A', static_cast<char>(i)};
    if (decode(std::string_view(text, 4))) ++accepted;
  }
  EXPECT_EQ(accepted, 64 + 1 + 4);  // the alphabet; padding or white space in the last place
}

TEST(Base64, DecodesWhatItEncodes) {
  std::mt19937 random(7);
  for (std::size_t size = 1; size < 300; ++size) {
    std::string octets;
    for (std::size_t i = 0; i < size; ++i) octets.push_back(static_cast<char>(random() % 256));
    std::string text = encode_base64(octets);
    EXPECT_EQ(decode(text), octets);
    EXPECT_EQ(decode(std::string_view(text).substr(0, text.find('='))), octets);
    text.insert(random() % (text.size() + 1), "\r\n ");
    EXPECT_EQ(decode(text), octets);
  }
}

}  // namespace
}  // namespace mailassay
