// The hash that b= signs. [RFC6376 3.7]
#ifndef MAILASSAY_DKIM_HEADER_HASH_H
#define MAILASSAY_DKIM_HEADER_HASH_H

#include <cstdint>
#include <string>

#include "crypto/hasher.h"
#include "dkim/header_selection.h"
#include "dkim/signature.h"
#include "message/header_index.h"

namespace mailassay::dkim {

/// Appends the field `own` with the value of its b= deleted, canonical, without a final CRLF.
/// [RFC6376 3.7]
///
/// Demands:  `signature` was parsed from that field; `scratch` is any string.
void append_own_field(const message::HeaderIndex& header, std::uint32_t own,
                      const ParsedSignature& signature, std::string& scratch, std::string& out);

/// Threads: one at a time; buffers are kept between calls.
class HeaderHash {
 public:
  /// The octets that are hashed: each selected field and its CRLF, then the DKIM-Signature field
  /// `own` with its b= emptied and without a final CRLF. [RFC6376 3.7]
  ///
  /// Demands:  `signature` was parsed without fault from the field `own` of `header`.
  /// Lifetime: valid until the next call.
  const std::string& input(const message::HeaderIndex& header, const ParsedSignature& signature,
                           std::uint32_t own);

  /// Hashes input() with the hash of a=.
  Digest compute(const message::HeaderIndex& header, const ParsedSignature& signature,
                 std::uint32_t own);

  /// Octets of the last input().
  std::uint64_t last_input_size() const noexcept { return input_.size(); }

 private:
  HeaderSelection selection_;
  std::string input_;
  std::string own_field_;
  crypto::Hasher sha1_{crypto::HashAlgorithm::sha1};
  crypto::Hasher sha256_{crypto::HashAlgorithm::sha256};
};

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_HEADER_HASH_H
