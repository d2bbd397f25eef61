// Making one DKIM-Signature field. [RFC6376 3.5] [RFC6376 5]
#ifndef MAILASSAY_MKCORPUS_SIGNATURE_FIELD_H
#define MAILASSAY_MKCORPUS_SIGNATURE_FIELD_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/key_directory.h"
#include "mkcorpus/prng.h"
#include "mkcorpus/reference_canon.h"

namespace mkcorpus {

/// What is to be signed, how, and by whom.
struct SigningOrder {
  const KeyName* name = nullptr;
  Hash hash = Hash::sha256;
  bool with_length = false;                ///< l= is wanted
  std::int64_t signed_at = 0;              ///< seconds since 1970
  std::optional<std::int64_t> expires_at;  ///< x=
  bool with_time = true;                   ///< t= is wanted; x= is written without it too
  std::vector<std::string> more_names;     ///< in h= beside the usual ones, present or not
  bool with_copies = false;                ///< z= with Subject, as the signer sees it
  const SigningKey* other_key = nullptr;   ///< signs in the place of that of `name`
};

/// The field, and what is needed to check it again after the message was changed.
struct SignatureField {
  std::string text;  ///< without the last CRLF
  const KeyName* name = nullptr;
  Hash hash = Hash::sha256;
  reference::Canon header_canon = reference::Canon::simple;
  reference::Canon body_canon = reference::Canon::simple;
  std::optional<std::uint64_t> body_length;  ///< l=
  std::vector<std::string> signed_names;     ///< h=
  std::string body_hash;                     ///< octets of bh=
  std::string header_hash;                   ///< octets that b= signs
  std::optional<std::int64_t> expires_at;
  bool by_other_key = false;  ///< not by that of `name`
};

/// Signs a message. The field is to be put above `fields`.
SignatureField sign_message(std::span<const std::string> fields, std::string_view body,
                            const SigningOrder& order, Prng& prng);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_SIGNATURE_FIELD_H
