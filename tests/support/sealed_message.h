// Messages with ARC sets that are sealed for real, by the reference implementation and OpenSSL.
// [RFC8617 5.1]
#ifndef MAILASSAY_TESTS_SUPPORT_SEALED_MESSAGE_H
#define MAILASSAY_TESTS_SUPPORT_SEALED_MESSAGE_H

#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/arc_set.h"
#include "mkcorpus/signing_key.h"
#include "support/growing_view.h"

namespace mailassay::test {

/// A message on its way: what is changed between two seals was changed by the later sealer.
struct SealedMessage {
  std::vector<std::string> fields;  ///< without the ARC fields
  std::string body;
  std::vector<mkcorpus::ArcSet> sets;

  /// Adds a set as `order` says, signed with the first RSA key of 2048 bits or with `key`.
  SealedMessage& seal(const mkcorpus::ArcSetOrder& order,
                      const mkcorpus::SigningKey* key = nullptr);
  /// The message: the newest set on top, CRLF line ends.
  std::string text() const;
};

/// plain_fields() and plain_body() without a set.
SealedMessage plain_mail();

/// The order of set `instance`: d=s1.example, s2.example, ...; cv= as it has to be.
mkcorpus::ArcSetOrder good_order(std::size_t instance);

/// A chain of good sets on plain_mail().
SealedMessage sealed_mail(std::size_t sets);

/// The name of the key of good_order(instance).
std::string sealer_key_name(std::size_t instance);

/// Knows the keys of the good orders 1 to `sets`.
GrowingView sealer_keys(std::size_t sets);

/// `text` with the first `from` replaced by `to`.
///
/// Errors: std::runtime_error if it has none.
std::string altered(std::string text, std::string_view from, std::string_view to);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_SEALED_MESSAGE_H
