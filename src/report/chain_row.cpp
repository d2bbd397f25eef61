#include "arc/reason.h"
#include "base/base64.h"
#include "base/bytes.h"
#include "dkim/reason.h"
#include "report/chain_text.h"
#include "report/json_value.h"

namespace mailassay::report {
namespace {

void append_number_or_null(const std::optional<std::uint32_t>& number, std::string& out) {
  if (number) {
    append_json_number(*number, out);
  } else {
    out.append("null");
  }
}

void append_sealers(const std::vector<std::string>& sealers, std::string& out) {
  out.push_back('[');
  for (std::size_t i = 0; i < sealers.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(sealers[i], out);
  }
  out.push_back(']');
}

/// `verdict` is null if the signature was not looked into.
void append_signature(const dkim::SignatureFacts& facts, const dkim::SignatureVerdict* verdict,
                      std::string& out) {
  out.append("{\"domain\":");
  append_string_or_null(facts.domain, out);
  append_key("selector", out);
  append_string_or_null(facts.selector, out);
  append_key("algorithm", out);
  append_string_or_null(facts.algorithm ? dkim::word_of(*facts.algorithm) : "", out);
  append_key("result", out);
  append_string_or_null(verdict != nullptr ? dkim::word_of(verdict->status) : "", out);
  append_key("reason", out);
  const bool has_reason = verdict != nullptr && verdict->reason != dkim::Reason::none;
  append_string_or_null(has_reason ? dkim::entry_of(verdict->reason).word : "", out);
  append_key("header_hash", out);
  append_string_or_null(facts.header_hash ? encode_base64(as_text(facts.header_hash->octets.data(),
                                                                  facts.header_hash->size))
                                          : std::string(),
                        out);
  out.push_back('}');
}

void append_sets(const arc::ChainFacts& facts, const arc::ChainVerdict& verdict, std::string& out) {
  out.push_back('[');
  for (std::size_t i = 0; i < facts.sets.size(); ++i) {
    const arc::SetFacts& set = facts.sets[i];
    out.append(i == 0 ? "{\"instance\":" : ",{\"instance\":");
    append_json_number(set.instance, out);
    append_key("chain_status", out);
    append_string_or_null(set.chain_status ? arc::word_of(*set.chain_status) : "", out);
    const bool is_judged = i < verdict.seals.size();
    append_key("message_signature", out);
    append_signature(facts.message_signatures[i],
                     is_judged ? &verdict.message_signatures[i] : nullptr, out);
    append_key("seal", out);
    append_signature(facts.seals[i], is_judged ? &verdict.seals[i] : nullptr, out);
    out.push_back('}');
  }
  out.push_back(']');
}

}  // namespace

void append_chain(const arc::ChainFacts& facts, const arc::ChainVerdict& verdict,
                  const ChainRowOptions& options, std::string& out) {
  const arc::Result result =
      options.rfc_wording ? arc::in_rfc_wording(verdict.result) : verdict.result;
  out.append("{\"result\":");
  append_json_string(arc::word_of(result), out);
  append_key("reason", out);
  append_string_or_null(
      verdict.reason == arc::Reason::none ? "" : arc::entry_of(verdict.reason).word, out);
  append_key("instances", out);
  append_json_number(verdict.instances, out);
  append_key("oldest_pass", out);
  append_number_or_null(verdict.oldest_pass, out);
  append_key("sealers", out);
  append_sealers(verdict.sealers, out);
  append_key("trusted", out);
  out.append(!verdict.trusted ? "null" : *verdict.trusted ? "true" : "false");
  if (options.evidence) {
    append_key("sets", out);
    append_sets(facts, verdict, out);
  }
  out.push_back('}');
}

}  // namespace mailassay::report
