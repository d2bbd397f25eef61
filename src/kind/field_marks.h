// The one pass over the header fields: what each says of the kind, and where those values lie that
// are looked at again.
#ifndef MAILASSAY_KIND_FIELD_MARKS_H
#define MAILASSAY_KIND_FIELD_MARKS_H

#include <cstddef>
#include <span>
#include <string_view>

#include "mailassay/kind.h"
#include "message/header_index.h"

namespace mailassay::kind {

/// Values are of the topmost field of a name, untrimmed; empty: there is none.
/// Lifetime: views of the header block.
struct FieldMarks {
  ReasonSet marks;
  Traits traits;
  Handling handling;
  std::string_view content_type;
  std::string_view content_disposition;
  std::string_view content_encoding;
  std::string_view subject;
  std::string_view from;
  std::string_view to;
  std::string_view cc;
  std::string_view reply_to;
  std::string_view return_path;
  std::string_view delivered_to;
  std::string_view original_from;  ///< X-Original-From and its like: From was munged
  std::string_view list_id;
  std::string_view list_unsubscribe;
  std::string_view list_unsubscribe_post;
  std::string_view failed_recipients;
  std::string_view tls_domain;
  std::string_view tls_submitter;
  unsigned list_unsubscribes = 0;       ///< counts the fields
  unsigned list_unsubscribe_posts = 0;  ///< counts the fields
  bool has_list_field = false;
  bool has_list_post = false;       ///< other than NO
  bool suppresses_replies = false;  ///< X-Auto-Response-Suppress
  bool null_return_path = false;
  bool daemon_return_path = false;  ///< <MAILER-DAEMON>, as Sendmail wrote for the null path
  bool daemon_from = false;         ///< from mailer-daemon
  bool postmaster_from = false;     ///< from postmaster or Exchange's own address
  bool calendar_field = false;      ///< a field that calendar messages of Exchange or Google have
  bool confidential_field = false;  ///< a field of a service for confidential mail
  bool has_to = false;
};

FieldMarks read_fields(const message::HeaderIndex& header);

/// Whether `text` has `needle`, which is in lower case, in whatever case.
bool contains(std::string_view text, std::string_view needle) noexcept;
/// Whether `text` begins so, in whatever case; `begin` is in lower case.
bool begins_with(std::string_view text, std::string_view begin) noexcept;
/// The first of `begins` that `text` begins with, or an empty one.
std::string_view first_begin(std::string_view text,
                             std::span<const std::string_view> begins) noexcept;

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_FIELD_MARKS_H
