#include "report/dmarc_row.h"

#include <optional>

#include "dmarc/reason.h"
#include "dmarc/remark.h"
#include "report/json_value.h"

namespace mailassay::report {
namespace {

void append_policy(const std::optional<dmarc::Policy>& policy, std::string& out) {
  append_string_or_null(policy ? dmarc::word_of(*policy) : "", out);
}

/// What both editions have; without braces.
void append_result(const dmarc::PolicyResult& result, std::string& out) {
  out.append("\"result\":");
  append_json_string(dmarc::word_of(result.status), out);
  append_key("reason", out);
  // A pass that needs no explanation has none.
  append_string_or_null(
      result.reason == dmarc::Reason::aligned ? "" : dmarc::entry_of(result.reason).word, out);
}

void append_rfc7489(const std::optional<dmarc::PolicyResult>& result, std::string& out) {
  if (!result) {
    out.append("null");
    return;
  }
  out.push_back('{');
  append_result(*result, out);
  append_key("policy_domain", out);
  append_string_or_null(result->policy_domain, out);
  append_key("policy", out);
  append_policy(result->policy, out);
  append_key("organizational_domain", out);
  append_string_or_null(result->organizational_domain, out);
  out.push_back('}');
}

}  // namespace

void append_dmarc(const dmarc::Verdict* judged, std::string& out) {
  if (judged == nullptr) {
    out.append("null");
    return;
  }
  const dmarc::Verdict& verdict = *judged;
  const dmarc::PolicyResult& result = verdict.rfc9989;
  out.push_back('{');
  append_result(result, out);
  append_key("author_domain", out);
  append_string_or_null(verdict.author_domain, out);
  append_key("policy_domain", out);
  append_string_or_null(result.policy_domain, out);
  append_key("policy", out);
  append_policy(result.policy, out);
  append_key("organizational_domain", out);
  append_string_or_null(result.organizational_domain, out);
  append_key("aligned", out);
  out.push_back('[');
  if (verdict.dkim_aligned) out.append("\"dkim\"");
  if (verdict.spf_aligned) out.append(verdict.dkim_aligned ? ",\"spf\"" : "\"spf\"");
  out.push_back(']');
  append_key("rfc7489", out);
  append_rfc7489(verdict.rfc7489, out);
  append_key("policy_tag", out);
  append_string_or_null(result.policy ? dmarc::word_of(result.tag) : "", out);
  append_key("stricter_policy", out);
  append_policy(result.stricter_policy, out);
  append_key("existence", out);
  append_json_string(dmarc::word_of(verdict.existence), out);
  append_key("difference", out);
  append_string_or_null(verdict.difference == dmarc::Difference::none
                            ? ""
                            : dmarc::remark_on(verdict.difference).word,
                        out);
  append_key("notes", out);
  append_array(
      verdict.notes,
      [&](dmarc::Note note) { append_json_string(dmarc::remark_on(note).word, out); }, out);
  out.push_back('}');
}

}  // namespace mailassay::report
