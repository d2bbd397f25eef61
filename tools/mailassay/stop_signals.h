// SIGINT and SIGTERM as a stop token. The second signal ends the program at once.
#ifndef MAILASSAY_MAILASSAY_STOP_SIGNALS_H
#define MAILASSAY_MAILASSAY_STOP_SIGNALS_H

#include <atomic>
#include <stop_token>
#include <thread>

namespace mailassay::program {

/// Make it before any other thread is started: it blocks the signals for all of them.
class StopSignals {
 public:
  StopSignals();

  std::stop_token token() const noexcept { return source_.get_token(); }
  /// SIGINT, SIGTERM, or 0 if none came.
  int signal() const noexcept { return signal_.load(); }

 private:
  std::stop_source source_;
  std::atomic<int> signal_{0};
  std::jthread watcher_;
};

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_STOP_SIGNALS_H
