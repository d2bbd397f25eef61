#include "support/signed_message.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "base/base64.h"
#include "base/bytes.h"

namespace mailassay::test {
namespace {

namespace reference = mkcorpus::reference;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

mkcorpus::SigningKey generate(unsigned bits, unsigned exponent) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), EVP_PKEY_CTX_free);
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> e(BN_new(), BN_free);
  EVP_PKEY* made = nullptr;
  if (BN_set_word(e.get(), exponent) != 1 || EVP_PKEY_keygen_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), static_cast<int>(bits)) != 1 ||
      EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), e.get()) != 1 ||
      EVP_PKEY_generate(context.get(), &made) != 1) {
    throw std::runtime_error("making an RSA test key");
  }
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(made, EVP_PKEY_free);
  unsigned char* der = nullptr;
  const int size = i2d_PrivateKey(key.get(), &der);
  if (size <= 0) throw std::runtime_error("encoding an RSA test key");
  const std::string octets(as_text(der, static_cast<std::size_t>(size)));
  OPENSSL_free(der);
  return mkcorpus::SigningKey::from_rsa_der(mkcorpus::KeyKind::rsa_2048, octets);
}

}  // namespace

SignatureForm with_tags(std::string_view tags, SignatureForm form) {
  form.form.append("; ").append(tags);
  return form;
}

SignatureForm replaced(std::string_view from, std::string_view to, SignatureForm form) {
  if (form.form.find(from) == std::string::npos) throw std::runtime_error("nothing to replace");
  replace_all(form.form, from, to);
  return form;
}

std::string signature_field(const std::vector<std::string>& fields, std::string_view body,
                            const SignatureForm& form, const mkcorpus::SigningKey& key) {
  const auto hashed = reference::canonical_body_prefix(body, form.body, form.length);
  const std::string body_hash = mkcorpus::hash_octets(form.hash, hashed.value_or(""));
  std::string field = form.form;
  replace_all(field, "%BH%", encode_base64(body_hash));
  std::vector<std::string> all = {field};
  replace_all(all.front(), "%B%", "");
  all.insert(all.end(), fields.begin(), fields.end());
  const std::string input = reference::header_hash_input(all, 0, form.names, form.header);
  const std::string signature = key.sign(form.hash, mkcorpus::hash_octets(form.hash, input));
  replace_all(field, "%B%", encode_base64(signature));
  return field;
}

std::string signed_message(const std::vector<std::string>& fields, std::string_view body,
                           const SignatureForm& form, const mkcorpus::SigningKey& key) {
  std::string message = signature_field(fields, body, form, key) + "\r\n";
  for (const std::string& field : fields) message.append(field).append("\r\n");
  return message.append("\r\n").append(body);
}

const std::vector<std::string>& plain_fields() {
  static const std::vector<std::string> kFields = {
      "Received: from a by b; Mon, 1 Jan 2024 10:00:00 +0000", "From: Jo <jo@example.com>",
      "Subject: one  two", "Date: Mon, 1 Jan 2024 09:59:58 +0000", "Message-ID: <1@example.com>"};
  return kFields;
}

std::string_view plain_body() { return "Dear all,\r\n\r\n  more \t text.  \r\n\r\n"; }

std::string signed_plain_message(const SignatureForm& form) {
  return signed_message(plain_fields(), plain_body(), form, key_pool().rsa_2048.front());
}

const mkcorpus::KeyPool& key_pool() {
  static const mkcorpus::KeyPool kPool = mkcorpus::KeyPool::load();
  return kPool;
}

const mkcorpus::SigningKey& rsa_key(unsigned bits, unsigned exponent) {
  static std::map<std::pair<unsigned, unsigned>, mkcorpus::SigningKey> keys;
  const auto known = keys.find({bits, exponent});
  if (known != keys.end()) return known->second;
  return keys.emplace(std::pair(bits, exponent), generate(bits, exponent)).first->second;
}

std::string key_record(const mkcorpus::SigningKey& key, std::string_view tags) {
  std::string record = "v=DKIM1; ";
  if (!tags.empty()) record.append(tags).append("; ");
  if (key.kind() == mkcorpus::KeyKind::ed25519) record.append("k=ed25519; ");
  return record + "p=" + encode_base64(key.public_octets());
}

std::string plain_key_record() { return key_record(key_pool().rsa_2048.front()); }

std::string as_stored(std::string_view octets) {
  std::string stored(octets);
  replace_all(stored, "\r\n", "\n");
  return stored;
}

}  // namespace mailassay::test
