// mkcorpus: a seeded generator of signed mail archives.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <exception>

#include "mkcorpus/options.h"
#include "mkcorpus/output_file.h"

namespace {

constexpr int kCannotWrite = 4;
constexpr int kInternalError = 70;

/// A line on stderr that is written over, where stderr is a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(std::uint64_t total)
      : total_(total), shown_(::isatty(STDERR_FILENO) == 1) {}

  void show(std::uint64_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || (done < total_ && now - last_ < std::chrono::milliseconds(200))) return;
    last_ = now;
    fmt::print(stderr, "\r{} of {} messages", done, total_);
    if (done == total_) fmt::print(stderr, "\n");
  }

 private:
  std::uint64_t total_;
  bool shown_;
  std::chrono::steady_clock::time_point last_{};
};

int run(const mkcorpus::CorpusOptions& options) {
  ProgressLine line(options.messages);
  const mkcorpus::CorpusSummary summary =
      mkcorpus::write_corpus(options, [&](std::uint64_t done) { line.show(done); });
  fmt::print(stderr,
             "{} messages, {} signatures, {} key names; {} octets of mbox, {} octets per message\n",
             summary.messages, summary.signatures, summary.key_names, summary.mbox_bytes,
             summary.message_bytes / summary.messages);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const mkcorpus::Invocation invocation = mkcorpus::read_options(argc, argv);
    return invocation.options ? run(*invocation.options) : invocation.exit_code;
  } catch (const mkcorpus::WriteError& error) {
    fmt::print(stderr, "mkcorpus: {}\n", error.what());
    return kCannotWrite;
  } catch (const std::exception& error) {
    fmt::print(stderr, "mkcorpus: internal error: {}\n", error.what());
    return kInternalError;
  }
}
