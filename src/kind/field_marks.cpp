#include "kind/field_marks.h"

#include <algorithm>

#include "base/ascii.h"
#include "kind/field_table.h"

namespace mailassay::kind {
namespace {

/// Values are looked into so far; what is longer is not what it seems.
constexpr std::size_t kMostValue = 1024;

std::string_view begin_of(std::string_view value) {
  return ascii::trim(value.substr(0, kMostValue));
}

void keep_first(std::string_view value, std::string_view& kept) {
  // A field that is there and empty is told apart by its data.
  if (kept.data() == nullptr) kept = value;
}

/// [RFC3834 5] "auto-" keyword, with parameters and comments behind it.
void read_auto_submitted(std::string_view value, FieldMarks& out) {
  const std::string_view word = begin_of(value);
  const std::size_t size = std::min(word.find_first_of(" \t\r\n;("), word.size());
  const std::string_view keyword = word.substr(0, size);
  if (keyword.empty() || ascii::equal_ignoring_case(keyword, "no")) return;
  if (ascii::equal_ignoring_case(keyword, "auto-replied")) {
    out.marks.add(Reason::auto_replied);
  } else if (ascii::equal_ignoring_case(keyword, "auto-generated")) {
    out.marks.add(Reason::auto_generated);
  } else if (ascii::equal_ignoring_case(keyword, "auto-notified")) {
    out.marks.add(Reason::auto_notified);
  } else {
    out.marks.add(Reason::auto_submitted);
  }
}

void read_precedence(std::string_view value, FieldMarks& out) {
  const std::string_view word = begin_of(value);
  if (begins_with(word, "list")) {
    out.marks.add(Reason::precedence_list);
  } else if (begins_with(word, "bulk") || begins_with(word, "junk")) {
    out.marks.add(Reason::precedence_bulk);
  } else if (begins_with(word, "auto_reply") || begins_with(word, "auto-reply")) {
    out.marks.add(Reason::precedence_auto);
  }
}

constexpr std::string_view kReplySubjects[] = {
    "auto:",
    "auto response:",
    "auto-response:",
    "auto reply:",
    "auto-reply:",
    "autoreply:",
    "automatic reply:",
    "out of office:",
    "out of office autoreply:",
    "out of the office:",
    "abwesenheitsnotiz:",
    "automatische antwort:",
    "automatisch antwoord:",
    "respuesta autom",
    "risposta automatica:",
    "resposta autom",
};

constexpr std::string_view kExternalTags[] = {"[external]", "[ext]", "[extern]",
                                              "external:", "[external email]"};

void read_subject(std::string_view value, FieldMarks& out) {
  const std::string_view text = begin_of(value);
  if (!first_begin(text, kReplySubjects).empty()) out.marks.add(Reason::auto_reply_subject);
  if (!first_begin(text, kExternalTags).empty()) out.handling.external_tag = true;
  // [RFC9990 3.5.2] "Report Domain:" ... "Submitter:" ...
  if (begins_with(text, "report domain:") && contains(text, "submitter:")) {
    out.marks.add(Reason::dmarc_subject);
  }
}

void read_from(std::string_view value, FieldMarks& out) {
  const std::string_view text = value.substr(0, kMostValue);
  out.daemon_from = contains(text, "mailer-daemon");
  out.postmaster_from = contains(text, "postmaster@") || contains(text, "microsoftexchange329e");
}

void read_return_path(std::string_view value, FieldMarks& out) {
  const std::string_view path = begin_of(value);
  out.null_return_path = path == "<>" || path == "< >";
  out.daemon_return_path =
      begins_with(path, "<mailer-daemon") || begins_with(path, "mailer-daemon");
  constexpr std::string_view kSrs[] = {"srs0=", "srs1=", "srs0+", "srs1+", "srs0-", "srs1-"};
  const std::string_view local = path.substr(path.starts_with('<') ? 1 : 0);
  const std::size_t equal = local.find('=');
  const std::size_t at = local.rfind('@');
  if (!first_begin(local, kSrs).empty()) {
    out.traits.rewriting = Rewriting::srs;
  } else if (begins_with(local, "prvs=") || begins_with(local, "btv1=")) {
    out.traits.rewriting = Rewriting::batv;
  } else if (contains(local, "+caf_=")) {
    out.traits.rewriting = Rewriting::gmail_caf;
  } else if (equal != std::string_view::npos && at != std::string_view::npos && equal < at &&
             local.substr(equal, at - equal).find('.') != std::string_view::npos) {
    // list-bounces+user=example.org@list: a domain stands behind the equal sign.
    out.traits.rewriting = Rewriting::verp;
  }
}

/// [RFC2369 3.4] NO: a list that takes no postings.
void read_list_post(std::string_view value, FieldMarks& out) {
  out.has_list_field = true;
  const std::string_view text = begin_of(value);
  const bool is_no = begins_with(text, "no") && (text.size() == 2 || !ascii::is_alnum(text[2]));
  out.has_list_post = !is_no;
  if (!is_no) out.marks.add(Reason::list_post);
}

void read_mailer(std::string_view value, FieldMarks& out) {
  struct Mailer {
    std::string_view begin;
    Esp esp;
  };
  constexpr Mailer kMailers[] = {{"mailchimp mailer", Esp::mailchimp},
                                 {"create send", Esp::campaign_monitor},
                                 {"nlserver, build", Esp::adobe_campaign},
                                 {"customer.io", Esp::customer_io},
                                 {"sendinblue", Esp::brevo},
                                 {"activecampaign mailer", Esp::activecampaign}};
  const std::string_view text = begin_of(value);
  for (const Mailer& mailer : kMailers) {
    if (begins_with(text, mailer.begin) && out.traits.esp == Esp::none) {
      out.traits.esp = mailer.esp;
      out.marks.add(Reason::esp_field);
    }
  }
}

void read_feedback_id(std::string_view value, FieldMarks& out) {
  out.marks.add(Reason::feedback_id);
  if (out.traits.esp == Esp::none && contains(value.substr(0, kMostValue), ":amazonses")) {
    out.traits.esp = Esp::amazon_ses;
    out.marks.add(Reason::esp_field);
  }
}

void read_delivered_to(std::string_view value, FieldMarks& out) {
  // ezmlm: "mailing list list@example.org".
  if (begins_with(begin_of(value), "mailing list ")) {
    out.marks.add(Reason::list_manager);
  } else {
    // Yahoo: "a@example.org; Mon, 1 Jan 2024 ...".
    keep_first(value.substr(0, value.find(';')), out.delivered_to);
  }
}

/// owner-LIST of Majordomo, LIST-owner and LIST-bounces of others.
void read_sender(std::string_view value, FieldMarks& out) {
  std::string_view address = begin_of(value);
  const std::size_t open = address.rfind('<');
  if (open != std::string_view::npos) address.remove_prefix(open + 1);
  if (begins_with(address, "owner-") || contains(address, "-owner@") ||
      contains(address, "-bounces@")) {
    out.marks.add(Reason::list_manager);
  }
}

bool is_no(std::string_view value) { return ascii::equal_ignoring_case(begin_of(value), "no"); }

void read_field(const FieldRule& rule, std::string_view value, FieldMarks& out) {
  switch (rule.meaning) {
    case Meaning::content_type:
      return keep_first(value, out.content_type);
    case Meaning::content_disposition:
      return keep_first(value, out.content_disposition);
    case Meaning::content_encoding:
      return keep_first(value, out.content_encoding);
    case Meaning::subject:
      if (out.subject.data() == nullptr) read_subject(value, out);
      return keep_first(value, out.subject);
    case Meaning::from:
      if (out.from.data() == nullptr) read_from(value, out);
      return keep_first(value, out.from);
    case Meaning::to:
      out.has_to = true;
      return keep_first(value, out.to);
    case Meaning::cc:
      out.has_to = true;
      return keep_first(value, out.cc);
    case Meaning::bcc:
      out.handling.has_bcc = true;
      return;
    case Meaning::reply_to:
      return keep_first(value, out.reply_to);
    case Meaning::sender:
      return read_sender(value, out);
    case Meaning::return_path:
      if (out.return_path.data() == nullptr) read_return_path(value, out);
      return keep_first(value, out.return_path);
    case Meaning::delivered_to:
      return read_delivered_to(value, out);
    case Meaning::original_from:
      return keep_first(value, out.original_from);
    case Meaning::auto_submitted:
      return read_auto_submitted(value, out);
    case Meaning::precedence:
      return read_precedence(value, out);
    case Meaning::list_id:
      out.has_list_field = true;
      out.marks.add(Reason::list_id);
      return keep_first(value, out.list_id);
    case Meaning::list_post:
      return read_list_post(value, out);
    case Meaning::list_unsubscribe:
      out.has_list_field = true;
      out.marks.add(Reason::list_unsubscribe);
      ++out.list_unsubscribes;
      return keep_first(value, out.list_unsubscribe);
    case Meaning::list_unsubscribe_post:
      ++out.list_unsubscribe_posts;
      return keep_first(value, out.list_unsubscribe_post);
    case Meaning::list_other:
      out.has_list_field = true;
      return;
    case Meaning::feedback_id:
      return read_feedback_id(value, out);
    case Meaning::mailer:
      return read_mailer(value, out);
    case Meaning::suppress:
      out.suppresses_replies = true;
      return;
    case Meaning::apple_action:
      if (begins_with(begin_of(value), "vacation")) out.marks.add(Reason::auto_reply_field);
      return;
    case Meaning::content_class:
      if (contains(value.substr(0, kMostValue), "calendarmessage")) {
        out.marks.add(Reason::calendar_class);
        out.calendar_field = true;
      }
      return;
    case Meaning::calendar:
      out.calendar_field = true;
      return;
    case Meaning::confidential:
      out.confidential_field = true;
      return;
    case Meaning::failed_recipients:
      out.marks.add(Reason::failed_recipients_field);
      return keep_first(value, out.failed_recipients);
    case Meaning::tls_domain:
      return keep_first(value, out.tls_domain);
    case Meaning::tls_submitter:
      return keep_first(value, out.tls_submitter);
    case Meaning::mark:
      if (!is_no(value)) out.marks.add(static_cast<Reason>(rule.value));
      return;
    case Meaning::esp:
      out.marks.add(Reason::esp_field);
      if (out.traits.esp == Esp::none) out.traits.esp = static_cast<Esp>(rule.value);
      return;
    case Meaning::gateway:
      if (out.handling.gateway == Gateway::none) {
        out.handling.gateway = static_cast<Gateway>(rule.value);
      }
      return;
  }
}

}  // namespace

bool begins_with(std::string_view text, std::string_view begin) noexcept {
  return text.size() >= begin.size() &&
         ascii::equal_ignoring_case(text.substr(0, begin.size()), begin);
}

std::string_view first_begin(std::string_view text,
                             std::span<const std::string_view> begins) noexcept {
  for (const std::string_view begin : begins) {
    if (begins_with(text, begin)) return begin;
  }
  return {};
}

bool contains(std::string_view text, std::string_view needle) noexcept {
  if (text.size() < needle.size()) return false;
  const char lower = needle.front();
  const char upper = ascii::is_alpha(lower) ? static_cast<char>(lower - ('a' - 'A')) : lower;
  const std::size_t last = text.size() - needle.size();
  for (std::size_t at = 0; at <= last; ++at) {
    if (text[at] != lower && text[at] != upper) continue;
    if (begins_with(text.substr(at), needle)) return true;
  }
  return false;
}

FieldMarks read_fields(const message::HeaderIndex& header) {
  FieldMarks out;
  for (const message::HeaderField& field : header.fields()) {
    const FieldRule* const rule = find_rule(header.name(field));
    if (rule != nullptr) read_field(*rule, header.value(field), out);
  }
  out.handling.no_recipients = !out.has_to;
  // [RFC8460 5.3] both stand in the header of a TLS report.
  if (!out.tls_domain.empty() && !out.tls_submitter.empty()) out.marks.add(Reason::tls_fields);
  return out;
}

}  // namespace mailassay::kind
