#include "dossier/batch_digester.h"

#include <algorithm>
#include <cstddef>
#include <exception>

#include "crypto/sha256_lanes.h"

namespace mailassay {
namespace {

Dossier internal_error_dossier() {
  Dossier dossier;
  dossier.notes.push_back(MessageNote::internal_error);
  return dossier;
}

}  // namespace

BatchDigester::BatchDigester(const Limits& limits) {
  const std::size_t count = crypto::has_sha256_lanes() ? crypto::kSha256Lanes : 1;
  while (slots_.size() < count) slots_.emplace_back(limits);
}

void BatchDigester::digest(std::span<const DigestJob> jobs) {
  // The largest first: begun last, one would be hashed alone.
  jobs_left_.assign(jobs.begin(), jobs.end());
  std::sort(jobs_left_.begin(), jobs_left_.end(), [](const DigestJob& a, const DigestJob& b) {
    return a.message.size() < b.message.size();
  });
  do {
    waiting_.clear();
    for (Slot& slot : slots_) {
      const std::size_t before = waiting_.size();
      do {
        if (slot.dossier != nullptr) slot.digester.append_waiting(waiting_);
      } while (waiting_.size() == before && advance(slot));
    }
    if (!waiting_.empty()) crypto::hash_together(waiting_);
  } while (!waiting_.empty());
}

/// Reads on, until something may wait.
///
/// Result: false if no message is left.
bool BatchDigester::advance(Slot& slot) {
  if (slot.dossier == nullptr) return start_next(slot);
  try {
    if (slot.digester.step()) return true;
    *slot.dossier = slot.digester.take();
  } catch (const std::exception&) {
    *slot.dossier = internal_error_dossier();
  }
  slot.dossier = nullptr;
  return start_next(slot);
}

bool BatchDigester::start_next(Slot& slot) {
  if (jobs_left_.empty()) return false;
  const DigestJob job = jobs_left_.back();
  jobs_left_.pop_back();
  try {
    slot.digester.start(job.message);
    slot.dossier = job.dossier;
  } catch (const std::exception&) {
    *job.dossier = internal_error_dossier();
  }
  return true;
}

}  // namespace mailassay
