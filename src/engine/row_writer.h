// The serial last stage: rows in the order of the archives, evidence numbered in the order of use.
#ifndef MAILASSAY_ENGINE_ROW_WRITER_H
#define MAILASSAY_ENGINE_ROW_WRITER_H

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/archive_watch.h"
#include "engine/batch.h"
#include "engine/copy_table.h"
#include "io/output_file.h"
#include "mailassay/scan.h"

namespace mailassay::engine {

inline constexpr std::uint64_t kFirstId = 1;

/// Threads: one at a time.
class RowWriter {
 public:
  /// `output` null: rows are not wanted, the counting is done all the same. `most_identities`:
  /// copies are looked for among so many messages; empty: they are not.
  RowWriter(io::OutputFile* output, std::optional<std::uint64_t> most_identities)
      : output_(output) {
    if (most_identities) copies_.emplace(*most_identities);
  }

  /// Takes the batches in the order of their numbers. After a dropped batch nothing is written.
  void take(Batch& batch);

  /// Writes what is still held.
  void finish();

  /// True once writing has failed: there is no point in going on.
  bool failed() const noexcept { return output_ != nullptr && output_->failed(); }

  /// Says which archives damaged their mail; once all batches are taken. The accounts of `summary`
  /// are filled.
  void find_damaged_archives(ScanSummary& summary) { watch_.finish(summary); }

  /// Adds up the counts of all batches taken.
  const ScanSummary& counts() const noexcept { return counts_; }

  /// What was found of copies; empty: they were not looked for.
  std::optional<CopySummary> copies() const {
    return copies_ ? std::optional(copies_->summary()) : std::nullopt;
  }

  /// The questions whose answers were used; the id of each is kFirstId plus its place.
  const std::vector<dns::Question>& evidence() const noexcept { return evidence_; }

 private:
  void append_ids(const std::vector<dns::Question>& questions, std::string& out);

  io::OutputFile* output_;
  std::string buffer_;
  bool ended_ = false;
  ScanSummary counts_;
  ArchiveWatch watch_;
  std::unordered_map<dns::Question, std::uint64_t, dns::QuestionHash> ids_;
  std::vector<dns::Question> evidence_;
  std::optional<CopyTable> copies_;
  std::uint64_t rows_ = 0;
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_ROW_WRITER_H
