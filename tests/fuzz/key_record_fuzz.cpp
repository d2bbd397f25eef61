// Relations of key records: a key or a fault, never both, never neither.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "dkim/key_record.h"
#include "dkim/reason.h"
#include "report/explain.h"

namespace {

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailassay;
  const std::string_view text = as_text(data, size);
  const dkim::KeyRecord record = dkim::parse_key_record(text);
  demand((record.fault == dkim::Reason::none) == (record.key != nullptr));
  if (record.key) {
    demand(record.type == record.key->type());
    demand(record.key->bits() <= crypto::kMaxRsaBits && record.key->bits() >= 256);
    demand(dkim::looks_like_key_record(text));
  }
  for (const auto algorithm :
       {dkim::Algorithm::rsa_sha1, dkim::Algorithm::rsa_sha256, dkim::Algorithm::ed25519_sha256}) {
    dkim::SignatureFacts facts;
    facts.algorithm = algorithm;
    facts.domain = "example.com";
    facts.auid_domain = "a.example.com";
    const dkim::Reason reason = dkim::key_fault_for(record, facts);
    demand(reason != dkim::Reason::none || (record.key && !record.strict_auid));
    demand(record.fault == dkim::Reason::none || reason != dkim::Reason::none);
  }
  // The octets as DER, without the base64 around them.
  const auto rsa = crypto::parse_rsa_key(text);
  demand(!rsa || rsa->bits() <= crypto::kMaxRsaBits);
  crypto::parse_ed25519_key(text);
  for (const char c : report::explain_key_record(std::string(text))) {
    demand(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
  }
  return 0;
}
