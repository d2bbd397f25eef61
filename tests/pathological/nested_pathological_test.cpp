// Messages in messages that attack whoever takes them out: levels, numbers, encodings.
#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <vector>

#include "base/base64.h"
#include "dossier/nested_digester.h"
#include "kind/body_glance.h"

namespace mailassay {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// Digests; fails if it takes two seconds of the processor or more.
std::vector<NestedMessage> within_two_seconds(const std::string& text, bool is_cut) {
  const std::clock_t start = std::clock();
  BatchDigester digester{Limits{}};
  Dossier stored;
  const DigestJob job{text, &stored};
  digester.digest({&job, 1});
  std::vector<NestedMessage> nested = NestedDigester({}, true).digest({&job, 1}, digester);
  EXPECT_LT(std::clock() - start, 2 * CLOCKS_PER_SEC);
  bool found = false;
  const auto look = [&](const Dossier& dossier) {
    for (const MessageNote note : dossier.notes) found = found || note == MessageNote::nested_cut;
  };
  look(stored);
  for (const NestedMessage& one : nested) look(one.dossier);
  EXPECT_EQ(found, is_cut);
  EXPECT_LE(nested.size(), Limits().nested_messages);
  return nested;
}

const std::string kParts = "Content-Type: multipart/mixed; boundary=b\n\n";
const std::string kMessage = "--b\nContent-Type: message/rfc822\n\nSubject: x\n\n";

TEST(NestedPathological, AHundredThousandLevels) {
  const auto nested =
      within_two_seconds(repeated("Content-Type: message/rfc822\n\n", 100000), true);
  EXPECT_EQ(nested.size(), Limits().nested_depth);
  // Each level is encoded once more: the octets shrink by a quarter.
  std::string text = "Subject: x\n\n";
  for (int i = 0; i < 20; ++i) {
    text =
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + encode_base64(text);
  }
  EXPECT_EQ(within_two_seconds(text, true).size(), Limits().nested_depth);
}

TEST(NestedPathological, AHundredThousandMessages) {
  const auto nested = within_two_seconds(kParts + repeated(kMessage, 100000), true);
  EXPECT_EQ(nested.size(), Limits().nested_messages);
  // Two on each level.
  std::string tree = "Subject: x\n\n";
  for (int i = 0; i < 12; ++i) {
    const std::string part = "Content-Type: message/rfc822\n\n" + tree + "\n";
    const std::string line = "--" + std::to_string(i) + "\n";
    tree = "Content-Type: multipart/mixed; boundary=" + std::to_string(i) + "\n\n" + line + part +
           line + part;
  }
  EXPECT_EQ(within_two_seconds(tree, true).size(), Limits().nested_messages);
}

// Of each part no more is decoded than there is room for.
TEST(NestedPathological, EncodedPartsThatDoNotFit) {
  const std::string large =
      "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
      repeated("QUFB", 6 << 20) + "\n";
  EXPECT_TRUE(within_two_seconds(kParts + large + large, true).empty());
  const std::string small =
      "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: "
      "quoted-printable\n\n" +
      repeated("=\n", 1000000) + "\n";
  within_two_seconds(kParts + small + small, true);
}

TEST(NestedPathological, HyphensWithoutEnd) {
  const std::string lines = repeated("--\n", 1000000);
  within_two_seconds(kParts + lines, false);
  within_two_seconds(kParts + repeated("--b\nContent-Type: text/plain\n", 300000), false);
  const std::clock_t start = std::clock();
  EXPECT_FALSE(kind::has_message_part(lines));
  EXPECT_FALSE(kind::has_message_part(repeated("--" + repeated("\nx: y", 24) + "\n", 40000)));
  EXPECT_FALSE(kind::has_message_part(repeated("--\n", 30) + std::string(10 << 20, 'x')));
  EXPECT_FALSE(kind::has_telling_part(std::string(10 << 20, '-')));
  EXPECT_LT(std::clock() - start, 2 * CLOCKS_PER_SEC);
}

}  // namespace
}  // namespace mailassay
