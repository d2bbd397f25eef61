#include "stop_signals.h"

#include <csignal>
#include <ctime>

namespace mailassay::program {

StopSignals::StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::jthread([this, signals](const std::stop_token& done) {
    while (!done.stop_requested()) {
      constexpr timespec kInterval{0, 50'000'000};
      const int received = sigtimedwait(&signals, nullptr, &kInterval);
      if (received < 0) continue;
      if (signal_.exchange(received) != 0) {
        // Somebody is impatient: die of it, as without us.
        std::signal(received, SIG_DFL);
        pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
        std::raise(received);
      }
      source_.request_stop();
    }
  });
}

}  // namespace mailassay::program
