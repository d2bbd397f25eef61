// Real files, FIFOs and sockets in a directory of the test's own.
#include "io/file_reader.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

#include "support/temporary_directory.h"
#include "support/unprivileged.h"

namespace mailassay::io {
namespace {

IoError open_error(const std::string& path) {
  const auto reader = FileReader::open(path);
  return reader ? IoError{} : reader.error();
}

TEST(FileReader, ReadsAFileInPiecesOfAnySize) {
  const test::TemporaryDirectory directory;
  const std::string text = "0123456789abcdef";
  const std::string path = directory.write("a", text);
  for (std::size_t piece = 1; piece <= text.size() + 1; ++piece) {
    auto reader = FileReader::open(path);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->size(), text.size());
    std::string all;
    std::vector<char> buffer(piece);
    while (true) {
      const auto got = reader->read(buffer);
      ASSERT_TRUE(got);
      all.append(buffer.data(), *got);
      EXPECT_EQ(reader->offset(), all.size());
      if (*got < piece) break;
    }
    EXPECT_EQ(all, text) << piece;
    const auto again = reader->read(buffer);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, 0U);
  }
}

TEST(FileReader, GoesOnAtAnotherPlace) {
  const test::TemporaryDirectory directory;
  auto reader = FileReader::open(directory.write("a", "0123456789"));
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->seek(7));
  std::vector<char> buffer(16);
  const auto got = reader->read(buffer);
  ASSERT_TRUE(got);
  EXPECT_EQ(std::string(buffer.data(), *got), "789");
}

TEST(FileReader, SaysWhatCannotBeOpened) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(open_error(directory / "absent").error_number, ENOENT);
  EXPECT_EQ(open_error(directory.path().string()).what, "is a directory");
  EXPECT_EQ(open_error("/dev/null").what, "is a device");
  EXPECT_EQ(open_error(directory / "absent").path, directory / "absent");
  const std::string closed = directory.write("closed", "x");
  ::chmod(closed.c_str(), 0);
  const test::Unprivileged unprivileged(directory.path());
  EXPECT_EQ(open_error(closed).error_number, EACCES);
}

TEST(FileReader, RefusesASocket) {
  const test::TemporaryDirectory directory;
  const std::string path = directory / "s";
  struct sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  ASSERT_LT(path.size(), sizeof address.sun_path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(socket, reinterpret_cast<struct sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(open_error(path).what, "is a socket");
  ::close(socket);
}

TEST(FileReader, WaitsForTheWriterOfAFifo) {
  const test::TemporaryDirectory directory;
  const std::string path = directory / "fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  auto reader = FileReader::open(path);
  ASSERT_TRUE(reader);
  EXPECT_FALSE(reader->size());
  EXPECT_FALSE(reader->seek(1));
  std::jthread writer([&path] { std::ofstream(path) << std::string(100'000, 'x'); });
  std::vector<char> buffer(200'000);
  const auto got = reader->read(buffer);
  ASSERT_TRUE(got);
  EXPECT_EQ(*got, 100'000U);
}

TEST(FileReader, StopsWaitingWhenAsked) {
  const test::TemporaryDirectory directory;
  const std::string path = directory / "fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::stop_source stop;
  auto reader = FileReader::open(path, stop.get_token());
  ASSERT_TRUE(reader);
  std::jthread asker([&stop] { stop.request_stop(); });
  char octet = 0;
  const auto got = reader->read({&octet, 1});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().error_number, ECANCELED);
}

TEST(ReadWhole, ReadsUpToTheLimitAndNotBeyond) {
  const test::TemporaryDirectory directory;
  for (const std::size_t size : {0U, 1U, 9U, 10U, 11U, 70'000U}) {
    const std::string text(size, 'x');
    const auto content = read_whole(directory.write("a", text), 10);
    ASSERT_EQ(content.has_value(), size <= 10) << size;
    if (content) {
      EXPECT_EQ(*content, text);
    } else {
      EXPECT_EQ(content.error().what, "is larger than 10 octets");
    }
  }
  const auto large = read_whole(directory / "a", static_cast<std::size_t>(-1));
  ASSERT_TRUE(large);
  EXPECT_EQ(large->size(), 70'000U);
}

TEST(ReadWhole, ReadsAFileWhoseSizeIsNotKnown) {
  const auto content = read_whole("/proc/self/status", 1'000'000);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->substr(0, 5), "Name:");
  EXPECT_EQ(content->back(), '\n');
}

TEST(ReadWhole, SaysWhatCannotBeRead) {
  const test::TemporaryDirectory directory;
  const auto content = read_whole(directory / "absent", 10);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().error_number, ENOENT);
}

}  // namespace
}  // namespace mailassay::io
