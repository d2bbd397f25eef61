// A message whose body is not the one that was signed, as the search for the change sees it.
#ifndef MAILASSAY_TESTS_SUPPORT_BODY_DAMAGE_CASE_H
#define MAILASSAY_TESTS_SUPPORT_BODY_DAMAGE_CASE_H

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hasher.h"
#include "diagnosis/body_search.h"
#include "mailassay/dossier.h"
#include "mkcorpus/reference_canon.h"

namespace mailassay::test {

/// The body hash by mkcorpus's own canonicalization. [RFC6376 3.7]
inline dkim::Digest reference_body_hash(std::string_view body, dkim::BodyCanon canon,
                                        std::optional<std::uint64_t> length = std::nullopt) {
  namespace reference = mkcorpus::reference;
  const auto form =
      canon == dkim::BodyCanon::simple ? reference::Canon::simple : reference::Canon::relaxed;
  const auto octets =
      reference::canonical_body_prefix(reference::network_line_ends(body), form, length);
  crypto::Hasher hasher(crypto::HashAlgorithm::sha256);
  hasher.update(octets.value_or("l= is too large"));
  return hasher.finish();
}

/// Facts of a signature over `signed_body` whose hash was found to differ.
inline dkim::SignatureFacts differing(std::string_view signed_body, dkim::BodyCanon canon,
                                      std::optional<std::uint64_t> length = std::nullopt) {
  dkim::SignatureFacts facts;
  facts.algorithm = dkim::Algorithm::rsa_sha256;
  facts.body_canon = canon;
  facts.body_length = length;
  facts.declared_body_hash = reference_body_hash(signed_body, canon, length);
  facts.body_match = dkim::Match::mismatch;
  return facts;
}

/// What the search finds in `body`, whose header is `header` (with line ends, without empty line),
/// and the body that it takes for the one that was signed.
inline Repair search_body(std::string_view header, std::string_view body,
                          const dkim::SignatureFacts& facts, const Limits& limits = {},
                          std::string* found_body = nullptr) {
  const std::string message = std::string(header) + "\r\n";
  message::HeaderIndex index;
  index.build(message);
  std::vector<dkim::SignatureFacts> signatures{facts};
  diagnosis::BodySearch search(limits);
  search.search(body, index, signatures);
  if (found_body != nullptr) *found_body = search.found_body();
  return signatures.front().body_repair.value_or(Repair{});
}

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_BODY_DAMAGE_CASE_H
