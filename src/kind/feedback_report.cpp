#include "kind/feedback_report.h"

#include <array>
#include <cstddef>
#include <string>

#include "base/ascii.h"
#include "kind/report_fields.h"

namespace mailassay::kind {
namespace {

struct FeedbackField {
  std::string_view name;
  std::string ReportFacts::*member;  ///< null: counted and not kept
  bool is_required;
  bool is_once;
};

/// [RFC5965 3.1] required, [RFC5965 3.2] once, [RFC5965 3.3] repeatable; [RFC6591 3.2].
constexpr std::array kFields = {
    FeedbackField{"feedback-type", &ReportFacts::feedback_type, true, true},
    FeedbackField{"user-agent", &ReportFacts::user_agent, true, true},
    FeedbackField{"version", &ReportFacts::version, true, true},
    FeedbackField{"original-mail-from", &ReportFacts::original_mail_from, false, true},
    FeedbackField{"source-ip", &ReportFacts::source_ip, false, true},
    FeedbackField{"reporting-mta", &ReportFacts::reporting_mta, false, true},
    FeedbackField{"original-envelope-id", nullptr, false, true},
    FeedbackField{"arrival-date", nullptr, false, true},
    // [RFC5965 7.3] the old name of Arrival-Date; the two exclude each other.
    FeedbackField{"received-date", nullptr, false, true},
    FeedbackField{"incidents", nullptr, false, true},
    FeedbackField{"original-rcpt-to", &ReportFacts::original_rcpt_to, false, false},
    FeedbackField{"reported-domain", &ReportFacts::reported_domain, false, false},
    FeedbackField{"auth-failure", &ReportFacts::auth_failure, false, true},
};
constexpr std::size_t kArrivalDate = 7;
constexpr std::size_t kReceivedDate = 8;

std::string_view without_brackets(std::string_view value) {
  value = ascii::trim(value);
  if (value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
  return value;
}

}  // namespace

MdnFacts read_disposition_notification(std::string_view text, const Limits& limits, bool& cut) {
  MdnFacts out;
  const auto keep = [&](std::string_view value) {
    return kept(value, limits.kind_string_bytes, cut);
  };
  ReportFields fields(text);
  while (const auto field = fields.next()) {
    if (ascii::equal_ignoring_case(field->name, "final-recipient")) {
      out.final_recipient = keep(value_of_typed(field->value));
    } else if (ascii::equal_ignoring_case(field->name, "original-message-id")) {
      out.original_message_id = keep(field->value);
    } else if (ascii::equal_ignoring_case(field->name, "disposition")) {
      // [RFC8098 3.2.6] action-mode/sending-mode; type/modifier
      out.disposition = keep(field->value);
      const std::string_view value = field->value;
      const std::size_t semicolon = value.find(';');
      const std::string_view type =
          semicolon == std::string_view::npos ? value : value.substr(semicolon + 1);
      const std::string_view word = first_word(type);
      out.disposition_type = keep(ascii::lower(word.substr(0, word.find('/'))));
    }
  }
  return out;
}

ReportFacts read_feedback_report(std::string_view text, const Limits& limits, bool& cut) {
  ReportFacts out;
  std::array<std::size_t, kFields.size()> counts{};
  ReportFields fields(text);
  while (const auto field = fields.next()) {
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      if (!ascii::equal_ignoring_case(field->name, kFields[i].name)) continue;
      if (++counts[i] > 1 || kFields[i].member == nullptr) break;
      out.*kFields[i].member = kept(field->value, limits.kind_string_bytes, cut);
      break;
    }
  }
  out.well_formed = counts[kArrivalDate] == 0 || counts[kReceivedDate] == 0;
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i].is_required && counts[i] == 0) out.well_formed = false;
    if (kFields[i].is_once && counts[i] > 1) out.well_formed = false;
  }
  out.feedback_type = ascii::lower(first_word(out.feedback_type));
  out.auth_failure = ascii::lower(first_word(out.auth_failure));
  out.original_mail_from = without_brackets(out.original_mail_from);
  out.original_rcpt_to = without_brackets(out.original_rcpt_to);
  out.reporting_mta = value_of_typed(out.reporting_mta);
  return out;
}

}  // namespace mailassay::kind
