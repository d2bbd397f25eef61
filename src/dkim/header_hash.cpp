#include "dkim/header_hash.h"

#include "dkim/canonical_header.h"

namespace mailassay::dkim {

const std::string& HeaderHash::input(const message::HeaderIndex& header,
                                     const ParsedSignature& signature, std::uint32_t own) {
  const HeaderCanon canon = *signature.facts.header_canon;
  input_.clear();
  for (const std::uint32_t index : selection_.select(header, signature.facts.signed_fields, own)) {
    const message::HeaderField& field = header.fields()[index];
    append_canonical_field(canon, {header.raw(field), field.name_size, field.colon - field.begin},
                           input_);
    input_.append("\r\n");
  }
  // The value of b= is deleted, with all white space around it; nothing else is. [RFC6376 3.7]
  const message::HeaderField& field = header.fields()[own];
  const std::string_view raw = header.raw(field);
  const std::size_t colon = field.colon - field.begin;
  const std::size_t value = colon + 1;
  own_field_.assign(raw.substr(0, value + signature.b_begin));
  own_field_.append(raw.substr(value + signature.b_end));
  append_canonical_field(canon, {own_field_, field.name_size, colon}, input_);
  return input_;
}

Digest HeaderHash::compute(const message::HeaderIndex& header, const ParsedSignature& signature,
                           std::uint32_t own) {
  crypto::Hasher& hasher = signature.facts.algorithm == Algorithm::rsa_sha1 ? sha1_ : sha256_;
  hasher.begin();
  hasher.update(input(header, signature, own));
  return hasher.finish();
}

}  // namespace mailassay::dkim
