// Bodies that attack the cost of the search for what broke their hash. Its work is bounded by
// limits; the test's time limit is far above that and far below what quadratic work takes.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/body_damage_case.h"

namespace mailassay {
namespace {

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

TEST(BodySearchPathological, BodiesMadeToCost) {
  constexpr std::size_t kMebi = std::size_t{1} << 20U;
  constexpr std::string_view kText = "Content-Type: text/html; format=flowed\r\n";
  constexpr std::string_view kMultipart = "Content-Type: multipart/mixed; boundary=b\r\n";
  constexpr std::string_view kEncoded = "Content-Transfer-Encoding: quoted-printable\r\n";
  std::string nested;
  for (int i = 0; i < 20'000; ++i) {
    nested += "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
  }
  const struct {
    std::string_view header;
    std::string body;
  } cases[] = {
      {kText, repeat(">From \n", kMebi)},
      {kText, repeat("-- \n", 400'000)},
      {kText, repeat("\n\n ", 4 * kMebi)},
      {kText, std::string(4 * kMebi, '\r')},
      {kText, std::string(4 * kMebi, '\n')},
      {kText, std::string(4 * kMebi, ' ')},
      {kText, std::string(4 * kMebi, '\t')},
      {kText, std::string(4 * kMebi, '>')},
      {kText, repeat("<div>", kMebi)},
      {kText, repeat("<body", kMebi)},
      {kText, repeat("https://urldefense.com/v3/__a__;!!$ ", 4 * kMebi)},
      {kText, repeat("https://a.safelinks.protection.outlook.com/?url=%", 4 * kMebi)},
      {kMultipart, nested},
      {kMultipart, repeat("--b\r\n\r\n", kMebi)},
      {kMultipart, repeat("--b\r\nX: ", kMebi)},
      {kEncoded, repeat("=C3=\n", kMebi)},
      {kEncoded, repeat("=   ", kMebi)},
  };
  for (const auto& sample : cases) {
    for (const auto canon : {dkim::BodyCanon::simple, dkim::BodyCanon::relaxed}) {
      const Repair repair = test::search_body(sample.header, sample.body,
                                              test::differing("something else\r\n", canon));
      EXPECT_TRUE(repair.undone.empty()) << sample.body.substr(0, 40);
    }
  }
}

}  // namespace
}  // namespace mailassay
