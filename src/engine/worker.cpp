#include "engine/worker.h"

#include <exception>
#include <utility>

#include "engine/judge_options.h"
#include "engine/nested_origin.h"
#include "engine/stopwatch.h"
#include "report/summary.h"
#include "verdict/body_sample.h"

namespace mailassay::engine {
namespace {

Verdict internal_error_verdict(const Dossier& dossier) {
  Verdict verdict;
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    dkim::SignatureVerdict& signature = verdict.signatures.emplace_back();
    signature.status = dkim::Status::temperror;
    signature.reason = dkim::Reason::internal_error;
  }
  if (dossier.arc.fields > 0) {
    verdict.arc.result = arc::Result::undetermined;
    verdict.arc.reason = arc::Reason::internal_error;
  }
  return verdict;
}

/// How the message at `index` is counted.
report::Counted counted_as(const Batch& batch, std::size_t index) {
  const auto is_journaled = [&](std::size_t i) {
    const auto& enclosure = batch.dossiers[i].enclosure;
    return enclosure && enclosure->role == EnclosureRole::journaled &&
           batch.messages[i].origin.parent.empty();
  };
  if (batch.dossiers[index].enclosure) {
    return is_journaled(index) ? report::Counted::journaled : report::Counted::nested;
  }
  for (std::size_t i = index + 1; i < batch.dossiers.size() && batch.dossiers[i].enclosure; ++i) {
    if (is_journaled(i)) return report::Counted::journal;
  }
  return report::Counted::stored;
}

}  // namespace

Worker::Worker(const ScanOptions& options, const PublicSuffixList* suffix_list,
               const report::Redaction* redaction)
    : digester_(options.limits),
      judge_(judge_options(options, suffix_list)),
      suffix_list_(suffix_list),
      row_options_{.evidence = options.evidence,
                   .redaction = redaction,
                   .dedupe = options.dedupe,
                   .arc_rfc_wording = options.arc_rfc_wording},
      rows_wanted_(!options.output.empty()) {
  if (options.limits.nested) nested_digester_.emplace(options.limits, options.hash);
  if (options.hash) hasher_.emplace(crypto::HashAlgorithm::sha256);
  if (options.dedupe) copy_hasher_.emplace(crypto::HashAlgorithm::sha256);
}

void Worker::digest(Batch& batch) {
  const Stopwatch stopwatch(times_.digest);
  batch.dossiers.resize(batch.messages.size());
  jobs_.clear();
  for (std::size_t i = 0; i < batch.messages.size(); ++i) {
    BatchMessage& message = batch.messages[i];
    if (message.digested) {
      batch.dossiers[i] = std::move(*message.digested);
    } else {
      jobs_.push_back({message.bytes, &batch.dossiers[i]});
    }
  }
  digester_.digest(jobs_);
  for (std::size_t i = 0; i < batch.messages.size(); ++i) {
    BatchMessage& message = batch.messages[i];
    Dossier& dossier = batch.dossiers[i];
    if (hasher_ && !dossier.sha256) {
      hasher_->begin();
      hasher_->update(message.bytes);
      dossier.sha256 = hasher_->finish();
    }
    add_source_notes(message.notes, dossier);
  }
  if (nested_digester_) add_nested(batch);
  for (BatchMessage& message : batch.messages) message.bytes = {};
  batch.block.reset();
}

/// Puts each message that lies in another one behind that one.
void Worker::add_nested(Batch& batch) {
  std::vector<NestedMessage> nested = nested_digester_->digest(jobs_, digester_);
  if (nested.empty()) return;
  std::vector<BatchMessage> messages;
  std::vector<Dossier> dossiers;
  messages.reserve(batch.messages.size() + nested.size());
  dossiers.reserve(batch.messages.size() + nested.size());
  auto next = nested.begin();
  for (std::size_t i = 0; i < batch.messages.size(); ++i) {
    const Dossier* const stored = &batch.dossiers[i];
    const Origin& origin = messages.emplace_back(std::move(batch.messages[i])).origin;
    dossiers.push_back(std::move(batch.dossiers[i]));
    for (; next != nested.end() && jobs_[next->stored].dossier == stored; ++next) {
      // There is room: the reference stays.
      messages.emplace_back().origin = origin_of(*next, origin);
      dossiers.push_back(std::move(next->dossier));
    }
  }
  batch.messages = std::move(messages);
  batch.dossiers = std::move(dossiers);
}

std::optional<std::vector<Verdict>> Worker::judge_guarded(Batch& batch, const dns::View& view) {
  try {
    return judge_.judge(batch.dossiers, view, batch.needs);
  } catch (const std::exception&) {
    // One by one, to find the message that it was.
    std::vector<Verdict> all;
    for (const Dossier& dossier : batch.dossiers) {
      try {
        auto verdict = judge_.judge(std::span(&dossier, 1), view, batch.needs);
        all.push_back(verdict ? std::move(verdict->front()) : Verdict{});
      } catch (const std::exception&) {
        all.push_back(internal_error_verdict(dossier));
      }
    }
    if (!batch.needs.empty()) return std::nullopt;
    return all;
  }
}

bool Worker::judge(Batch& batch, const dns::View& view) {
  const Stopwatch stopwatch(times_.judge);
  batch.needs.clear();
  auto judged = judge_guarded(batch, view);
  if (!judged) return false;
  std::vector<Verdict>& verdicts = *judged;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Origin& origin = batch.messages[i].origin;
    report::count_message(batch.dossiers[i], verdicts[i], origin.length, batch.counts,
                          counted_as(batch, i));
    // What lies in another message says nothing of the archive.
    auto sample = batch.dossiers[i].enclosure
                      ? std::nullopt
                      : body_sample(batch.dossiers[i], verdicts[i], suffix_list_);
    if (sample) {
      batch.samples.push_back({batch.messages[i].path, origin.archive, std::move(*sample),
                               verdicts[i].standing.value == standing::Value::altered});
    }
    if (copy_hasher_) {
      batch.copies.push_back(copy_identity(batch.dossiers[i], verdicts[i], *copy_hasher_));
    }
    if (rows_wanted_) {
      report::append_row(origin, batch.dossiers[i], std::move(verdicts[i]), row_options_,
                         batch.rows);
    } else {
      // Evidence is numbered in the order of its use, with rows or without.
      batch.rows.gaps.push_back({0, std::move(verdicts[i].evidence)});
    }
  }
  batch.dossiers.clear();
  batch.dossiers.shrink_to_fit();
  batch.messages.clear();
  batch.messages.shrink_to_fit();
  return true;
}

}  // namespace mailassay::engine
