// Tells how far a scan is, a few times a second, from a thread of its own.
#ifndef MAILASSAY_ENGINE_PROGRESS_TICKER_H
#define MAILASSAY_ENGINE_PROGRESS_TICKER_H

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

#include "engine/source.h"
#include "mailassay/scan.h"
#include "resolver/dns_source.h"

namespace mailassay::engine {

/// Ticks from its construction until its destruction; without a function it does nothing.
/// Lifetime: all arguments outlive it.
class ProgressTicker {
 public:
  ProgressTicker(const ScanOptions& options, const ProgressFunction& progress, const Source& source,
                 const resolver::DnsSource& dns, const std::atomic<std::uint64_t>& messages_done,
                 std::chrono::steady_clock::time_point begin);

 private:
  std::jthread thread_;
};

/// Octets of all files that `paths` name or contain; 0 if one of them has no known size.
std::uint64_t total_bytes(const std::vector<std::string>& paths);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_PROGRESS_TICKER_H
