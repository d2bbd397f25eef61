#include "mailassay/scan.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

#include "engine/dns_setup.h"
#include "engine/pipeline.h"
#include "engine/progress_ticker.h"
#include "engine/row_writer.h"
#include "engine/source.h"
#include "io/output_file.h"
#include "report/redaction.h"
#include "report/run_record.h"

namespace mailassay {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string build_text() {
#if defined(NDEBUG)
  constexpr const char* kAssertions = "optimised";
#else
  constexpr const char* kAssertions = "with assertions";
#endif
  return fmt::format("GCC-compatible {}, {}", __VERSION__, kAssertions);
}

std::string run_record_path(const ScanOptions& options) {
  if (!options.run_record.empty()) return options.run_record;
  if (options.output.empty() || options.output == "-") return {};
  return options.output + ".run.json";
}

DnsCounts dns_counts(const resolver::DnsSource& dns) {
  const resolver::DnsCounters counters = dns.counters();
  DnsCounts counts;
  counts.questions = counters.records + counters.no_data + counters.no_such_name +
                     counters.timeouts + counters.servfails + counters.deadlines +
                     counters.no_evidence;
  counts.from_files = counters.from_files;
  counts.live = counters.live.questions;
  counts.packets = counters.live.queries;
  counts.timeouts = counters.live.timeouts;
  counts.any_server_answered = counters.live.any_server_answered;
  return counts;
}

std::string text_of(const io::IoError& error) { return io::to_text(error); }

/// Writes a small file in one go; an error becomes the summary's write error.
void write_file(const std::string& path, std::string_view text, ScanSummary& summary) {
  auto file = io::OutputFile::create(path);
  if (!file) {
    summary.write_error = text_of(file.error());
    return;
  }
  file->write(text);
  file->close();
  if (file->error()) summary.write_error = text_of(*file->error());
}

/// Moves what source, writer and pipeline have counted into one summary.
ScanSummary collect(const engine::Source& source, const engine::RowWriter& writer,
                    const engine::PipelineCounts& counts) {
  ScanSummary summary = writer.counts();
  summary.verifications = counts.verifications;
  summary.stages = counts.stages;
  summary.problems = source.problems();
  summary.problem_count = source.problem_count();
  summary.accounts = source.accounts();
  return summary;
}

}  // namespace

Result<ScanSummary, ScanError> scan(const ScanOptions& options, const ProgressFunction& progress) {
  const Clock::time_point begin = Clock::now();
  const std::chrono::sys_seconds started = now();
  auto dns = engine::make_dns_source(options);
  if (!dns) return Unexpected(dns.error());
  std::optional<io::OutputFile> output;
  if (!options.output.empty()) {
    if (auto refused = engine::refuse_input_as_output(options)) return Unexpected(*refused);
    auto created = io::OutputFile::create(options.output);
    if (!created) return Unexpected(ScanError{text_of(created.error()), true});
    output.emplace(std::move(*created));
  }
  std::optional<report::Redaction> redaction;
  if (options.redaction_key) redaction.emplace(*options.redaction_key);

  engine::Source source(options, output ? output->id() : std::nullopt);
  engine::RowWriter writer(output ? &*output : nullptr);
  std::atomic<std::uint64_t> messages_done{0};
  engine::PipelineCounts counts;
  {
    const std::stop_callback stop_dns(options.stop, [&dns] { (*dns)->stop(); });
    const engine::ProgressTicker ticker(options, progress, source, **dns, messages_done, begin);
    counts = engine::run_pipeline(options, redaction ? &*redaction : nullptr, source, **dns, writer,
                                  messages_done);
  }
  writer.finish();
  if (output) output->close();

  ScanSummary summary = collect(source, writer, counts);
  summary.dns = dns_counts(**dns);
  summary.stopped = options.stop.stop_requested();
  if (output) {
    summary.output_closed = output->reader_gone();
    if (output->error()) summary.write_error = text_of(*output->error());
  }
  if (!options.record_file.empty()) {
    write_file(options.record_file, (*dns)->recording(writer.evidence(), engine::kFirstId),
               summary);
  }
  summary.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  if (const std::string path = run_record_path(options); !path.empty()) {
    write_file(path, report::run_record_text(options, summary, {started, now(), build_text()}),
               summary);
  }
  return summary;
}

}  // namespace mailassay
