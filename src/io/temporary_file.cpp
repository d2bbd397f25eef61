#include "io/temporary_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailassay::io {
namespace {

constexpr std::size_t kCopyBytes = std::size_t{64} * 1024;

int open_nameless(const std::string& in) {
  const int descriptor = ::open(in.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
  std::string name = in + "/mailassay-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

bool write_all(int descriptor, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(descriptor, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

IoError failure(std::string_view what) {
  IoError error{errno, {}, 0, std::string(what) + " in " + temporary_folder()};
  error.reason = ProblemReason::no_temporary_file;
  return error;
}

}  // namespace

std::string temporary_folder() {
  const char* const named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/tmp";
}

Result<FileReader, IoError> spool(OctetStream& from, std::uint64_t most, std::stop_token stop) {
  const int descriptor = open_nameless(temporary_folder());
  if (descriptor < 0) return Unexpected(failure("cannot make a temporary file"));
  FileReader made = FileReader::adopt(descriptor, {}, 0, {});
  std::vector<char> buffer(kCopyBytes);
  std::uint64_t size = 0;
  while (true) {
    const auto got = from.read(buffer);
    if (!got) return Unexpected(got.error());
    if (!write_all(descriptor, {buffer.data(), *got})) {
      return Unexpected(failure("cannot write a temporary file"));
    }
    size += *got;
    if (most != 0 && size > most) {
      IoError error{0, {}, 0, fmt::format("needs a temporary file of over {} octets", most)};
      error.reason = ProblemReason::expands_too_much;
      return Unexpected(std::move(error));
    }
    if (*got < buffer.size() && !from.error_follows()) break;
  }
  FileReader whole =
      FileReader::adopt(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0), {}, size, std::move(stop));
  if (auto done = whole.seek(0); !done) return Unexpected(done.error());
  return whole;
}

}  // namespace mailassay::io
