#include "kind/delivery_status.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "kind/bounce_category.h"
#include "kind/report_fields.h"
#include "message/header_index.h"

namespace mailassay::kind {
namespace {

constexpr std::size_t kMostOriginalHeader = std::size_t{64} * 1024;

/// [RFC3464 2.2] and [RFC3464 2.3]; what is not here is passed over.
enum class Field : std::uint8_t {
  reporting_mta,
  envelope_id,
  original_recipient,
  final_recipient,
  action,
  status,
  remote_mta,
  diagnostic,
  other,
};

struct FieldName {
  std::string_view name;
  Field field;
};
constexpr std::array kNames = {
    FieldName{"reporting-mta", Field::reporting_mta},
    FieldName{"original-envelope-id", Field::envelope_id},
    FieldName{"original-recipient", Field::original_recipient},
    FieldName{"final-recipient", Field::final_recipient},
    FieldName{"action", Field::action},
    FieldName{"status", Field::status},
    FieldName{"remote-mta", Field::remote_mta},
    FieldName{"diagnostic-code", Field::diagnostic},
};

Field field_of(std::string_view name) {
  for (const FieldName& one : kNames) {
    if (ascii::equal_ignoring_case(one.name, name)) return one.field;
  }
  return Field::other;
}

/// [RFC3464 2.3.3]
Action action_of(std::string_view value) {
  const std::string word = ascii::lower(first_word(value));
  for (const Action action :
       {Action::failed, Action::delayed, Action::delivered, Action::relayed, Action::expanded}) {
    if (word == word_of(action)) return action;
  }
  return Action::unknown;
}

class StatusReader {
 public:
  StatusReader(const Limits& limits, DsnFacts& out, bool& cut)
      : limits_(limits), out_(out), cut_(cut) {}

  void run(std::string_view text) {
    ReportFields fields(text);
    while (const auto field = fields.next()) {
      const Field name = field_of(field->name);
      if (name == Field::other) continue;
      if (name == Field::reporting_mta) {
        // [RFC3464 2.2.2]
        if (out_.reporting_mta.empty()) out_.reporting_mta = keep(value_of_typed(field->value));
      } else if (name == Field::envelope_id) {
        if (out_.original_envelope_id.empty()) out_.original_envelope_id = keep(field->value);
      } else {
        take(name, field->value, fields.begins_group());
      }
    }
    for (DsnRecipient& recipient : out_.recipients) categorize(recipient);
  }

 private:
  std::string keep(std::string_view value) { return kept(value, limits_.kind_string_bytes, cut_); }

  static std::uint32_t bit(Field field) { return 1U << static_cast<unsigned>(field); }

  /// A field that the recipient has already belongs to the next one. Behind an empty line so does
  /// an address, if the recipient has its Final-Recipient.
  bool begins_recipient(Field name, bool begins_group) const {
    if (!has_recipient_ || (seen_ & bit(name)) != 0) return true;
    const bool is_address = name == Field::final_recipient || name == Field::original_recipient;
    return begins_group && is_address && (seen_ & bit(Field::final_recipient)) != 0;
  }

  void take(Field name, const std::string& value, bool begins_group) {
    if (begins_recipient(name, begins_group)) {
      has_recipient_ = true;
      seen_ = 0;
      recipient_ = add_recipient(limits_, out_, cut_);
    }
    seen_ |= bit(name);
    if (recipient_ == nullptr) return;
    switch (name) {
      case Field::final_recipient:
        recipient_->final_recipient = keep(value_of_typed(value));
        break;
      case Field::original_recipient:
        recipient_->original_recipient = keep(value_of_typed(value));
        break;
      case Field::action:
        recipient_->action = action_of(value);
        break;
      case Field::status:
        // [RFC3464 2.3.4] a comment may follow; some write a reply code in front.
        recipient_->status = find_status(value);
        if (recipient_->diagnostic.empty()) recipient_->diagnostic = keep(comment_of(value));
        break;
      case Field::remote_mta:
        recipient_->remote_mta = keep(value_of_typed(value));
        break;
      case Field::diagnostic:
        take_diagnostic(value);
        break;
      default:
        break;
    }
  }

  /// What stands in parentheses: the reason, where there is no Diagnostic-Code.
  static std::string_view comment_of(std::string_view value) {
    const std::size_t open = value.find('(');
    if (open == std::string_view::npos) return {};
    const std::size_t close = value.find(')', open);
    return value.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
  }

  /// [RFC3464 2.3.6] type and text; the type is left out by some.
  void take_diagnostic(std::string_view value) {
    const std::string_view type = type_of_typed(value);
    const bool has_type = !type.empty() && type.find(' ') == std::string_view::npos;
    if (has_type) {
      recipient_->diagnostic_type = keep(ascii::lower(type));
      value.remove_prefix(value.find(';') + 1);
    }
    recipient_->diagnostic = keep(ascii::trim(value));
  }

  const Limits& limits_;
  DsnFacts& out_;
  bool& cut_;
  DsnRecipient* recipient_ = nullptr;
  bool has_recipient_ = false;
  std::uint32_t seen_ = 0;
};

}  // namespace

DsnRecipient* add_recipient(const Limits& limits, DsnFacts& out, bool& cut) {
  ++out.recipients_seen;
  if (out.recipients.size() >= limits.dsn_recipients) {
    cut = true;
    return nullptr;
  }
  return &out.recipients.emplace_back();
}

void read_delivery_status(std::string_view text, const Limits& limits, DsnFacts& out, bool& cut) {
  StatusReader(limits, out, cut).run(text);
}

OriginalFields read_original(std::string_view header, const Limits& limits, bool& cut) {
  message::HeaderIndex index;
  index.build(header.substr(0, kMostOriginalHeader));
  const auto value_of = [&](std::string_view name) {
    const std::uint32_t found = index.first(name);
    if (found == message::HeaderIndex::kNone) return std::string();
    return kept(ascii::trim(index.value(index.fields()[found])), limits.kind_string_bytes, cut);
  };
  return {value_of("message-id"), value_of("from")};
}

}  // namespace mailassay::kind
