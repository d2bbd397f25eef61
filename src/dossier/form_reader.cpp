#include "dossier/form_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "base/ascii.h"

namespace mailassay {
namespace {

/// Fields that mail programs and stores add to what they keep. A final `-` stands for all names
/// that begin so.
constexpr std::array<std::string_view, 27> kStoreFields = {
    "x-mozilla-",
    "x-account-key",
    "x-uidl",
    "x-gm-",
    "x-gmail-",
    "status",
    "x-status",
    "x-keywords",
    "x-uid",
    "x-imap",
    "x-imapbase",
    "content-length",
    "lines",
    "x-tuid",
    "x-offlineimap",
    "x-evolution",
    "x-evolution-",
    "x-kmail-",
    "x-apple-",
    "x-sylpheed-",
    "x-claws-",
    "x-uniform-type-identifier",
    "x-universally-unique-identifier",
    "x-folder",
    "x-zimbra-",
    "x-mailstore-",
    "x-imapbackup-",
};

/// What a mail program puts into what was not sent yet, and takes out when it is.
struct DraftField {
  std::string_view name;
  std::string_view value;  ///< empty: any
};
constexpr DraftField kDraftFields[] = {
    {"x-unsent", "1"},                                      // Outlook, Windows Mail
    {"x-mozilla-draft-info", ""},                           // Thunderbird
    {"x-apple-auto-saved", "1"},                            // Apple Mail
    {"x-uniform-type-identifier", "com.apple.mail-draft"},  // Apple Mail
};

/// What systems that keep customers' records put into the mail that they write.
constexpr std::array<std::string_view, 5> kCustomerSystemFields = {"x-crm-", "x-odoo-", "x-sfdc-",
                                                                   "x-hubspot-", "x-zendesk-"};

/// All that the monthly text files of pipermail keep.
constexpr std::array<std::string_view, 6> kPipermailFields = {
    "from", "date", "subject", "in-reply-to", "references", "message-id"};

constexpr std::array<std::string_view, 5> kTransitFields = {
    "received", "return-path", "delivered-to", "x-original-to", "x-received"};

/// What Exchange writes when it makes MIME from its store. The last one it writes for nobody else;
/// but mail that was sent so keeps it.
enum ExchangeMark : unsigned { has_attach = 1, tnef_correlator = 2, review_type = 4 };
constexpr unsigned kAllExchangeMarks = 7;

bool starts_with(std::string_view name, std::string_view lower_prefix) noexcept {
  return name.size() >= lower_prefix.size() &&
         ascii::equal_ignoring_case(name.substr(0, lower_prefix.size()), lower_prefix);
}

bool is_called(std::string_view name, std::string_view pattern) noexcept {
  if (name.size() < pattern.size()) return false;
  if (pattern.back() == '-') return name.size() > pattern.size() && starts_with(name, pattern);
  return ascii::equal_ignoring_case(name, pattern);
}

/// The third letter tells nearly all names apart from nearly all patterns.
template <std::size_t Size>
bool is_one_of(std::string_view name, const std::array<std::string_view, Size>& patterns) noexcept {
  if (name.size() < 3) return false;
  const char third = ascii::to_lower(name[2]);
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return pattern[2] == third && is_called(name, pattern);
  });
}

unsigned exchange_mark(std::string_view name) noexcept {
  if (ascii::equal_ignoring_case(name, "x-ms-has-attach")) return has_attach;
  if (ascii::equal_ignoring_case(name, "x-ms-tnef-correlator")) return tnef_correlator;
  if (ascii::equal_ignoring_case(name, "x-ms-exchange-organization-recordreviewcfmtype")) {
    return review_type;
  }
  return 0;
}

/// Finds `what`, in lower case, whatever the case of `text`.
bool contains(std::string_view text, std::string_view what) noexcept {
  return std::search(text.begin(), text.end(), what.begin(), what.end(),
                     [](char a, char b) { return ascii::to_lower(a) == b; }) != text.end();
}

/// `name at domain (Name)`, as web archives write addresses.
bool is_obfuscated(std::string_view from) noexcept {
  return from.find('@') == std::string_view::npos && contains(from, " at ");
}

/// Whether one of the labels of Gmail's export is that of drafts.
bool has_draft_label(std::string_view labels) noexcept {
  while (true) {
    const std::size_t end = std::min(labels.find(','), labels.size());
    const std::string_view label = ascii::trim(labels.substr(0, end));
    if (ascii::equal_ignoring_case(label, "drafts")) return true;
    if (end == labels.size()) return false;
    labels.remove_prefix(end + 1);
  }
}

bool is_draft_mark(std::string_view name, std::string_view value) noexcept {
  if (ascii::equal_ignoring_case(name, "x-gmail-labels")) return has_draft_label(value);
  return std::any_of(std::begin(kDraftFields), std::end(kDraftFields), [&](const auto& field) {
    return ascii::equal_ignoring_case(name, field.name) &&
           (field.value.empty() || ascii::equal_ignoring_case(ascii::trim(value), field.value));
  });
}

void read_content_type(std::string_view value, FormFacts& facts) noexcept {
  facts.names_parts = starts_with(ascii::trim(value), "multipart/");
  facts.libpst_boundary = contains(value, "boundary-libpst-iamunique-");
}

}  // namespace

FormFacts read_form(const message::HeaderIndex& header) {
  FormFacts facts;
  unsigned exchange_marks = 0;
  std::size_t kept_by_pipermail = 0;
  for (const message::HeaderField& field : header.fields()) {
    const std::string_view name = header.name(field);
    switch (ascii::to_lower(name.empty() ? ' ' : name.front())) {
      case 'x':
        facts.store_fields = facts.store_fields || is_one_of(name, kStoreFields);
        facts.libpst_fields = facts.libpst_fields || starts_with(name, "x-libpst-forensic-");
        exchange_marks |= exchange_mark(name);
        facts.draft_marks = facts.draft_marks || is_draft_mark(name, header.value(field));
        facts.crm_marks = facts.crm_marks || is_one_of(name, kCustomerSystemFields);
        break;
      case 's':
      case 'l':
        facts.store_fields = facts.store_fields || is_one_of(name, kStoreFields);
        break;
      case 'c':
        facts.store_fields = facts.store_fields || is_one_of(name, kStoreFields);
        if (ascii::equal_ignoring_case(name, "content-type")) {
          read_content_type(header.value(field), facts);
        }
        break;
      case 'f':
        if (ascii::equal_ignoring_case(name, "from")) {
          facts.obfuscated_from = is_obfuscated(header.value(field));
        }
        break;
      default:
        break;
    }
    if (is_one_of(name, kPipermailFields)) ++kept_by_pipermail;
    facts.has_transit = facts.has_transit || is_one_of(name, kTransitFields);
  }
  facts.exchange_fields = exchange_marks == kAllExchangeMarks;
  facts.few_fields = kept_by_pipermail != 0 && kept_by_pipermail == header.fields().size();
  return facts;
}

}  // namespace mailassay
