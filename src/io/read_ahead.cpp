#include "io/read_ahead.h"

#include <fcntl.h>
#include <unistd.h>

#include <iterator>
#include <utility>

namespace mailassay::io {
namespace {

void read_ahead(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return;
  ::posix_fadvise(descriptor, 0, static_cast<off_t>(ReadAhead::kBytes), POSIX_FADV_WILLNEED);
  ::close(descriptor);
}

}  // namespace

void ReadAhead::want(std::vector<std::string> paths) {
  {
    const std::scoped_lock lock(mutex_);
    paths_.assign(std::make_move_iterator(paths.begin()), std::make_move_iterator(paths.end()));
  }
  changed_.notify_all();
  while (threads_.size() < kThreads) {
    threads_.emplace_back([this](const std::stop_token& ended) { work(ended); });
  }
}

void ReadAhead::work(const std::stop_token& ended) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, ended, [this] { return !paths_.empty(); })) {
    const std::string path = std::move(paths_.front());
    paths_.pop_front();
    lock.unlock();
    read_ahead(path);
    lock.lock();
  }
}

}  // namespace mailassay::io
