#include "dossier/nested_digester.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <tuple>
#include <utility>

namespace mailassay {
/// A message on the level at hand.
struct NestedDigester::Level {
  std::string_view text;
  std::shared_ptr<const std::string> decoded;  ///< what `text` is a part of; null: as stored
  std::size_t stored = 0;
  std::size_t nested = 0;        ///< index in nested_, if it is none
  Dossier* of_stored = nullptr;  ///< if it is a stored message
};

Dossier& NestedDigester::dossier_of(const Level& level) {
  return level.of_stored != nullptr ? *level.of_stored : nested_[level.nested].dossier;
}

std::string section_text(std::span<const std::uint32_t> section) {
  std::string text;
  for (const std::uint32_t number : section) {
    if (!text.empty()) text.push_back('.');
    text += std::to_string(number);
  }
  return text;
}

NestedDigester::NestedDigester(const Limits& limits, bool with_hash) : limits_(limits) {
  if (with_hash) hasher_.emplace(crypto::HashAlgorithm::sha256);
}

std::vector<NestedMessage> NestedDigester::digest(std::span<const DigestJob> stored,
                                                  BatchDigester& digester) {
  nested_.clear();
  std::vector<Level> outer;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (!stored[i].dossier->kind.may_hold_messages) continue;
    outer.push_back({stored[i].message, nullptr, i, 0, stored[i].dossier});
  }
  if (outer.empty()) return {};
  rooms_.assign(stored.size(), {limits_.nested_messages, limits_.nested_decoded_bytes});
  for (std::size_t depth = 0; !outer.empty(); ++depth) {
    std::vector<Level> inner;
    for (const Level& one : outer) look_into(one, inner, depth == limits_.nested_depth);
    digest_level(inner, digester);
    outer = std::move(inner);
  }
  std::sort(nested_.begin(), nested_.end(), [](const NestedMessage& a, const NestedMessage& b) {
    return std::tie(a.stored, a.section) < std::tie(b.stored, b.section);
  });
  return std::move(nested_);
}

/// Adds to `inner` what lies directly in a message; `is_deep`: no further.
void NestedDigester::look_into(const Level& outer, std::vector<Level>& inner, bool is_deep) {
  FoundMessages found;
  NestedRoom none;
  Dossier& dossier = dossier_of(outer);
  try {
    found = find_nested(outer.text, dossier, limits_, is_deep ? none : rooms_[outer.stored]);
  } catch (const std::exception&) {
    dossier.notes.push_back(MessageNote::internal_error);
    return;
  }
  if (found.is_cut) dossier.notes.push_back(MessageNote::nested_cut);
  for (FoundMessage& one : found.messages) {
    NestedMessage nested;
    nested.stored = outer.stored;
    nested.offset = one.offset;
    nested.length = one.length;
    nested.is_encoded = outer.decoded != nullptr || one.decoded.has_value();
    if (outer.of_stored == nullptr) {
      const NestedMessage& parent = nested_[outer.nested];
      nested.section = parent.section;
      nested.parent_levels = parent.section.size();
      // What lies in octets that were decoded has no place of its own in the archive.
      nested.offset = parent.is_encoded ? parent.offset : parent.offset + one.offset;
      if (parent.is_encoded) nested.length = parent.length;
    }
    nested.section.insert(nested.section.end(), one.section.begin(), one.section.end());
    Level level;
    level.stored = outer.stored;
    level.nested = nested_.size();
    if (one.decoded) {
      level.decoded = std::make_shared<const std::string>(std::move(*one.decoded));
      level.text = *level.decoded;
    } else {
      level.decoded = outer.decoded;
      level.text = outer.text.substr(one.offset, one.length);
    }
    nested.dossier.enclosure = one.enclosure;
    nested_.push_back(std::move(nested));
    inner.push_back(std::move(level));
  }
}

void NestedDigester::digest_level(const std::vector<Level>& level, BatchDigester& digester) {
  std::vector<DigestJob> jobs;
  std::vector<std::optional<Enclosure>> enclosures;
  for (const Level& one : level) {
    // No entry is added to nested_ until these are digested.
    Dossier& dossier = dossier_of(one);
    jobs.push_back({one.text, &dossier});
    enclosures.push_back(dossier.enclosure);
  }
  digester.digest(jobs);
  for (std::size_t i = 0; i < level.size(); ++i) {
    Dossier& dossier = dossier_of(level[i]);
    dossier.enclosure = enclosures[i];
    if (!hasher_) continue;
    hasher_->begin();
    hasher_->update(level[i].text);
    dossier.sha256 = hasher_->finish();
  }
}

}  // namespace mailassay
