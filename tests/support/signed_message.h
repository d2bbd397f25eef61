// Messages that are signed for real, by the reference implementation and OpenSSL: the product's own
// code has no part in making them. [RFC6376 3.7] [RFC6376 5]
#ifndef MAILASSAY_TESTS_SUPPORT_SIGNED_MESSAGE_H
#define MAILASSAY_TESTS_SUPPORT_SIGNED_MESSAGE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/reference_canon.h"
#include "mkcorpus/signing_key.h"

namespace mailassay::test {

using mkcorpus::reference::Canon;

/// How a DKIM-Signature field is made. Every tag stands in `form`, in which %BH%, %B% and %L% are
/// replaced; the rest of the members says what they are computed from.
struct SignatureForm {
  std::string form =
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1;\r\n"
      "\th=from:subject; bh=%BH%; b=%B%";
  std::vector<std::string> names = {"from", "subject"};
  Canon header = Canon::relaxed;
  Canon body = Canon::relaxed;
  mkcorpus::Hash hash = mkcorpus::Hash::sha256;
  std::optional<std::uint64_t> length;  ///< l= is hashed so
};

/// The same with a tag put behind the others.
SignatureForm with_tags(std::string_view tags, SignatureForm form = {});
/// The same with `from` replaced by `to` in the form.
SignatureForm replaced(std::string_view from, std::string_view to, SignatureForm form = {});

/// The field, without a final CRLF, to be put above `fields`.
std::string signature_field(const std::vector<std::string>& fields, std::string_view body,
                            const SignatureForm& form, const mkcorpus::SigningKey& key);

/// The whole message: the signature, the fields, an empty line, the body. Line ends are CRLF.
std::string signed_message(const std::vector<std::string>& fields, std::string_view body,
                           const SignatureForm& form, const mkcorpus::SigningKey& key);

/// A plain message's fields and body, and it signed.
const std::vector<std::string>& plain_fields();
std::string_view plain_body();
std::string signed_plain_message(const SignatureForm& form = {});

/// The keys of mkcorpus, made once.
const mkcorpus::KeyPool& key_pool();
/// An RSA key of another size or exponent, made by OpenSSL and kept for the run. [RFC8017 3.1]
const mkcorpus::SigningKey& rsa_key(unsigned bits, unsigned exponent = 65537);

/// `v=DKIM1; p=...` of a key, with what else the record is to say.
std::string key_record(const mkcorpus::SigningKey& key, std::string_view tags = "");
/// The record of the key that signed_plain_message() uses.
std::string plain_key_record();

/// `octets` with each CRLF made a LF, as an mbox stores them.
std::string as_stored(std::string_view octets);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_SIGNED_MESSAGE_H
