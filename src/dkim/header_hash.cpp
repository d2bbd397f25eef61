#include "dkim/header_hash.h"

#include "dkim/canonical_header.h"

namespace mailassay::dkim {

void append_own_field(const message::HeaderIndex& header, std::uint32_t own,
                      const ParsedSignature& signature, std::string& scratch, std::string& out) {
  // The value of b= is deleted, with all white space around it; nothing else is. [RFC6376 3.7]
  const message::HeaderField& field = header.fields()[own];
  const std::string_view raw = header.raw(field);
  const std::size_t colon = field.colon - field.begin;
  const std::size_t value = colon + 1;
  scratch.assign(raw.substr(0, value + signature.b_begin));
  scratch.append(raw.substr(value + signature.b_end));
  append_canonical_field(*signature.facts.header_canon, {scratch, field.name_size, colon}, out);
}

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
  append_own_field(header, own, signature, own_field_, input_);
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
