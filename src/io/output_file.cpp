#include "io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace mailassay::io {

Result<OutputFile, IoError> OutputFile::create(const std::string& path) {
  if (path == "-") return OutputFile(STDOUT_FILENO, "standard output");
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return Unexpected(IoError{errno, path, 0, "cannot be made"});
  return OutputFile(descriptor, path);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      written_(other.written_),
      error_(std::move(other.error_)),
      reader_gone_(other.reader_gone_) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  std::swap(written_, other.written_);
  std::swap(error_, other.error_);
  std::swap(reader_gone_, other.reader_gone_);
  return *this;
}

OutputFile::~OutputFile() { close(); }

void OutputFile::write(std::string_view octets) {
  while (!octets.empty() && !failed()) {
    const ssize_t count = ::write(descriptor_, octets.data(), octets.size());
    if (count >= 0) {
      octets.remove_prefix(static_cast<std::size_t>(count));
      written_ += static_cast<std::uint64_t>(count);
    } else if (errno == EPIPE) {
      reader_gone_ = true;
    } else if (errno != EINTR) {
      error_ = IoError{errno, path_, written_, "cannot be written"};
    }
  }
}

void OutputFile::close() {
  const int descriptor = std::exchange(descriptor_, -1);
  if (descriptor < 0 || descriptor == STDOUT_FILENO) return;
  if (::close(descriptor) != 0 && errno != EINTR && !failed()) {
    error_ = IoError{errno, path_, written_, "cannot be closed"};
  }
}

std::optional<std::pair<dev_t, ino_t>> OutputFile::id() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return std::pair(status.st_dev, status.st_ino);
}

}  // namespace mailassay::io
