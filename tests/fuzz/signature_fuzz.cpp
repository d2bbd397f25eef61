// Relations of tag lists and of the DKIM-Signature fields made of them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/bytes.h"
#include "dkim/domain_name.h"
#include "dkim/reason.h"
#include "dkim/signature.h"
#include "dkim/tag_list.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

void check_tags(std::string_view text) {
  const auto list = dkim::parse_tag_list(text);
  if (!list) return;
  std::string joined;
  for (const dkim::Tag& tag : list->tags()) {
    demand(list->find(tag.name) == &tag);
    demand(tag.value_begin <= tag.value_end && tag.value_end <= text.size());
    demand(ascii::trim(text.substr(tag.value_begin, tag.value_end - tag.value_begin)) == tag.value);
    joined.append(tag.name).append("=").append(tag.value).append(";");
  }
  // What was read, written plainly, is read as the same.
  const auto again = dkim::parse_tag_list(joined);
  demand(again && again->tags().size() == list->tags().size());
  for (std::size_t i = 0; i < list->tags().size(); ++i) {
    demand(again->tags()[i].name == list->tags()[i].name);
    demand(again->tags()[i].value == list->tags()[i].value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  check_tags(text);
  const dkim::ParsedSignature parsed = dkim::parse_signature(text, Limits{});
  const dkim::SignatureFacts& facts = parsed.facts;
  demand(parsed.b_begin <= parsed.b_end && parsed.b_end <= size);
  demand(!dkim::entry_of(facts.fault).word.empty());
  if (const auto octets = decode_base64(text))
    demand(decode_base64(encode_base64(*octets)) == octets);
  if (facts.fault != dkim::Reason::none) return 0;
  demand(facts.algorithm && facts.header_canon && facts.body_canon);
  demand(dkim::is_domain_name(facts.domain, 2) && dkim::is_domain_name(facts.selector, 1));
  demand(dkim::key_name(facts.selector, facts.domain).has_value());
  demand(dkim::is_same_or_subdomain(facts.auid_domain, facts.domain));
  demand((":" + facts.signed_fields + ":").find(":from:") != std::string::npos);
  demand(facts.declared_body_hash.size == 20 || facts.declared_body_hash.size == 32);
  demand(!facts.signature.empty() && !facts.signature_prefix.empty());
  demand(!facts.signed_at || !facts.expires_at || *facts.signed_at < *facts.expires_at);
  return 0;
}
