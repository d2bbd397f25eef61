// [RFC8259 7] strings; [RFC3339 5.6] times.
#include "report/json_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "message/encoded_word.h"
#include "support/exact_copy.h"

namespace mailassay::report {
namespace {

using namespace std::string_view_literals;

std::string json(std::string_view text) {
  const test::ExactCopy copy(text);
  std::string out;
  append_json_string(copy.view(), out);
  return out;
}

TEST(JsonText, Escapes) {
  struct {
    std::string_view text, json;
  } const kCases[] = {{"", "\"\""},
                      {"a", "\"a\""},
                      {"a\"b\\c/", "\"a\\\"b\\\\c/\""},
                      {"\r\n\t", "\"\\r\\n\\t\""},
                      {"\0\x1F\x7F"sv, "\"\\u0000\\u001f\\u007f\""},
                      {"\x1B[31m", "\"\\u001b[31m\""},
                      {"caf\xC3\xA9", "\"caf\xC3\xA9\""},
                      {"a\xFF", "\"a\xEF\xBF\xBD\""},
                      {"\xC3", "\"\xEF\xBF\xBD\""}};
  for (const auto& [text, expected] : kCases) EXPECT_EQ(json(text), expected);
}

TEST(JsonText, EveryPairOfOctetsParsesBack) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; b += 3) {
      const char text[] = {static_cast<char>(a), static_cast<char>(b)};
      const std::string_view view(text, 2);
      const auto parsed = nlohmann::json::parse(json(view), nullptr, false);
      ASSERT_FALSE(parsed.is_discarded()) << a << ' ' << b;
      ASSERT_EQ(parsed.get<std::string>(), message::to_valid_utf8(view)) << a << ' ' << b;
    }
  }
}

TEST(JsonText, Times) {
  struct {
    std::int64_t seconds;
    std::string_view text;
  } const kCases[] = {{0, "1970-01-01T00:00:00Z"},
                      {-1, "1969-12-31T23:59:59Z"},
                      {1709164799, "2024-02-28T23:59:59Z"},
                      {253402300799, "9999-12-31T23:59:59Z"},
                      {253402300800, "-"},
                      {-62167219200, "0000-01-01T00:00:00Z"},
                      {-62167219201, "-"}};
  for (const auto& [seconds, text] : kCases) {
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
    EXPECT_EQ(time_text(time), text);
    std::string out;
    append_json_time(time, out);
    EXPECT_EQ(out, text == "-" ? "null" : "\"" + std::string(text) + "\"");
  }
  std::string out;
  append_json_optional_time({}, out);
  EXPECT_EQ(out, "null");
}

TEST(JsonText, Numbers) {
  std::string out;
  append_json_number(std::numeric_limits<std::uint64_t>::max(), out);
  append_key("k", out);
  append_json_number(0U, out);
  EXPECT_EQ(out, "18446744073709551615,\"k\":0");
}

}  // namespace
}  // namespace mailassay::report
