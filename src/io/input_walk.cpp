#include "io/input_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>
#include <utility>

namespace mailassay::io {
namespace {

struct DirectoryCloser {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, DirectoryCloser>;

/// Below a named directory no link is followed, even one that has just taken a directory's place.
Directory open_directory(const std::string& path, bool named) {
  const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (named ? 0 : O_NOFOLLOW);
  const int descriptor = ::open(path.c_str(), flags);
  if (descriptor < 0) return nullptr;
  Directory directory(::fdopendir(descriptor));
  if (!directory) ::close(descriptor);
  return directory;
}

/// True if a directory of this name is there.
bool has_directory(int directory, const std::string& name) {
  struct stat status = {};
  return ::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

bool is_maildir(int directory, const std::string& prefix) {
  return has_directory(directory, prefix + "cur") && has_directory(directory, prefix + "new");
}

}  // namespace

InputWalk::InputWalk(std::vector<std::string> paths) : paths_(std::move(paths)) {}

std::optional<std::string> InputWalk::next() {
  while (true) {
    if (std::optional<std::string> path = next_below()) {
      empty_so_far_.reset();
      return path;
    }
    if (empty_so_far_) {
      errors_.push_back({0, *empty_so_far_, 0, "holds no file"});
      empty_so_far_.reset();
    }
    if (next_path_ == paths_.size()) return std::nullopt;
    const std::string& path = paths_[next_path_++];
    struct stat status = {};
    if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return path;
    empty_so_far_ = path;
    enter(path, true);
  }
}

std::optional<std::string> InputWalk::next_below() {
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.next == level.order.size()) {
      levels_.pop_back();
      continue;
    }
    const std::string_view name = level.name(level.order[level.next++]);
    std::string path = level.prefix + std::string(name);
    if (name.back() != '/') return path;
    enter(path, false);
  }
  return std::nullopt;
}

std::vector<std::string> InputWalk::upcoming(std::size_t most) const {
  std::vector<std::string> paths;
  if (levels_.empty()) return paths;
  const Level& level = levels_.back();
  const std::size_t end = std::min(level.order.size(), level.next + most);
  for (std::size_t at = level.next; at < end; ++at) {
    const std::string_view name = level.name(level.order[at]);
    if (name.back() != '/') paths.push_back(level.prefix + std::string(name));
  }
  return paths;
}

InputWalk::Kind InputWalk::classify(int directory, const std::string& prefix, const char* name,
                                    unsigned char type) {
  if (name[0] == '.') {
    if (in_maildir_ && is_maildir(directory, std::string(name) + '/')) return Kind::directory;
    ++counts_.hidden;
    return Kind::skipped;
  }
  if (in_maildir_ && std::string_view(name) == "tmp") {
    ++counts_.unfinished;
    return Kind::skipped;
  }
  if (type == DT_REG) return Kind::file;
  if (type == DT_DIR) return Kind::directory;
  struct stat status = {};
  const bool link =
      type == DT_LNK ||
      (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode));
  if (::fstatat(directory, name, &status, 0) != 0) {
    errors_.push_back({errno, prefix + name, 0, "cannot open"});
    return Kind::skipped;
  }
  if (S_ISREG(status.st_mode)) return Kind::file;
  if (S_ISDIR(status.st_mode) && !link) return Kind::directory;
  ++(S_ISDIR(status.st_mode) ? counts_.directory_links : counts_.special);
  return Kind::skipped;
}

void InputWalk::enter(const std::string& path, bool named) {
  const Directory directory = open_directory(path, named);
  if (!directory) {
    errors_.push_back({errno, path, 0, "cannot enter the directory"});
    if (named) empty_so_far_.reset();
    return;
  }
  Level level;
  level.prefix = path.ends_with('/') ? path : path + '/';
  in_maildir_ = is_maildir(::dirfd(directory.get()), {});
  while (true) {
    errno = 0;
    const dirent* const entry = ::readdir(directory.get());
    if (entry == nullptr) {
      if (errno != 0) errors_.push_back({errno, path, 0, "cannot list the whole directory"});
      break;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const Kind kind =
        classify(::dirfd(directory.get()), level.prefix, entry->d_name, entry->d_type);
    if (kind == Kind::skipped) continue;
    const std::size_t begin = level.names.size();
    if (begin > std::numeric_limits<std::uint32_t>::max() - sizeof(dirent)) {
      errors_.push_back({EOVERFLOW, path, 0, "holds too many names; the rest is left out"});
      break;
    }
    level.names += name;
    if (kind == Kind::directory) level.names += '/';
    level.order.push_back({static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(level.names.size() - begin)});
  }
  std::sort(level.order.begin(), level.order.end(),
            [&level](const Level::Name& a, const Level::Name& b) {
              return level.name(a) < level.name(b);
            });
  levels_.push_back(std::move(level));
}

}  // namespace mailassay::io
