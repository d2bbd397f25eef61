#include "mkcorpus/arc_set.h"

#include <utility>

#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

using reference::Canon;

std::string with(std::string text, std::string_view mark, std::string_view value) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ':';
    out += name;
  }
  return out;
}

std::string filled(std::string form, const ArcSetOrder& order, const SigningKey& key) {
  form = with(std::move(form), "@I@", std::to_string(order.instance));
  form = with(std::move(form), "@A@",
              key.kind() == KeyKind::ed25519 ? "ed25519-sha256" : "rsa-sha256");
  form = with(std::move(form), "@D@", order.domain);
  form = with(std::move(form), "@S@", order.selector);
  form = with(std::move(form), "@T@", std::to_string(order.time));
  form = with(std::move(form), "@CV@", order.chain_status);
  return with(std::move(form), "@H@", joined(order.signed_names));
}

std::string signature_of(const std::string& input, const SigningKey& key) {
  const std::string octets = key.sign(Hash::sha256, hash_octets(Hash::sha256, input));
  return broken_into_lines(base64_encoded(octets), 68, "\r\n\t ");
}

std::string message_signature(std::span<const std::string> fields, std::string_view body,
                              const ArcSetOrder& order, const SigningKey& key) {
  const std::string body_hash =
      hash_octets(Hash::sha256, reference::canonical_body(body, order.body_canon));
  const std::string field =
      with(filled(order.message_signature_form, order, key), "@BH@", base64_encoded(body_hash));
  std::vector<std::string> all = {with(field, "@B@", "")};
  all.insert(all.end(), fields.begin(), fields.end());
  const std::string input =
      reference::header_hash_input(all, 0, order.signed_names, order.header_canon);
  return with(field, "@B@", signature_of(input, key));
}

/// In this order, each set after those before it. [RFC8617 5.1.1]
void append_set(const ArcSet& set, std::string& out) {
  for (const std::string* field : {&set.results, &set.message_signature, &set.seal}) {
    out += reference::canonical_field(*field, Canon::relaxed) + "\r\n";
  }
}

}  // namespace

ArcSet make_arc_set(std::span<const std::string> fields, std::string_view body,
                    std::span<const ArcSet> earlier, const ArcSetOrder& order,
                    const SigningKey& key) {
  ArcSet set;
  set.results = filled(order.results_form, order, key);
  set.message_signature = message_signature(fields, body, order, key);
  const std::string seal = filled(order.seal_form, order, key);
  set.seal = with(seal, "@B@", "");
  std::string input;
  // Who finds a chain broken seals his own set alone. [RFC8617 5.1.2]
  if (order.chain_status != "fail") {
    for (const ArcSet& before : earlier) append_set(before, input);
  }
  append_set(set, input);
  input.resize(input.size() - 2);  // the seal itself has no CRLF
  set.seal = with(seal, "@B@", signature_of(input, key));
  return set;
}

}  // namespace mkcorpus
