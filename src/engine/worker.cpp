#include "engine/worker.h"

#include <exception>
#include <utility>

#include "engine/stopwatch.h"
#include "report/summary.h"

namespace mailassay::engine {
namespace {

JudgeOptions judge_options(const ScanOptions& options) {
  return {.time = options.time, .limits = options.limits};
}

Dossier internal_error_dossier() {
  Dossier dossier;
  dossier.notes.push_back(MessageNote::internal_error);
  return dossier;
}

Verdict internal_error_verdict(const Dossier& dossier) {
  Verdict verdict;
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    dkim::SignatureVerdict& signature = verdict.signatures.emplace_back();
    signature.status = dkim::Status::temperror;
    signature.reason = dkim::Reason::internal_error;
  }
  return verdict;
}

}  // namespace

Worker::Worker(const ScanOptions& options, const report::Redaction* redaction)
    : digester_(options.limits),
      judge_(judge_options(options)),
      row_options_{.evidence = options.evidence, .redaction = redaction},
      rows_wanted_(!options.output.empty()) {}

void Worker::digest(Batch& batch) {
  const Stopwatch stopwatch(times_.digest);
  batch.dossiers.reserve(batch.messages.size());
  for (BatchMessage& message : batch.messages) {
    if (message.digested) {
      batch.dossiers.push_back(std::move(*message.digested));
      continue;
    }
    try {
      batch.dossiers.push_back(digester_.digest(message.bytes));
    } catch (const std::exception&) {
      batch.dossiers.push_back(internal_error_dossier());
    }
    message.bytes = {};
  }
  batch.block.reset();
}

bool Worker::ask(Batch& batch, const dns::View& view) {
  batch.needs.clear();
  bool complete = true;
  for (const Dossier& dossier : batch.dossiers) {
    if (!mailassay::ask(dossier, view, batch.needs)) complete = false;
  }
  return complete;
}

std::vector<Verdict> Worker::judge_guarded(const Batch& batch, const dns::View& view) {
  try {
    return judge_.judge(batch.dossiers, view);
  } catch (const std::exception&) {
    // One by one, to find the message that it was.
    std::vector<Verdict> verdicts;
    for (const Dossier& dossier : batch.dossiers) {
      try {
        verdicts.push_back(std::move(judge_.judge(std::span(&dossier, 1), view).front()));
      } catch (const std::exception&) {
        verdicts.push_back(internal_error_verdict(dossier));
      }
    }
    return verdicts;
  }
}

void Worker::judge(Batch& batch, const dns::View& view) {
  const Stopwatch stopwatch(times_.judge);
  const std::vector<Verdict> verdicts = judge_guarded(batch, view);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Origin& origin = batch.messages[i].origin;
    report::count_message(batch.dossiers[i], verdicts[i], origin.length, batch.counts);
    if (rows_wanted_) {
      report::append_row(origin, batch.dossiers[i], verdicts[i], row_options_, batch.rows);
    } else {
      // Evidence is numbered in the order of its use, with rows or without.
      batch.rows.gaps.push_back({0, verdicts[i].evidence});
    }
  }
  batch.dossiers.clear();
  batch.dossiers.shrink_to_fit();
  batch.messages.clear();
  batch.messages.shrink_to_fit();
}

}  // namespace mailassay::engine
