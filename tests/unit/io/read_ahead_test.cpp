// Reading ahead, seen in the system's cache.
#include "io/read_ahead.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>

#include "support/temporary_directory.h"

namespace mailassay::io {
namespace {

/// A file whose first octets may be in memory or not.
class Cached {
 public:
  explicit Cached(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY)) {}
  ~Cached() { ::close(descriptor_); }
  Cached(const Cached&) = delete;
  Cached& operator=(const Cached&) = delete;

  void drop() const {
    ::fsync(descriptor_);
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED);
  }
  bool is_in_memory() const {
    void* const at = ::mmap(nullptr, 1, PROT_READ, MAP_SHARED, descriptor_, 0);
    unsigned char page = 0;
    const bool known = at != MAP_FAILED && ::mincore(at, 1, &page) == 0;
    if (at != MAP_FAILED) ::munmap(at, 1);
    return known && (page & 1U) != 0;
  }
  bool gets_into_memory() const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!is_in_memory() && std::chrono::steady_clock::now() < end) ::usleep(1000);
    return is_in_memory();
  }

 private:
  int descriptor_;
};

TEST(ReadAhead, FilesGetIntoMemory) {
  const test::TemporaryDirectory directory;
  std::vector<std::string> paths;
  for (int i = 0; i < 20; ++i) {
    paths.push_back(directory.write(std::to_string(i), std::string(5000, 'x')));
    const Cached file(paths.back());
    file.drop();
    if (file.is_in_memory()) GTEST_SKIP() << "this file system keeps all in memory";
  }
  ReadAhead ahead;
  ahead.want(paths);
  for (const std::string& path : paths) EXPECT_TRUE(Cached(path).gets_into_memory()) << path;
}

TEST(ReadAhead, WhatIsNotThereIsPassedOver) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("file", "x");
  ReadAhead ahead;
  ahead.want({directory / "absent", directory.path().string(), "", "-", std::string(9000, 'x')});
  ahead.want({});
  const Cached cached(file);
  cached.drop();
  ahead.want({directory / "absent", file});
  EXPECT_TRUE(cached.gets_into_memory());
}

TEST(ReadAhead, ItEndsWhateverIsWanted) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("file", "x");
  for (int i = 0; i < 50; ++i) {
    ReadAhead ahead;
    ahead.want(std::vector<std::string>(ReadAhead::kFiles, file));
  }
}

}  // namespace
}  // namespace mailassay::io
