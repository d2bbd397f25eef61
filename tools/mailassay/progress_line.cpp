#include "progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "report/summary.h"

namespace mailassay::program {
namespace {

std::string time_left(double seconds) {
  if (seconds >= 3600) return fmt::format("{:.1f} h left", seconds / 3600);
  if (seconds >= 90) return fmt::format("{:.0f} min left", seconds / 60);
  return fmt::format("{:.0f} s left", seconds);
}

}  // namespace

std::string progress_text(const ScanProgress& progress) {
  const double seconds = std::max(progress.seconds, 0.001);
  const auto bytes = static_cast<double>(progress.bytes_done);
  std::string text;
  if (progress.bytes_total > 0) {
    const double share = std::min(1.0, bytes / static_cast<double>(progress.bytes_total));
    text = fmt::format("{:3.0f} %  {} of {}", 100 * share, report::size_text(progress.bytes_done),
                       report::size_text(progress.bytes_total));
  } else {
    text = report::size_text(progress.bytes_done);
  }
  text += fmt::format(
      "  {} message{}  {}/s  {}/s", report::grouped(progress.messages),
      progress.messages == 1 ? "" : "s",
      report::grouped(static_cast<std::uint64_t>(static_cast<double>(progress.messages) / seconds)),
      report::size_text(static_cast<std::uint64_t>(bytes / seconds)));
  if (progress.dns_outstanding > 0) text += fmt::format("  DNS {}", progress.dns_outstanding);
  if (progress.bytes_total > progress.bytes_done && progress.bytes_done > 0) {
    text +=
        "  " + time_left(seconds * static_cast<double>(progress.bytes_total - progress.bytes_done) /
                         bytes);
  }
  return text;
}

void show_progress(const ScanProgress& progress) {
  std::fprintf(stderr, "\r\x1b[K%s", progress_text(progress).c_str());
  std::fflush(stderr);
}

void erase_progress() {
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace mailassay::program
