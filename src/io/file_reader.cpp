#include "io/file_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

namespace mailassay::io {
namespace {

/// How long a request to stop may go unheard.
constexpr int kPollMilliseconds = 200;

/// Linux moves at most this many octets in one call.
constexpr std::size_t kMaxReadBytes = 0x7FFFF000;

/// Why a file of this mode cannot be read as mail; null if it can.
const char* refusal(mode_t mode) {
  if (S_ISDIR(mode)) return "is a directory";
  if (S_ISSOCK(mode)) return "is a socket";
  if (S_ISBLK(mode) || S_ISCHR(mode)) return "is a device";
  return S_ISREG(mode) || S_ISFIFO(mode) ? nullptr : "is not a file";
}

/// Fails for no reason but the file's: a FIFO without a writer does not block, a terminal does not
/// become ours.
int open_for_reading(const std::string& path) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

IoError open_error(int error_number, const std::string& path) {
  struct stat status = {};
  if (error_number == ENXIO && ::stat(path.c_str(), &status) == 0 && refusal(status.st_mode)) {
    return {0, path, 0, refusal(status.st_mode)};
  }
  return {error_number, path, 0, "cannot open"};
}

}  // namespace

FileReader::FileReader(int descriptor, std::string path, std::optional<std::uint64_t> size,
                       std::stop_token stop)
    : descriptor_(descriptor), path_(std::move(path)), size_(size), stop_(std::move(stop)) {}

FileReader::FileReader(FileReader&& other) noexcept
    : OctetStream(std::move(other)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      size_(other.size_),
      offset_(other.offset_),
      pending_(std::move(other.pending_)),
      stop_(std::move(other.stop_)) {}

FileReader& FileReader::operator=(FileReader&& other) noexcept {
  if (this == &other) return *this;
  close();
  descriptor_ = std::exchange(other.descriptor_, -1);
  path_ = std::move(other.path_);
  size_ = other.size_;
  offset_ = other.offset_;
  pending_ = std::move(other.pending_);
  stop_ = std::move(other.stop_);
  return *this;
}

FileReader::~FileReader() { close(); }

void FileReader::close() noexcept {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  descriptor_ = -1;
}

Result<FileReader, IoError> FileReader::open(const std::string& path, std::stop_token stop) {
  const bool standard_input = path == "-";
  const int descriptor = standard_input ? STDIN_FILENO : open_for_reading(path);
  if (descriptor < 0) return Unexpected(open_error(errno, path));
  FileReader reader(descriptor, path, std::nullopt, std::move(stop));
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) return Unexpected(reader.error(errno, "cannot read"));
  const char* const reason = refusal(status.st_mode);
  if (reason != nullptr && !(standard_input && S_ISCHR(status.st_mode))) {
    return Unexpected(reader.error(0, reason));
  }
  if (S_ISREG(status.st_mode)) {
    reader.size_ = static_cast<std::uint64_t>(status.st_size);
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  return reader;
}

FileReader FileReader::adopt(int descriptor, std::string path, std::uint64_t size,
                             std::stop_token stop) {
  return {descriptor, std::move(path), size, std::move(stop)};
}

IoError FileReader::error(int error_number, std::string what) const {
  return {error_number, path_, offset_, std::move(what)};
}

std::optional<IoError> FileReader::wait_for_octets() const {
  struct pollfd wait = {descriptor_, POLLIN, 0};
  while (true) {
    if (stop_.stop_requested()) return error(ECANCELED, "reading was stopped");
    const int ready = ::poll(&wait, 1, kPollMilliseconds);
    if (ready > 0) return std::nullopt;
    if (ready < 0 && errno != EINTR) return error(errno, "cannot wait for");
  }
}

Result<std::size_t, IoError> FileReader::read(std::span<char> buffer) {
  if (pending_) return Unexpected(*std::exchange(pending_, std::nullopt));
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    if (!size_) {
      pending_ = wait_for_octets();
    } else if (stop_.stop_requested()) {
      // What passes over octets of a container asks nobody else.
      pending_ = error(ECANCELED, "reading was stopped");
    }
    if (pending_) break;
    const std::span<char> room = buffer.subspan(filled);
    const ssize_t got = ::read(descriptor_, room.data(), std::min(room.size(), kMaxReadBytes));
    if (got == 0) break;
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
      offset_ += static_cast<std::uint64_t>(got);
      // At the size that the file had: the next read would only say so once more.
      if (filled < buffer.size() && size_ && *size_ != 0 && offset_ == *size_) break;
    } else if (errno == EAGAIN) {
      // Some files of /proc have a size and no octets yet.
      pending_ = wait_for_octets();
    } else if (errno != EINTR) {
      pending_ = error(errno, "cannot read");
      break;
    }
  }
  if (filled == 0 && pending_) return Unexpected(*std::exchange(pending_, std::nullopt));
  return filled;
}

Result<std::size_t, IoError> FileReader::read_at(std::uint64_t offset,
                                                 std::span<char> buffer) const {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const std::span<char> room = buffer.subspan(filled);
    const ssize_t got =
        ::pread(descriptor_, room.data(), room.size(), static_cast<off_t>(offset + filled));
    if (got == 0) break;
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      return Unexpected(error(errno, "cannot read"));
    }
  }
  return filled;
}

int FileReader::duplicate(int from) const noexcept {
  return ::fcntl(descriptor_, F_DUPFD_CLOEXEC, from);
}

Result<Done, IoError> FileReader::seek(std::uint64_t offset) {
  if (!size_) return Unexpected(error(ESPIPE, "cannot go to another place"));
  if (::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) < 0) {
    return Unexpected(error(errno, "cannot go to another place"));
  }
  pending_.reset();
  offset_ = offset;
  return Done{};
}

Result<std::string, IoError> read_whole(const std::string& path, std::size_t limit) {
  Result<FileReader, IoError> reader = FileReader::open(path);
  if (!reader) return Unexpected(reader.error());
  constexpr std::size_t kFirstRead = 65536;
  // One octet more than the file has, so that its end shows in the first read.
  const std::uint64_t expected = reader->size().value_or(kFirstRead);
  const std::size_t most = std::min(limit, std::numeric_limits<std::size_t>::max() - 1);
  std::string content;
  std::size_t filled = 0;
  do {
    const std::uint64_t more = filled == 0 ? expected + 1 : std::uint64_t{filled};
    content.resize(filled +
                   static_cast<std::size_t>(std::min<std::uint64_t>(more, most - filled + 1)));
    const Result<std::size_t, IoError> got =
        reader->read({content.data() + filled, content.size() - filled});
    if (!got) return Unexpected(got.error());
    filled += *got;
    if (filled > limit) {
      return Unexpected(IoError{0, path, limit, fmt::format("is larger than {} octets", limit)});
    }
  } while (filled == content.size());
  content.resize(filled);
  return content;
}

}  // namespace mailassay::io
