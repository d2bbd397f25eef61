#include "arc/seal_hash.h"

#include "dkim/canonical_header.h"

namespace mailassay::arc {

void SealHash::begin() {
  chain_.begin();
  hashed_bytes_ = 0;
}

/// Appends a whole field and its CRLF; always relaxed. [RFC8617 4.1.3]
void SealHash::append_field(const message::HeaderIndex& header, std::uint32_t index) {
  const message::HeaderField& field = header.fields()[index];
  dkim::append_canonical_field(dkim::HeaderCanon::relaxed,
                               {header.raw(field), field.name_size, field.colon - field.begin},
                               input_);
  input_.append("\r\n");
}

dkim::Digest SealHash::add(const message::HeaderIndex& header, const SetPlaces& places,
                           const dkim::ParsedSignature& seal) {
  // ARC-Authentication-Results, ARC-Message-Signature, ARC-Seal, by rising instance.
  // [RFC8617 5.1.1]
  input_.clear();
  append_field(header, places.results);
  append_field(header, places.message_signature);
  chain_.update(input_);
  hashed_bytes_ += input_.size();

  seal_.resume(chain_);
  input_.clear();
  dkim::append_own_field(header, places.seal, seal, scratch_, input_);
  seal_.update(input_);
  hashed_bytes_ += input_.size();

  // The later seals cover this one with its b=.
  input_.clear();
  append_field(header, places.seal);
  chain_.update(input_);
  hashed_bytes_ += input_.size();
  return seal_.finish();
}

}  // namespace mailassay::arc
