#include "engine/suffix_list.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temporary_directory.h"

namespace mailassay::engine {
namespace {

TEST(SuffixListFile, TellsWhatItRead) {
  const test::TemporaryDirectory folder;
  const std::string path = folder.write("list", "// VERSION: 2026-11-01_08-09-10_UTC\ncom\n");
  const auto read = read_suffix_list(path);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->path, path);
  EXPECT_EQ(read->date, "2026-11-01T08:09:10Z");
  EXPECT_TRUE(read->is_dated_by_list);
  // printf '// VERSION: 2026-11-01_08-09-10_UTC\ncom\n' | sha256sum
  EXPECT_EQ(read->sha256, "3d8251731c37bfa0185714ff10fd194333acd6adc6f3e72851ebede7f95286ee");
  EXPECT_EQ(read->list.organizational_domain("a.b.com"), "b.com");
}

TEST(SuffixListFile, WithoutAVersionTheFileDatesIt) {
  for (const char* version : {"", "// VERSION: 7\n", "// VERSION: 2026-13-01_08-09-10_UTC\n",
                              "// VERSION: 2026-11-01_08-09-10_CET\n"}) {
    const test::TemporaryDirectory folder;
    const std::string path = folder.write("list", std::string(version) + "com\n");
    const auto then = std::chrono::sys_seconds(std::chrono::seconds(1700000000));
    std::filesystem::last_write_time(path, std::chrono::file_clock::from_sys(then));
    const auto read = read_suffix_list(path);
    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(read->date, "2023-11-14T22:13:20Z") << version;
    EXPECT_FALSE(read->is_dated_by_list) << version;
  }
}

TEST(SuffixListFile, SaysWhatIsWrong) {
  const test::TemporaryDirectory folder;
  const std::string broken = folder.write("broken", "com\na..b\n");
  EXPECT_EQ(read_suffix_list(broken).error().what,
            broken + ":2: is no rule of a public suffix list");
  const std::string empty = folder.write("empty", "// nothing\n");
  EXPECT_EQ(read_suffix_list(empty).error().what, empty + ": has no rule");
  EXPECT_FALSE(read_suffix_list(folder / "absent"));
  EXPECT_FALSE(find_suffix_list(folder / "absent"));
  EXPECT_FALSE(find_suffix_list(folder.path().string()));
}

// The system's list is read if there is one; its absence is no error.
TEST(SuffixListFile, OfTheSystem) {
  const auto found = find_suffix_list("");
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->has_value(), std::filesystem::exists(kSystemSuffixList));
  if (!*found) return;
  EXPECT_EQ((*found)->path, kSystemSuffixList);
  EXPECT_GT((*found)->list.rule_count(), 1000U);
}

}  // namespace
}  // namespace mailassay::engine
