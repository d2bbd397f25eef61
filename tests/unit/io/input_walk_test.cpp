// Walks over real directories.
#include "io/input_walk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "support/temporary_directory.h"
#include "support/unprivileged.h"

namespace mailassay::io {
namespace {

using Paths = std::vector<std::string>;

struct Walked {
  Paths paths;
  std::vector<IoError> errors;
  WalkCounts counts;
};

Walked walk(Paths arguments) {
  InputWalk inputs(std::move(arguments));
  Walked walked;
  while (auto path = inputs.next()) walked.paths.push_back(*path);
  walked.errors = inputs.errors();
  walked.counts = inputs.counts();
  return walked;
}

TEST(InputWalk, SortsByTheOctetsOfFullPaths) {
  const test::TemporaryDirectory directory;
  Paths expected;
  for (const char* name :
       {"a/x", "a.b", "a-b", "a/b/c", "a0", "B", "\xFF", "\xC3\xA4/z", "a/b.c"}) {
    expected.push_back(directory.write(name, ""));
  }
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(walk({directory.path().string()}).paths, expected);
}

TEST(InputWalk, KeepsTheOrderOfArguments) {
  const test::TemporaryDirectory directory;
  const std::string b = directory.write("b", "");
  const std::string a = directory.write("d/a", "");
  const Walked walked = walk({b, "-", directory / "d/", directory / "absent", b});
  EXPECT_EQ(walked.paths, (Paths{b, "-", a, directory / "absent", b}));
  EXPECT_TRUE(walked.errors.empty());
}

TEST(InputWalk, PassesOverWhatIsHiddenAndCountsIt) {
  const test::TemporaryDirectory directory;
  const std::string a = directory.write("a", "");
  const std::string hidden = directory.write(".hidden", "");
  directory.write(".git/x", "");
  const Walked walked = walk({directory.path().string(), hidden});
  EXPECT_EQ(walked.paths, (Paths{a, hidden}));
  EXPECT_EQ(walked.counts, (WalkCounts{2, 0, 0}));
}

TEST(InputWalk, FollowsLinksToFilesOnly) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("d/f", "");
  ASSERT_EQ(::symlink("..", (directory / "d/loop").c_str()), 0);
  ASSERT_EQ(::symlink("f", (directory / "d/link").c_str()), 0);
  ASSERT_EQ(::symlink("absent", (directory / "d/broken").c_str()), 0);
  ASSERT_EQ(::symlink("self", (directory / "d/self").c_str()), 0);
  ASSERT_EQ(::mkfifo((directory / "d/fifo").c_str(), 0600), 0);
  ASSERT_EQ(::symlink("d", (directory / "named").c_str()), 0);
  const Walked walked = walk({directory / "named"});
  EXPECT_EQ(walked.paths, (Paths{directory / "named/f", directory / "named/link"}));
  EXPECT_EQ(walked.counts, (WalkCounts{0, 1, 1}));
  ASSERT_EQ(walked.errors.size(), 2U);
  for (const IoError& error : walked.errors) {
    EXPECT_TRUE(error.error_number == ENOENT || error.error_number == ELOOP) << to_text(error);
  }
}

TEST(InputWalk, SaysThatADirectoryHoldsNoFile) {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directories(directory.path() / "a/b");
  const std::string file = directory.write("c/f", "");
  const Walked walked = walk({directory / "a", directory / "c"});
  EXPECT_EQ(walked.paths, (Paths{file}));
  ASSERT_EQ(walked.errors.size(), 1U);
  EXPECT_EQ(walked.errors[0], (IoError{0, directory / "a", 0, "holds no file"}));
}

TEST(InputWalk, GoesOnBehindADirectoryThatIsClosed) {
  const test::TemporaryDirectory directory;
  directory.write("a/x", "");
  const std::string b = directory.write("b", "");
  ::chmod((directory / "a").c_str(), 0);
  const Walked walked = [&directory] {
    const test::Unprivileged unprivileged(directory.path());
    return walk({directory.path().string()});
  }();
  EXPECT_EQ(walked.paths, (Paths{b}));
  ASSERT_EQ(walked.errors.size(), 1U);
  EXPECT_EQ(walked.errors[0].error_number, EACCES);
  ::chmod((directory / "a").c_str(), 0700);
}

TEST(InputWalk, TellsWhatComesNextInTheFolderAtHand) {
  const test::TemporaryDirectory directory;
  const std::string a = directory.write("a", "");
  const std::string b = directory.write("b/1", "");
  const std::string c = directory.write("c", "");
  const std::string d = directory.write("d", "");
  InputWalk inputs({directory.path().string(), a});
  EXPECT_EQ(inputs.upcoming(9), Paths{});
  EXPECT_EQ(inputs.next(), a);
  EXPECT_EQ(inputs.upcoming(0), Paths{});
  EXPECT_EQ(inputs.upcoming(2), Paths{c});
  EXPECT_EQ(inputs.upcoming(9), (Paths{c, d}));
  EXPECT_EQ(inputs.next(), b);
  EXPECT_EQ(inputs.upcoming(9), Paths{});
  EXPECT_EQ(inputs.next(), c);
  EXPECT_EQ(inputs.upcoming(9), Paths{d});
  EXPECT_EQ(inputs.next(), d);
  EXPECT_EQ(inputs.upcoming(9), Paths{});
}

TEST(InputWalk, AdmitsNoArguments) { EXPECT_TRUE(walk({}).paths.empty()); }

}  // namespace
}  // namespace mailassay::io
