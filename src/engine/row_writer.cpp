#include "engine/row_writer.h"

#include "report/copies.h"
#include "report/json_text.h"
#include "report/summary.h"

namespace mailassay::engine {
namespace {

constexpr std::size_t kWriteBytes = std::size_t{1} << 20U;

}  // namespace

void RowWriter::append_ids(const std::vector<dns::Question>& questions, std::string& out) {
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto [known, is_new] = ids_.try_emplace(questions[i], evidence_.size() + kFirstId);
    if (is_new) evidence_.push_back(questions[i]);
    if (i > 0) out.push_back(',');
    report::append_json_number(known->second, out);
  }
}

void RowWriter::take(Batch& batch) {
  ended_ = ended_ || batch.dropped;
  if (ended_ || failed()) return;
  const std::string_view text = batch.rows.text;
  std::size_t copied = 0;
  const std::uint64_t first_row = rows_;
  for (const report::RowText::Gap& gap : batch.rows.gaps) {
    buffer_.append(text.substr(copied, gap.position - copied));
    copied = gap.position;
    append_ids(gap.evidence, buffer_);
    if (copies_) {
      const auto mark = copies_->add(batch.copies[rows_ - first_row], rows_);
      if (gap.copy) {
        buffer_.append(text.substr(copied, *gap.copy - copied));
        copied = *gap.copy;
        report::append_copy(mark, buffer_);
      }
    }
    ++rows_;
  }
  buffer_.append(text.substr(copied));
  if (output_ == nullptr) buffer_.clear();
  report::merge_counts(batch.counts, counts_);
  for (const ArchiveSample& sample : batch.samples) watch_.take(sample);
  if (buffer_.size() >= kWriteBytes) finish();
}

void RowWriter::finish() {
  if (output_ != nullptr) output_->write(buffer_);
  buffer_.clear();
}

}  // namespace mailassay::engine
