// Which archives are said to have damaged their mail, and where one ends.
#include "engine/archive_watch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailassay::engine {
namespace {

class Watch {
 public:
  /// Messages of `signers` signers, from the first-th on.
  void add(std::size_t path, const std::string& file, int first, int signers, bool fits,
           bool is_altered = false) {
    for (int i = first; i < first + signers; ++i) {
      watch_.take({path, file, {"d" + std::to_string(i) + ".example", fits}, is_altered});
    }
  }

  /// "name:messages:altered ..." of the findings.
  std::string found() {
    ScanSummary summary;
    summary.accounts.resize(2);
    summary.accounts[0].path = "first";
    summary.accounts[1].path = "second";
    watch_.finish(summary);
    std::string text;
    for (const DamagedArchive& archive : summary.damaged_archives) {
      text += (text.empty() ? "" : " ") + archive.path + ":" +
              std::to_string(archive.form.messages_failing) + ":" + std::to_string(archive.altered);
    }
    count_ = summary.damaged_archive_count;
    kept_ = summary.damaged_archives.size();
    return text;
  }

  std::uint64_t count_ = 0;
  std::size_t kept_ = 0;

 private:
  ArchiveWatch watch_;
};

TEST(ArchiveWatch, Nothing) {
  Watch watch;
  EXPECT_EQ(watch.found(), "");
  EXPECT_EQ(watch.count_, 0U);
}

TEST(ArchiveWatch, AFile) {
  Watch few;
  few.add(0, "a.mbox", 0, 9, false, true);
  EXPECT_EQ(few.found(), "");
  Watch enough;
  enough.add(0, "a.mbox", 0, 10, false);
  enough.add(0, "a.mbox", 0, 4, false, true);
  EXPECT_EQ(enough.found(), "a.mbox:14:4");
  Watch mixed;
  mixed.add(0, "a.mbox", 0, 10, false);
  mixed.add(0, "a.mbox", 10, 3, true);
  EXPECT_EQ(mixed.found(), "");
}

// A message that fits is not explained by damage.
TEST(ArchiveWatch, AlteredByWhatFits) {
  Watch watch;
  watch.add(0, "a.mbox", 0, 10, false, true);
  watch.add(0, "a.mbox", 0, 10, true, true);
  watch.add(0, "a.mbox", 0, 10, false);
  EXPECT_EQ(watch.found(), "a.mbox:20:10");
}

TEST(ArchiveWatch, FilesAreToldApart) {
  Watch watch;
  watch.add(0, "a.mbox", 0, 20, true);
  watch.add(0, "b.mbox", 0, 20, false);
  watch.add(0, "c.mbox", 0, 20, true);
  EXPECT_EQ(watch.found(), "b.mbox:20:0");
  Watch halves;
  halves.add(0, "a.mbox", 0, 5, false);
  halves.add(1, "b.mbox", 5, 5, false);
  EXPECT_EQ(halves.found(), "");
}

// A folder with a file for each message is one archive.
TEST(ArchiveWatch, AFolderOfMessages) {
  Watch watch;
  for (int i = 0; i < 10; ++i) watch.add(1, std::to_string(i) + ".eml", i, 1, false, true);
  EXPECT_EQ(watch.found(), "second:10:10");
  Watch two;
  for (int i = 0; i < 9; ++i) two.add(0, std::to_string(i) + ".eml", i, 1, false);
  two.add(1, "9.eml", 9, 1, false);
  EXPECT_EQ(two.found(), "");
}

// The same file given twice is two archives.
TEST(ArchiveWatch, APathGivenTwice) {
  Watch watch;
  watch.add(0, "a.mbox", 0, 10, false);
  watch.add(1, "a.mbox", 0, 11, false);
  EXPECT_EQ(watch.found(), "a.mbox:10:0 a.mbox:11:0");
}

TEST(ArchiveWatch, FindingsAreBounded) {
  Watch watch;
  const std::size_t most = kMaxDamagedArchives;
  for (std::size_t i = 0; i < most; ++i) watch.add(0, std::to_string(i), 0, 10, false);
  watch.found();
  EXPECT_EQ(watch.kept_, most);
  Watch more;
  for (std::size_t i = 0; i <= most; ++i) more.add(0, std::to_string(i), 0, 10, false);
  more.found();
  EXPECT_EQ(more.kept_, most);
  EXPECT_EQ(more.count_, most + 1);
}

}  // namespace
}  // namespace mailassay::engine
