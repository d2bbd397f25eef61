// The header fields that say something of the kind, found by name in a few nanoseconds.
#ifndef MAILASSAY_KIND_FIELD_TABLE_H
#define MAILASSAY_KIND_FIELD_TABLE_H

#include <cstdint>
#include <span>
#include <string_view>

namespace mailassay::kind {

/// What is to be done with the field.
enum class Meaning : std::uint8_t {
  content_type,
  content_disposition,
  content_encoding,
  subject,
  from,
  to,
  cc,
  bcc,
  reply_to,
  sender,
  return_path,
  delivered_to,
  original_from,
  auto_submitted,
  precedence,
  list_id,
  list_post,
  list_unsubscribe,
  list_unsubscribe_post,
  list_other,
  feedback_id,
  mailer,
  suppress,
  apple_action,
  content_class,
  calendar,
  confidential,
  failed_recipients,
  tls_domain,
  tls_submitter,
  mark,     ///< FieldRule::value is a Reason
  esp,      ///< FieldRule::value is an Esp
  gateway,  ///< FieldRule::value is a Gateway
};

struct FieldRule {
  std::string_view name;  ///< lower case
  Meaning meaning;
  std::uint8_t value = 0;
};

/// The rule of a field name in whatever case; null if there is none.
const FieldRule* find_rule(std::string_view name) noexcept;

std::span<const FieldRule> field_rules();

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_FIELD_TABLE_H
