#include "mkcorpus/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <system_error>
#include <utility>

namespace mkcorpus {
namespace {

constexpr std::size_t kHeldOctets = std::size_t{1} << 20;

}  // namespace

WriteError::WriteError(const std::filesystem::path& path, int error_number)
    : std::runtime_error("cannot write " + path.string() + ": " +
                         std::generic_category().message(error_number)) {}

OutputFile::OutputFile(std::filesystem::path path)
    : path_(std::move(path)),
      descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw WriteError(path_, errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::string_view text) {
  held_ += text;
  size_ += text.size();
  if (held_.size() >= kHeldOctets) flush();
}

void OutputFile::close() {
  flush();
  const int result = ::close(std::exchange(descriptor_, -1));
  if (result != 0) throw WriteError(path_, errno);
}

void OutputFile::flush() {
  std::string_view rest = held_;
  while (!rest.empty()) {
    const ssize_t done = ::write(descriptor_, rest.data(), rest.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throw WriteError(path_, errno);
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
  held_.clear();
}

}  // namespace mkcorpus
