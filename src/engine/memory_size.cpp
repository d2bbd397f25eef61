#include "engine/memory_size.h"

namespace mailassay::engine {
namespace {

std::uint64_t heap(const std::string& text) {
  return text.capacity() > 15 ? text.capacity() + 16 : 0;
}

std::uint64_t size_of(const dkim::SignatureFacts& facts) {
  std::uint64_t size = sizeof facts + heap(facts.domain) + heap(facts.selector) + heap(facts.auid) +
                       heap(facts.auid_domain) + heap(facts.signature) + heap(facts.signed_fields);
  if (!facts.body_repair) return size;
  for (const Change& change : facts.body_repair->changes) {
    size += sizeof change + heap(change.present) + heap(change.signed_text);
  }
  return size;
}

/// What the chain owns on the heap.
std::uint64_t heap(const arc::ChainFacts& chain) {
  std::uint64_t size = 0;
  for (const arc::SetFacts& set : chain.sets) size += sizeof set + heap(set.authentication_results);
  for (const auto* list : {&chain.message_signatures, &chain.seals}) {
    for (const dkim::SignatureFacts& facts : *list) size += size_of(facts);
  }
  return size;
}

}  // namespace

std::uint64_t memory_size(const Dossier& dossier) {
  std::uint64_t size = sizeof dossier + heap(dossier.message_id) + heap(dossier.subject);
  for (const auto* list : {&dossier.from, &dossier.from_domains, &dossier.truncated}) {
    for (const std::string& text : *list) size += sizeof(std::string) + heap(text);
  }
  for (const dkim::SignatureFacts& facts : dossier.signatures) size += size_of(facts);
  return size + heap(dossier.arc);
}

}  // namespace mailassay::engine
