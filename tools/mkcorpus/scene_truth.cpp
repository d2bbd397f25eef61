#include "mkcorpus/scene_truth.h"

#include <fmt/format.h>

#include <chrono>

#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

std::string or_null(std::string_view text) { return text.empty() ? "null" : json_string(text); }

template <typename List>
std::string array(const List& list) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : ",") + json_string(one);
  return "[" + out + "]";
}

std::string spf_json(const SpfTruth& spf) {
  return fmt::format(
      R"({{"result":"{}","domain":{},"ip":{},"helo":{},"mail_from":{},"mechanism":{}}})",
      spf.result, or_null(spf.domain), or_null(spf.ip), or_null(spf.helo),
      json_string(spf.mail_from), or_null(spf.mechanism));
}

std::string dmarc_json(const DmarcTruth& dmarc) {
  std::string out = fmt::format(
      R"({{"result":"{}","policy":{},"policy_domain":{},"organizational_domain":{},"aligned":{})",
      dmarc.result, or_null(dmarc.policy.policy), or_null(dmarc.policy.domain),
      or_null(dmarc.organization), array(dmarc.aligned));
  if (dmarc.old_result != dmarc.result || dmarc.old_policy != dmarc.policy) {
    out += fmt::format(R"(,"rfc7489":{{"result":"{}","policy":{},"policy_domain":{}}})",
                       dmarc.old_result, or_null(dmarc.old_policy.policy),
                       or_null(dmarc.old_policy.domain));
  }
  return out + "}";
}

std::string envelope_json(const EnvelopeTruth& envelope) {
  std::string out =
      fmt::format(R"({{"ip":{},"helo":{},"mail_from":{},"border":"{}")", or_null(envelope.ip),
                  or_null(envelope.helo),
                  envelope.mail_from ? json_string(*envelope.mail_from) : "null", envelope.border);
  if (envelope.received_at) {
    out += ",\"received_at\":" + json_string(row_time(*envelope.received_at));
  }
  return out + "}";
}

std::string recorded_json(const std::vector<RecordedTruth>& recorded) {
  std::string out;
  for (const RecordedTruth& one : recorded) {
    out += fmt::format(R"({}{{"authserv_id":{},"trusted":{},"dkim":{},"spf":{},"dmarc":{}}})",
                       out.empty() ? "" : ",", or_null(one.authserv_id), one.trusted,
                       or_null(one.dkim), or_null(one.spf), or_null(one.dmarc));
  }
  return "[" + out + "]";
}

std::string bounce_json(const BounceTruth& bounce) {
  return fmt::format(R"({{"recipient":{},"action":{},"status":{},"original_message_id":{}}})",
                     json_string(bounce.recipient), or_null(bounce.action), or_null(bounce.status),
                     json_string(bounce.original_message_id));
}

/// The axes that are one word, or some.
std::string words_json(const SceneTruth& truth) {
  std::string out = fmt::format(
      R"(,"fixture":{},"standing":"{}","standing_reasons":{},"message_kind":"{}","form":"{}")",
      or_null(truth.fixture), truth.standing, array(truth.reasons), truth.kind, truth.form);
  if (truth.direction) out += fmt::format(R"(,"direction":"{}")", *truth.direction);
  if (truth.traits) out += R"(,"traits":)" + array(*truth.traits);
  if (truth.impersonates) out += R"(,"impersonates":)" + array(*truth.impersonates);
  if (truth.integrity) {
    out += fmt::format(R"(,"integrity":{{"value":"{}","by":{}}})", truth.integrity->value,
                       array(truth.integrity->by));
  }
  return out;
}

}  // namespace

std::string row_time(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string scene_json(const SceneTruth& truth) {
  std::string out = words_json(truth);
  out += ",\"spf\":" + (truth.spf ? spf_json(*truth.spf) : "null");
  if (truth.dmarc) out += ",\"dmarc\":" + dmarc_json(*truth.dmarc);
  out += ",\"envelope\":" + envelope_json(truth.envelope);
  if (truth.recorded) out += ",\"recorded\":" + recorded_json(*truth.recorded);
  if (truth.bounce) out += ",\"bounce\":" + bounce_json(*truth.bounce);
  if (truth.inner) {
    out +=
        fmt::format(R"(,"inner":{{"part":"{}","role":"{}","standing":"{}","form":"{}"}})",
                    truth.inner->part, truth.inner->role, truth.inner->standing, truth.inner->form);
  }
  out += fmt::format(R"(,"dns":"{}")", truth.only_in_recording ? "recording" : "both");
  return out;
}

}  // namespace mkcorpus
