// ARC header fields that attack the cost of reading a message: linear work, and a dossier that a
// limit bounds.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "engine/memory_size.h"
#include "mailassay/verdict.h"

namespace mailassay {
namespace {

constexpr std::size_t kKibi = 1024;
constexpr std::uint64_t kLargestDossier = std::uint64_t{512} * kKibi;

Limits raised() {
  Limits limits;
  limits.header_bytes = std::size_t{256} * kKibi * kKibi;
  return limits;
}

std::string set_of(std::size_t instance, std::string_view results, std::string_view names) {
  const std::string i = "i=" + std::to_string(instance) + "; ";
  const std::string status = instance == 1 ? "none" : "pass";
  return "ARC-Seal: " + i + "a=rsa-sha256; cv=" + status + "; d=example.org; s=s; b=YWJj\r\n" +
         "ARC-Message-Signature: " + i +
         "a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s; h=" + std::string(names) +
         "; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj\r\n" +
         "ARC-Authentication-Results: " + i + std::string(results) + "\r\n";
}

std::string chain_of(std::size_t sets, std::string_view results, std::string_view names) {
  std::string header;
  for (std::size_t i = sets; i > 0; --i) header += set_of(i, results, names);
  return header + "From: a@b.example\r\n\r\n";
}

TEST(ArcPathological, HundredThousandFields) {
  for (const std::string_view value :
       {"i=1; cv=none", "i=50; cv=pass", "i=", "junk", "i=77;", "(((((((", ""}) {
    std::string header;
    for (int i = 0; i < 100'000; ++i) {
      constexpr std::string_view kNames[] = {
          "ARC-Seal: ", "ARC-Message-Signature: ", "ARC-Authentication-Results: "};
      header.append(kNames[i % 3]).append(value).append("\r\n");
    }
    const Dossier dossier = digest({header + "\r\n"}, raised());
    EXPECT_EQ(dossier.arc.fields, 100'000U);
    EXPECT_NE(dossier.arc.fault, arc::Reason::none) << value;
    EXPECT_LE(engine::memory_size(dossier), kLargestDossier);
    EXPECT_EQ(dossier.hashed_bytes, 0U) << value;
  }
}

// 50 sets whose results have a mebibyte each: hashed twice, not fifty times.
TEST(ArcPathological, FiftySetsWithLargeResults) {
  const std::string results = "x; y=" + std::string(kKibi * kKibi, 'r');
  const std::string message = chain_of(50, results, "from");
  const auto begin = std::chrono::steady_clock::now();
  const Dossier dossier = digest({message}, raised());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(dossier.arc.fault, arc::Reason::none);
  EXPECT_LT(dossier.hashed_bytes, 2 * message.size());
  EXPECT_LE(engine::memory_size(dossier), kLargestDossier);
}

TEST(ArcPathological, FiftySetsWithLongLists) {
  std::string names = "from";
  while (names.size() < 60 * kKibi) names += ":x" + std::to_string(names.size());
  const Dossier dossier = digest({chain_of(50, "x", names)}, raised());
  EXPECT_EQ(dossier.arc.sets.size(), 50U);
  // What is over a limit is refused and takes no memory.
  EXPECT_LE(engine::memory_size(dossier), kLargestDossier);
}

TEST(ArcPathological, TagsWithoutEnd) {
  std::string tags = "i=1";
  while (tags.size() < 63 * kKibi) tags += ";t" + std::to_string(tags.size()) + "=";
  std::string header;
  for (int i = 0; i < 500; ++i) header += "ARC-Seal: " + tags + "\r\n";
  const Dossier dossier = digest({header + "\r\n"}, raised());
  EXPECT_EQ(dossier.arc.fault, arc::Reason::duplicate_field);
}

TEST(ArcPathological, CommentsWithoutEnd) {
  const std::string open(4 * kKibi * kKibi, '(');
  const Dossier dossier =
      digest({"ARC-Authentication-Results: " + open + "i=1; x\r\n" +
              "ARC-Authentication-Results: i=1 " + std::string(kKibi * kKibi, '\\') + ";\r\n\r\n"},
             raised());
  EXPECT_EQ(dossier.arc.fault, arc::Reason::bad_instance);
}

}  // namespace
}  // namespace mailassay
