#include "envelope/transit_reader.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "envelope/client_address.h"
#include "envelope/received_field.h"
#include "envelope/trace_text.h"

namespace mailassay::envelope {
namespace {

using message::HeaderField;
using message::HeaderIndex;

struct MarkName {
  std::string_view field;
  MarkKind kind;
};
constexpr MarkName kMarks[] = {
    {"return-path", MarkKind::return_path},
    {"x-envelope-from", MarkKind::envelope_from},
    {"x-original-from", MarkKind::envelope_from},
    {"x-mail-from", MarkKind::envelope_from},
    {"delivered-to", MarkKind::envelope_to},
    {"x-original-to", MarkKind::envelope_to},
    {"envelope-to", MarkKind::envelope_to},
    {"x-envelope-to", MarkKind::envelope_to},
    {"x-ms-exchange-organization-authas", MarkKind::exchange_auth_as},
};

/// So many hops most messages have at most: a place for each is made at once.
constexpr std::size_t kCommonHops = 8;
constexpr std::size_t kCommonMarks = 4;

class Reader {
 public:
  Reader(const HeaderIndex& header, const Limits& limits) : header_(header), limits_(limits) {
    recorded_limits_.field_bytes = limits.transit_field_bytes;
    recorded_limits_.value_bytes = limits.transit_value_bytes;
  }

  TransitFacts read() {
    for (std::size_t i = 0; i < header_.fields().size(); ++i) {
      const HeaderField& field = header_.fields()[i];
      // Most fields are none of ours: their first letter says so.
      const std::string_view name = header_.name(field);
      const char initial = name.empty() ? '\0' : ascii::to_lower(name.front());
      if (std::string_view("radex").find(initial) == std::string_view::npos) continue;
      read_field(field, static_cast<std::uint32_t>(i));
    }
    return std::move(facts_);
  }

 private:
  void note(TransitNote note) {
    const auto found = std::find(facts_.notes.begin(), facts_.notes.end(), note);
    if (found == facts_.notes.end()) facts_.notes.push_back(note);
  }

  void read_field(const HeaderField& field, std::uint32_t position) {
    const std::string_view name = header_.name(field);
    const std::string_view value = header_.value(field);
    if (ascii::equal_ignoring_case(name, "received")) {
      add_hop(value, position);
    } else if (ascii::equal_ignoring_case(name, "authentication-results")) {
      add_recorded(value, position, read_authentication_results);
    } else if (ascii::equal_ignoring_case(name, "received-spf")) {
      add_recorded(value, position, read_received_spf);
    } else if (ascii::equal_ignoring_case(name, "x-forefront-antispam-report")) {
      add_forefront(value, position);
    } else {
      for (const MarkName& mark : kMarks) {
        if (!ascii::equal_ignoring_case(name, mark.field)) continue;
        add_mark(mark.kind, address_in(value), position);
        return;
      }
    }
  }

  void add_hop(std::string_view value, std::uint32_t position) {
    if (facts_.hops.size() >= limits_.transit_hops) return note(TransitNote::hops_cut);
    if (facts_.hops.empty()) facts_.hops.reserve(kCommonHops);
    ReceivedField field = read_received(value, limits_);
    if (field.field_cut) note(TransitNote::field_cut);
    if (field.value_cut) note(TransitNote::value_cut);
    field.hop.position = position;
    facts_.hops.push_back(std::move(field.hop));
  }

  void add_recorded(std::string_view value, std::uint32_t position,
                    Recorded (*reader)(std::string_view, const RecordedLimits&)) {
    if (facts_.recorded.size() >= limits_.transit_results) return note(TransitNote::results_cut);
    Recorded recorded = reader(value, recorded_limits_);
    if (recorded.fault == RecordedFault::over_limit) note(TransitNote::results_cut);
    recorded.position = position;
    facts_.recorded.push_back(std::move(recorded));
  }

  /// CIP:192.0.2.1;CTRY:US;...;H:mx.example.org;PTR:mx.example.org;...
  void add_forefront(std::string_view value, std::uint32_t position) {
    Cursor cursor(front_of(value));
    while (!cursor.at_end()) {
      const std::string_view item = ascii::trim(cursor.take_while([](char c) { return c != ';'; }));
      cursor.take(';');
      const std::size_t colon = std::min(item.find(':'), item.size());
      const std::string_view key = item.substr(0, colon);
      const std::string_view text = item.substr(std::min(colon + 1, item.size()));
      if (key == "CIP") {
        std::string address = address_from_trace(text);
        if (!address.empty()) add_mark(MarkKind::forefront_ip, address, position);
      } else if (key == "H" && !text.empty()) {
        add_mark(MarkKind::forefront_helo, text, position);
      } else if (key == "PTR" && !text.empty()) {
        add_mark(MarkKind::forefront_rdns, text, position);
      }
    }
  }

  std::string_view front_of(std::string_view value) {
    if (value.size() > limits_.transit_field_bytes) note(TransitNote::field_cut);
    return value.substr(0, limits_.transit_field_bytes);
  }

  /// The address in angle brackets if there is one, else the value without comments around it.
  std::string_view address_in(std::string_view value) {
    Cursor cursor(front_of(value));
    cursor.skip_fws();
    while (!cursor.at_end() && cursor.peek() == '(') {
      take_comment(cursor);
      cursor.skip_fws();
    }
    if (cursor.peek() == '<') return without_brackets(take_bracketed(cursor));
    return ascii::trim(cursor.rest());
  }

  void add_mark(MarkKind kind, std::string_view value, std::uint32_t position) {
    if (facts_.marks.size() >= limits_.transit_marks) return note(TransitNote::marks_cut);
    if (value.size() > limits_.transit_value_bytes) {
      note(TransitNote::value_cut);
      value = value.substr(0, limits_.transit_value_bytes);
    }
    if (facts_.marks.empty()) facts_.marks.reserve(kCommonMarks);
    facts_.marks.push_back({kind, position, std::string(value)});
  }

  const HeaderIndex& header_;
  const Limits& limits_;
  RecordedLimits recorded_limits_;
  TransitFacts facts_;
};

}  // namespace

TransitFacts read_transit(const HeaderIndex& header, const Limits& limits) {
  return Reader(header, limits).read();
}

}  // namespace mailassay::envelope
