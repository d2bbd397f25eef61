#include "engine/progress_ticker.h"

#include <sys/stat.h>

#include <condition_variable>
#include <mutex>
#include <optional>

#include "io/input_walk.h"

namespace mailassay::engine {
namespace {

constexpr std::chrono::milliseconds kInterval(250);

}  // namespace

std::uint64_t total_bytes(const std::vector<std::string>& paths) {
  io::InputWalk walk(paths);
  std::uint64_t total = 0;
  while (const auto path = walk.next()) {
    struct stat status {};
    if (*path == "-" || ::stat(path->c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
    total += static_cast<std::uint64_t>(status.st_size);
  }
  return total;
}

ProgressTicker::ProgressTicker(const ScanOptions& options, const ProgressFunction& progress,
                               const Source& source, const resolver::DnsSource& dns,
                               const std::atomic<std::uint64_t>& messages_done,
                               std::chrono::steady_clock::time_point begin) {
  if (!progress) return;
  thread_ = std::jthread(
      [&options, &progress, &source, &dns, &messages_done, begin](const std::stop_token& stop) {
        ScanProgress state;
        std::vector<std::string> paths = options.paths;
        paths.insert(paths.end(), options.listed_paths.begin(), options.listed_paths.end());
        state.bytes_total = total_bytes(paths);
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, kInterval, [&stop] { return stop.stop_requested(); })) {
          state.bytes_done = source.bytes_done();
          state.messages = messages_done.load(std::memory_order_relaxed);
          state.dns_outstanding = dns.counters().live.outstanding;
          state.seconds =
              std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
          progress(state);
        }
      });
}

}  // namespace mailassay::engine
