#include "engine/memory_size.h"

namespace mailassay::engine {
namespace {

std::uint64_t heap(const std::string& text) {
  return text.capacity() > 15 ? text.capacity() + 16 : 0;
}

}  // namespace

std::uint64_t memory_size(const Dossier& dossier) {
  std::uint64_t size = sizeof dossier + heap(dossier.message_id) + heap(dossier.subject);
  for (const auto* list : {&dossier.from, &dossier.from_domains, &dossier.truncated}) {
    for (const std::string& text : *list) size += sizeof(std::string) + heap(text);
  }
  for (const dkim::SignatureFacts& facts : dossier.signatures) {
    size += sizeof facts + heap(facts.domain) + heap(facts.selector) + heap(facts.auid) +
            heap(facts.auid_domain) + heap(facts.signature) + heap(facts.signed_fields);
    if (!facts.body_repair) continue;
    for (const Change& change : facts.body_repair->changes) {
      size += sizeof change + heap(change.present) + heap(change.signed_text);
    }
  }
  return size;
}

}  // namespace mailassay::engine
