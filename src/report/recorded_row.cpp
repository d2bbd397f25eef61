#include "report/recorded_row.h"

#include "envelope/word.h"
#include "report/json_value.h"
#include "verdict/recorded_check.h"

namespace mailassay::report {
namespace {

/// The result of a method; of several entries a pass outranks the first.
std::string_view result_of(const envelope::Recorded& recorded, std::string_view method) {
  std::string_view found;
  for (const envelope::RecordedEntry& entry : recorded.entries) {
    if (entry.method != method) continue;
    if (found.empty() || entry.result == "pass") found = entry.result;
  }
  return found;
}

void append_result(std::string_view method, const envelope::Recorded& recorded, std::string& out) {
  append_key(method, out);
  append_string_or_null(result_of(recorded, method), out);
}

void append_comparisons(const envelope::Recorded& recorded,
                        const std::vector<envelope::Comparison>& comparisons, std::string& out) {
  append_array(
      comparisons,
      [&](const envelope::Comparison& comparison) {
        const envelope::RecordedEntry& entry = recorded.entries[comparison.entry];
        out.append("{\"method\":");
        append_json_string(entry.method, out);
        append_key("result", out);
        append_json_string(entry.result, out);
        append_key("agreement", out);
        append_json_string(envelope::word_of(comparison.agreement), out);
        append_key("reason", out);
        append_json_string(envelope::word_of(comparison.reason), out);
        append_key("signature", out);
        if (comparison.own_dkim) {
          append_json_number(*comparison.own_dkim, out);
        } else {
          out.append("null");
        }
        out.push_back('}');
      },
      out);
}

}  // namespace

void append_recorded(const Dossier& dossier, const Verdict& verdict, std::string& out) {
  append_array(
      verdict.recorded,
      [&](const RecordedVerdict& one) {
        const envelope::Recorded& recorded = recorded_of(dossier, one);
        out.append("{\"authserv_id\":");
        append_string_or_null(recorded.authserv_id, out);
        append_key("trusted", out);
        append_bool(one.instance != 0
                        ? verdict.arc.trusted_from && one.instance >= *verdict.arc.trusted_from
                        : one.witness.trusted,
                    out);
        append_result("dkim", recorded, out);
        append_result("spf", recorded, out);
        append_result("dmarc", recorded, out);
        append_key("field", out);
        append_json_string(envelope::word_of(recorded.field), out);
        append_key("instance", out);
        if (one.instance != 0) {
          append_json_number(one.instance, out);
        } else {
          out.append("null");
        }
        append_key("place", out);
        append_string_or_null(one.instance == 0 ? envelope::word_of(one.witness.place) : "", out);
        append_key("fault", out);
        append_string_or_null(recorded.fault == envelope::RecordedFault::none
                                  ? ""
                                  : envelope::word_of(recorded.fault),
                              out);
        append_key("compared", out);
        append_comparisons(recorded, one.comparisons, out);
        out.push_back('}');
      },
      out);
}

}  // namespace mailassay::report
