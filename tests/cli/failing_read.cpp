// Preloaded into the program under test: reading a file of a given name fails with EIO at a given
// offset, as on a disk with a bad block.
//
// FAILING_READ_NAME  last part of the path
// FAILING_READ_AT    octets that can be read
#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" ssize_t read(int descriptor, void* buffer, size_t size) {
  using Read = ssize_t (*)(int, void*, size_t);
  static const auto real = reinterpret_cast<Read>(dlsym(RTLD_NEXT, "read"));
  const char* const name = std::getenv("FAILING_READ_NAME");
  const char* const limit = std::getenv("FAILING_READ_AT");
  std::array<char, PATH_MAX> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
  if (name == nullptr || limit == nullptr || length < 0 ||
      !std::string_view(path.data(), static_cast<size_t>(length)).ends_with(name)) {
    return real(descriptor, buffer, size);
  }
  const off_t left = std::atoll(limit) - ::lseek(descriptor, 0, SEEK_CUR);
  if (left <= 0) {
    errno = EIO;
    return -1;
  }
  return real(descriptor, buffer, std::min(size, static_cast<size_t>(left)));
}
