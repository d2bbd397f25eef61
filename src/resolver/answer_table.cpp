#include "resolver/answer_table.h"

#include <utility>

#include "dns/sighting_order.h"

namespace mailassay::resolver {

const dns::Answer* AnswerTable::find(const dns::Question& question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? nullptr : found->second.get();
}

const dns::Answer* AnswerTable::insert(const dns::Question& question, dns::Answer answer,
                                       bool from_files) {
  const auto [entry, is_new] =
      answers_.emplace(question, std::make_unique<const dns::Answer>(std::move(answer)));
  const dns::Answer* kept = entry->second.get();
  if (!is_new) return kept;
  const dns::Sighting& best = *dns::rank(*kept, {}).front();
  counts_.by_kind[static_cast<std::size_t>(best.kind)].fetch_add(1, std::memory_order_relaxed);
  counts_.by_failure[static_cast<std::size_t>(best.failure)].fetch_add(1,
                                                                       std::memory_order_relaxed);
  if (from_files) counts_.from_files.fetch_add(1, std::memory_order_relaxed);
  return kept;
}

}  // namespace mailassay::resolver
