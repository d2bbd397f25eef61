#include "engine/copy_identity.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace mailassay::engine {
namespace {

Fingerprint front_of(const dkim::Digest& digest) {
  Fingerprint front;
  std::copy_n(digest.octets.begin(), front.size(), front.begin());
  return front;
}

std::string_view octets_of(const dkim::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.octets.data()), digest.size};
}

/// Which signature it is: the same one in another copy has the same name.
std::uint64_t name_of(const dkim::SignatureFacts& facts, crypto::Hasher& hasher) {
  hasher.begin();
  hasher.update(facts.domain);
  hasher.update(std::string_view("\0", 1));
  hasher.update(facts.selector);
  hasher.update(std::string_view("\0", 1));
  hasher.update(facts.signature);
  const dkim::Digest digest = hasher.finish();
  std::uint64_t name = 0;
  std::memcpy(&name, digest.octets.data(), sizeof name);
  return name;
}

/// The header as b= covers it, and the body as bh= does, both as they are in this copy; with l= the
/// length of the body too, so that something behind it shows.
Fingerprint covered_by(const dkim::SignatureFacts& facts, crypto::Hasher& hasher) {
  hasher.begin();
  hasher.update(octets_of(*facts.header_hash));
  hasher.update(octets_of(*facts.body_hash));
  if (facts.body_length) hasher.update(std::to_string(facts.canonical_body_length));
  return front_of(hasher.finish());
}

bool covers_whole_body(const dkim::SignatureFacts& facts) {
  return !facts.body_length || *facts.body_length >= facts.canonical_body_length;
}

std::uint8_t rank_of(const dkim::SignatureVerdict& verdict) {
  if (verdict.status == dkim::Status::pass) return 2;
  return verdict.signature == dkim::Match::match ? 1 : 0;
}

}  // namespace

CopyIdentity copy_identity(const Dossier& dossier, const Verdict& verdict, crypto::Hasher& hasher) {
  CopyIdentity identity;
  // What lies in another message is no copy that an archive keeps.
  if (dossier.message_id.empty() || dossier.enclosure) return identity;
  hasher.begin();
  hasher.update(dossier.message_id);
  identity.key = front_of(hasher.finish());
  if (dossier.sha256) identity.octets = front_of(*dossier.sha256);
  for (std::size_t i = dossier.signatures.size(); i-- > 0;) {
    if (identity.signature_count == kComparedSignatures) break;
    const dkim::SignatureFacts& facts = dossier.signatures[i];
    if (!facts.header_hash || !facts.body_hash || facts.signature.empty()) continue;
    identity.signatures[identity.signature_count++] = {
        name_of(facts, hasher), covered_by(facts, hasher), rank_of(verdict.signatures[i]),
        covers_whole_body(facts)};
  }
  return identity;
}

}  // namespace mailassay::engine
