#include "io/io_error.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace mailassay::io {
namespace {

TEST(IoErrorText, NamesPathOffsetAndCause) {
  EXPECT_EQ(to_text({EIO, "a.mbox", 4096, "cannot read"}),
            "a.mbox: offset 4096: cannot read: Input/output error");
  EXPECT_EQ(to_text({0, "a.mbox", 0, "is a directory"}), "a.mbox: is a directory");
  EXPECT_EQ(to_text({0, "-", 7, "x"}), "standard input: offset 7: x");
}

TEST(IoErrorText, LetsNoPathForgeALine) {
  EXPECT_EQ(path_text("a\nb\x1B[0m\x7F\xFF"), "a\\x0Ab\\x1B[0m\\x7F\xFF");
}

}  // namespace
}  // namespace mailassay::io
