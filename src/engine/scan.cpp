#include "mailassay/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/custody.h"
#include "engine/dns_setup.h"
#include "engine/pipeline.h"
#include "engine/progress_ticker.h"
#include "engine/row_writer.h"
#include "engine/source.h"
#include "engine/suffix_list.h"
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
  // Nothing is laid beside /dev/null or a FIFO.
  if (engine::is_special_file(options.output)) return {};
  return options.output + ".run.json";
}

DnsCounts dns_counts(const resolver::DnsSource& dns) {
  const resolver::DnsCounters counters = dns.counters();
  DnsCounts counts;
  counts.questions = counters.records + counters.no_data + counters.no_such_name +
                     counters.timeouts + counters.servfails + counters.deadlines +
                     counters.no_evidence;
  counts.from_files = counters.from_files - std::min(counters.from_files, counters.no_evidence);
  counts.live = counters.live.questions;
  counts.packets = counters.live.queries;
  counts.timeouts = counters.live.timeouts;
  counts.any_server_answered = counters.live.any_server_answered;
  return counts;
}

std::string text_of(const io::IoError& error) { return io::to_text(error); }

/// The files that a scan writes, made before anything is read: a scan of hours must not end with
/// "cannot be made".
struct Outputs {
  std::optional<io::OutputFile> rows;
  std::optional<io::OutputFile> recording;
  std::optional<io::OutputFile> run_record;

  std::vector<engine::FileId> ids() const {
    std::vector<engine::FileId> found;
    for (const auto* output : {&rows, &recording, &run_record}) {
      if (!*output) continue;
      if (const auto id = (*output)->id()) found.push_back(*id);
    }
    return found;
  }
};

Result<Outputs, ScanError> make_outputs(const ScanOptions& options) {
  Outputs outputs;
  const std::pair<std::string, std::optional<io::OutputFile>*> wanted[] = {
      {options.output, &outputs.rows},
      {options.record_file, &outputs.recording},
      {run_record_path(options), &outputs.run_record}};
  std::vector<std::string> paths;
  for (const auto& [path, output] : wanted) {
    if (!path.empty()) paths.push_back(path);
  }
  if (auto refused = engine::refuse_outputs(options, paths)) return Unexpected(*refused);
  for (const auto& [path, output] : wanted) {
    if (path.empty()) continue;
    auto created = io::OutputFile::create(path);
    if (!created) return Unexpected(ScanError{text_of(created.error()), true});
    output->emplace(std::move(*created));
  }
  return outputs;
}

/// Writes a small file in one go; an error becomes the summary's write error.
void write_all(io::OutputFile& file, std::string_view text, ScanSummary& summary) {
  file.write(text);
  file.close();
  if (file.error() && !summary.write_error) summary.write_error = text_of(*file.error());
}

/// Moves what source, writer and pipeline have counted into one summary.
ScanSummary collect(const engine::Source& source, engine::RowWriter& writer,
                    const engine::PipelineCounts& counts) {
  ScanSummary summary = writer.counts();
  summary.copies = writer.copies();
  summary.verifications = counts.verifications;
  summary.stages = counts.stages;
  summary.problems = source.problems();
  summary.problem_count = source.problem_count();
  summary.problem_reasons = source.problem_reasons();
  summary.passed_over = source.passed_over();
  summary.mboxes = source.mbox_counts();
  summary.accounts = source.accounts();
  summary.gaps = source.gaps();
  summary.gap_count = source.gap_count();
  writer.find_damaged_archives(summary);
  return summary;
}

}  // namespace

Result<ScanSummary, ScanError> scan(const ScanOptions& options, const ProgressFunction& progress) {
  const Clock::time_point begin = Clock::now();
  const std::chrono::sys_seconds started = now();
  auto dns = engine::make_dns_source(options);
  if (!dns) return Unexpected(std::move(dns.error()));
  const auto suffix_list = engine::find_suffix_list(options.suffix_list);
  if (!suffix_list) return Unexpected(suffix_list.error());
  const PublicSuffixList* const list = *suffix_list ? &(*suffix_list)->list : nullptr;
  auto outputs = make_outputs(options);
  if (!outputs) return Unexpected(std::move(outputs.error()));
  std::optional<io::OutputFile>& output = outputs->rows;
  std::optional<report::Redaction> redaction;
  if (options.redaction_key) redaction.emplace(*options.redaction_key);

  const std::vector<engine::FileId> own_outputs = outputs->ids();
  std::vector<std::string> hashes;
  if (options.hash) hashes = engine::hash_archives(options, own_outputs);
  engine::Source source(options, own_outputs);
  engine::RowWriter writer(
      output ? &*output : nullptr,
      options.dedupe ? std::optional(engine::most_identities(options.memory_bytes)) : std::nullopt);
  std::atomic<std::uint64_t> messages_done{0};
  engine::PipelineCounts counts;
  {
    const std::stop_callback stop_dns(options.stop, [&dns] { (*dns)->stop(); });
    const engine::ProgressTicker ticker(options, progress, source, **dns, messages_done, begin);
    counts = engine::run_pipeline(options, list, redaction ? &*redaction : nullptr, source, **dns,
                                  writer, messages_done);
  }
  source.close();
  writer.finish();
  if (output) output->close();

  ScanSummary summary = collect(source, writer, counts);
  summary.dns = dns_counts(**dns);
  summary.arc_rfc_wording = options.arc_rfc_wording;
  if (*suffix_list) {
    summary.suffix_list = {(*suffix_list)->path, (*suffix_list)->date, (*suffix_list)->sha256};
  }
  summary.stopped = options.stop.stop_requested();
  if (options.hash) {
    engine::compare_hashes(hashes, engine::hash_archives(options, own_outputs), summary);
  }
  if (output) {
    summary.output_closed = output->reader_gone();
    if (output->error()) summary.write_error = text_of(*output->error());
  }
  if (outputs->recording) {
    write_all(*outputs->recording, (*dns)->recording(writer.evidence(), engine::kFirstId), summary);
  }
  summary.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  if (outputs->run_record) {
    write_all(*outputs->run_record,
              report::run_record_text(options, summary, {started, now(), build_text()}), summary);
  }
  return summary;
}

}  // namespace mailassay
