#include "support/sealed_message.h"

#include <stdexcept>

#include "support/signed_message.h"

namespace mailassay::test {
namespace {

void append_set(const mkcorpus::ArcSet& set, std::vector<std::string>& fields) {
  for (const std::string* field : {&set.seal, &set.message_signature, &set.results}) {
    if (!field->empty()) fields.push_back(*field);
  }
}

/// All fields as they stand in the message.
std::vector<std::string> all_fields(const SealedMessage& message) {
  std::vector<std::string> fields;
  for (std::size_t i = message.sets.size(); i-- > 0;) append_set(message.sets[i], fields);
  fields.insert(fields.end(), message.fields.begin(), message.fields.end());
  return fields;
}

}  // namespace

SealedMessage& SealedMessage::seal(const mkcorpus::ArcSetOrder& order,
                                   const mkcorpus::SigningKey* key) {
  const mkcorpus::SigningKey& used = key != nullptr ? *key : key_pool().rsa_2048.front();
  sets.push_back(mkcorpus::make_arc_set(all_fields(*this), body, sets, order, used));
  return *this;
}

std::string SealedMessage::text() const {
  std::string out;
  for (const std::string& field : all_fields(*this)) out.append(field).append("\r\n");
  return out.append("\r\n").append(body);
}

SealedMessage plain_mail() { return {plain_fields(), std::string(plain_body()), {}}; }

mkcorpus::ArcSetOrder good_order(std::size_t instance) {
  mkcorpus::ArcSetOrder order;
  order.instance = instance;
  order.domain = "s" + std::to_string(instance) + ".example";
  order.chain_status = instance == 1 ? "none" : "pass";
  order.signed_names = {"from", "subject", "date"};
  return order;
}

SealedMessage sealed_mail(std::size_t sets) {
  SealedMessage message = plain_mail();
  for (std::size_t i = 1; i <= sets; ++i) message.seal(good_order(i));
  return message;
}

std::string sealer_key_name(std::size_t instance) {
  return "arc._domainkey.s" + std::to_string(instance) + ".example";
}

GrowingView sealer_keys(std::size_t sets) {
  GrowingView view;
  for (std::size_t i = 1; i <= sets; ++i) view.add_txt(sealer_key_name(i), plain_key_record());
  return view;
}

std::string altered(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("nothing to alter");
  return text.replace(at, from.size(), to);
}

}  // namespace mailassay::test
