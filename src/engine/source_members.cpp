// Containers: the unpacker's members take the place of the file.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/source.h"

namespace mailassay::engine {

/// Hands the file at hand to the unpacker, with what was read of it if it cannot be read again.
void Source::begin_container() {
  File& file = *file_;
  io::FileReader reader = std::move(*file.file);
  std::string head(file.window());
  if (reader.size() && reader.seek(0)) {
    bytes_done_.fetch_sub(head.size(), std::memory_order_relaxed);
    head.clear();
  }
  // The octets stay out of the batch's block.
  file.block->used -= file.window().size();
  container_ = file.path;
  container_leaves_ = 0;
  file_.reset();
  unpacker_.start(std::move(reader), std::move(head));
}

/// Result: false if the container has no further member.
bool Source::next_member() {
  std::optional<io::Member> member = unpacker_.next_member();
  for (const io::IoError& error : unpacker_.take_problems()) add_problem(error);
  if (!member) {
    if (!options_.stop.stop_requested()) end_container();
    return false;
  }
  ++accounts_.back().members;
  File& file = file_.emplace();
  file.path = *container_;
  file.member = std::move(member->name);
  file.reader = &unpacker_;
  file.note = member->note;
  return true;
}

/// Result: octets of the member, those that were not read too.
std::uint64_t Source::leave_member() {
  const io::Unpacker::Left left = unpacker_.leave();
  if (left.error) add_problem(*left.error);
  return left.size;
}

void Source::end_container() {
  const io::UnpackCounts& counts = unpacker_.counts();
  if (counts.failed) return abandon_container();
  ByteAccount& account = accounts_.back();
  account.size += counts.size;
  account.packed_bytes += counts.packed;
  account.unpacked_bytes += counts.unpacked;
  add_gap(GapKind::container_tail, counts.size - std::min(counts.size, counts.gap), counts.gap);
  add_gap(GapKind::passed_over, 0, counts.passed_over);
  account.rejected_bytes += counts.rejected;
  passed_over_.hidden_members += counts.hidden;
  passed_over_.unfinished += counts.unfinished;
  passed_over_.link_members += counts.links;
  passed_over_.special_members += counts.special;
  container_.reset();
}

/// The scan or the unpacking was stopped: only what was taken of the members is accounted for.
void Source::abandon_container() {
  unpacker_.abandon();
  ByteAccount& account = accounts_.back();
  account.size += unpacker_.file_bytes();
  account.packed_bytes += unpacker_.file_bytes();
  account.unpacked_bytes += container_leaves_;
  container_.reset();
}

void Source::add_problem(const io::IoError& error) {
  add_problem(
      ScanProblem{error.path, error.offset, reason_text(error), error.member, error.reason});
}

}  // namespace mailassay::engine
