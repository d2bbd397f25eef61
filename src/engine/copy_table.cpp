#include "engine/copy_table.h"

namespace mailassay::engine {

/// Equal octets are one message. Else the signatures tell that both have; one of which the cover
/// differs is enough.
CopyMark CopyTable::compare(const Entry& entry, const CopyIdentity& identity) {
  CopyMark mark;
  mark.of = entry.first;
  if (identity.octets != Fingerprint{} && identity.octets == entry.octets) {
    mark.compared_with = entry.first;
    return mark;
  }
  bool differs = false;
  bool is_proven = false;
  bool is_better = false;
  bool is_worse = false;
  for (std::size_t i = 0; i < identity.signature_count; ++i) {
    const CopyIdentity::Signature& here = identity.signatures[i];
    for (std::size_t k = 0; k < entry.signature_count; ++k) {
      const CopyIdentity::Signature& there = entry.signatures[k];
      if (here.name != there.name) continue;
      mark.compared_with = entry.compared;
      differs = differs || here.covered != there.covered;
      is_proven = is_proven || here.is_whole;
      is_better = is_better || here.rank > there.rank;
      is_worse = is_worse || here.rank < there.rank;
    }
  }
  mark.state = differs ? CopyState::differs : is_proven ? CopyState::same : CopyState::unproven;
  mark.replaces = is_better && !is_worse;
  return mark;
}

std::optional<CopyMark> CopyTable::add(const CopyIdentity& identity, std::uint64_t row) {
  if (!identity.has_key()) {
    ++summary_.without_identity;
    return std::nullopt;
  }
  const auto found = entries_.find(identity.key);
  if (found == entries_.end()) {
    if (entries_.size() >= summary_.limit) {
      ++summary_.states[static_cast<std::size_t>(CopyState::identity_limit)];
      CopyMark mark;
      mark.state = CopyState::identity_limit;
      return mark;
    }
    Entry& entry = entries_[identity.key];
    entry.first = entry.preferred = entry.compared = row;
    entry.signatures = identity.signatures;
    entry.signature_count = identity.signature_count;
    entry.octets = identity.octets;
    summary_.identities = entries_.size();
    return std::nullopt;
  }
  Entry& entry = found->second;
  CopyMark mark = compare(entry, identity);
  ++summary_.states[static_cast<std::size_t>(mark.state)];
  // What was kept where it was sent from has no signature: those that follow are compared with the
  // first that has one, which is not thereby shown to be the same.
  const bool has_first_signature = entry.signature_count == 0 && identity.signature_count != 0;
  const bool was_preferred = entry.compared == entry.preferred;
  if (mark.replaces || has_first_signature) {
    entry.signatures = identity.signatures;
    entry.signature_count = identity.signature_count;
    entry.compared = row;
  }
  mark.replaces = mark.replaces && was_preferred;
  if (mark.replaces) {
    entry.preferred = row;
    ++summary_.replacing;
  }
  list(entry, row, mark);
  return mark;
}

/// Lists the group, or adds to it, if it is more than copies that are all the same.
void CopyTable::list(Entry& entry, std::uint64_t row, const CopyMark& mark) {
  if (mark.state != CopyState::differs && !mark.replaces) return;
  if (entry.group == kNoGroup) {
    ++summary_.group_count;
    entry.group = kUnlistedGroup;
    if (summary_.groups.size() < kMaxCopyGroups) {
      entry.group = static_cast<std::uint32_t>(summary_.groups.size());
      summary_.groups.emplace_back().first = entry.first;
    }
  }
  if (entry.group == kUnlistedGroup) return;
  CopyGroup& group = summary_.groups[entry.group];
  group.preferred = entry.preferred;
  if (mark.state != CopyState::differs) return;
  ++group.differing_count;
  if (group.differing.size() < kMaxDifferingRows) group.differing.push_back(row);
}

}  // namespace mailassay::engine
