#include "verdict/session_check.h"

#include <utility>

namespace mailassay {
namespace {

/// What stands for a local part that was not recorded. [RFC7208 4.3]
constexpr std::string_view kPostmaster = "postmaster@";

std::string mail_from_of(const envelope::Value& value) {
  return value.is_domain_only ? std::string(kPostmaster).append(value.text) : value.text;
}

SpfVerdict absent(SpfVerdict::Absence absence) {
  SpfVerdict verdict;
  verdict.absence = absence;
  return verdict;
}

}  // namespace

std::optional<SpfVerdict> SessionCheck::check(const envelope::Envelope& envelope,
                                              std::optional<std::chrono::sys_seconds> time,
                                              const dns::View& view, dns::Needs& needs,
                                              const Limits& limits) {
  if (!envelope.client_ip) return absent(SpfVerdict::Absence::no_client_ip);
  SpfVerdict verdict;
  verdict.absence = SpfVerdict::Absence::none;
  spf::Input input;
  input.client_ip = envelope.client_ip->text;
  if (envelope.helo) input.helo = envelope.helo->text;
  input.time = time;
  bool complete = true;
  if (!input.helo.empty()) {
    input.identity = spf::Identity::helo;
    verdict.helo = cache_.evaluate(input, view, needs, limits);
    complete = verdict.helo != nullptr;
  }
  const bool is_known =
      envelope.mail_from && !(envelope.mail_from->text.empty() && input.helo.empty());
  if (is_known) {
    input.identity = spf::Identity::mail_from;
    input.mail_from = mail_from_of(*envelope.mail_from);
    verdict.mail_from = cache_.evaluate(input, view, needs, limits);
    complete = verdict.mail_from != nullptr && complete;
  } else {
    verdict.absence = SpfVerdict::Absence::no_mail_from;
  }
  if (!complete) return std::nullopt;
  return verdict;
}

}  // namespace mailassay
