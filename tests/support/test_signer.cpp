#include "support/test_signer.h"

#include <algorithm>
#include <vector>

#include "mkcorpus/reference_canon.h"
#include "mkcorpus/text_encoding.h"

namespace mailassay::test {
namespace {

namespace reference = mkcorpus::reference;

/// DER RSAPrivateKey in base64. PUBLIC TEST KEY, see test_keys.cpp of mkcorpus.
constexpr std::string_view kRsa512 =
    "MIIBOwIBAAJBAKLbJFeya2zqzkHWHK56j1TyrClJUus2rTd21lgDYHtfYthnf8m5b14UblTCzW9asaoR"
    "WmEIT1WFDrFGDSlCLe8CAwEAAQJAcTi/xISTsQ5xxU3RdPBaU+m/DZkfn83MkWH6VQhL/JjRHnEtFs8O"
    "f6A45GViT6ob3T6VIOBEgIOZjgcktnZOQQIhANSz3o3ondcfL79jtZBmqrhEEsDctU3VcTG9g2YOB/2P"
    "AiEAxAG4cQLnHvV4mHa43ZoSYBOERQFKcOVRhtrdtp8bWaECIH9a0z6UsS1E9wnZYbT8Q+vglnnzrHrV"
    "+diWaD6K2C3xAiEAhcJ20AifGO2DouhCOFhQeehXt4+t8WVNQa5S57GkxIECIQDDki23Wrh7o8JHXRgE"
    "qbLlLlaXTXka3+ViZ6IRMdx0bQ==";

std::string replaced(std::string text, std::string_view mark, std::string_view value) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}

std::vector<std::string> split_names(std::string_view list) {
  std::vector<std::string> names;
  std::size_t start = 0;
  while (start <= list.size()) {
    const std::size_t end = std::min(list.find(':', start), list.size());
    names.emplace_back(list.substr(start, end - start));
    start = end + 1;
  }
  return names;
}

}  // namespace

std::string sign_with_tags(const mkcorpus::SigningKey& key, std::string_view message,
                           std::string_view tags, const SigningWay& way) {
  constexpr auto kRelaxed = reference::Canon::relaxed;
  const reference::Message parts = reference::split_message(message);
  const std::string body_hash =
      mkcorpus::hash_octets(way.hash, reference::canonical_body(parts.body, kRelaxed));
  const std::string field =
      "DKIM-Signature: " + replaced(std::string(tags), "@BH@", mkcorpus::base64_encoded(body_hash));
  std::vector<std::string> fields = {replaced(field, "@B@", "")};
  fields.insert(fields.end(), parts.fields.begin(), parts.fields.end());
  const std::string input =
      reference::header_hash_input(fields, 0, split_names(way.signed_names), kRelaxed);
  const std::string signature = key.sign(way.hash, mkcorpus::hash_octets(way.hash, input));
  return replaced(field, "@B@", mkcorpus::base64_encoded(signature)) + "\r\n" +
         reference::network_line_ends(message);
}

std::string public_data(const mkcorpus::SigningKey& key) {
  return mkcorpus::base64_encoded(key.public_octets());
}

mkcorpus::SigningKey rsa_512_test_key() {
  return mkcorpus::SigningKey::from_rsa_der(mkcorpus::KeyKind::rsa_1024,
                                            mkcorpus::base64_decoded(kRsa512));
}

}  // namespace mailassay::test
