#include "spf/record.h"

#include <algorithm>
#include <array>

#include "base/cursor.h"
#include "dns/ip_address.h"
#include "spf/macro.h"

namespace mailassay::spf {
namespace {

constexpr std::string_view kVersion = "v=spf1";

struct KindName {
  std::string_view name;
  Kind kind;
};
constexpr std::array kKinds = {
    KindName{"all", Kind::all}, KindName{"include", Kind::include}, KindName{"a", Kind::a},
    KindName{"mx", Kind::mx},   KindName{"ptr", Kind::ptr},         KindName{"ip4", Kind::ip4},
    KindName{"ip6", Kind::ip6}, KindName{"exists", Kind::exists},
};

bool is_name_octet(char c) noexcept {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/// 0, or digits without leading zero, up to `most`. [RFC7208 5.6 ip4-cidr-length]
std::optional<unsigned> prefix_length(std::string_view digits, unsigned most) {
  if (digits.empty() || digits.size() > 3 || (digits.front() == '0' && digits.size() > 1)) {
    return std::nullopt;
  }
  unsigned value = 0;
  for (const char c : digits) {
    if (!ascii::is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

/// Takes "/" and digits, or "//" and digits, from the end; false if the number is out of range.
bool take_prefix(std::string_view& rest, std::string_view slashes, unsigned most, unsigned& bits) {
  std::size_t start = rest.size();
  while (start > 0 && ascii::is_digit(rest[start - 1])) --start;
  if (start == rest.size() || !rest.substr(0, start).ends_with(slashes)) return true;
  const auto value = prefix_length(rest.substr(start), most);
  if (!value) return false;
  bits = *value;
  rest.remove_suffix(rest.size() - start + slashes.size());
  return true;
}

bool take_dual_prefix(std::string_view& rest, Mechanism& mechanism) {
  return take_prefix(rest, "//", 128, mechanism.prefix6) &&
         take_prefix(rest, "/", 32, mechanism.prefix4);
}

/// ":" domain-spec, or nothing where that is allowed.
bool read_domain_spec(std::string_view rest, bool may_be_absent, Mechanism& mechanism) {
  if (rest.empty()) return may_be_absent;
  if (rest.front() != ':') return false;
  mechanism.domain_spec = rest.substr(1);
  return is_domain_spec(mechanism.domain_spec);
}

bool read_network(std::string_view rest, Mechanism& mechanism) {
  if (rest.empty() || rest.front() != ':') return false;
  rest.remove_prefix(1);
  if (mechanism.kind == Kind::ip4) {
    if (!take_prefix(rest, "/", 32, mechanism.prefix4)) return false;
    const auto network = dns::ipv4_from_text(rest);
    if (network) mechanism.network.assign(network->begin(), network->end());
  } else {
    if (!take_prefix(rest, "/", 128, mechanism.prefix6)) return false;
    const auto network = dns::ipv6_from_text(rest);
    if (network) mechanism.network.assign(network->begin(), network->end());
  }
  return !mechanism.network.empty();
}

bool read_arguments(std::string_view rest, Mechanism& mechanism) {
  switch (mechanism.kind) {
    case Kind::all:
      return rest.empty();
    case Kind::include:
    case Kind::exists:
      return read_domain_spec(rest, false, mechanism);
    case Kind::ptr:
      return read_domain_spec(rest, true, mechanism);
    case Kind::a:
    case Kind::mx:
      return take_dual_prefix(rest, mechanism) && read_domain_spec(rest, true, mechanism);
    case Kind::ip4:
    case Kind::ip6:
      break;
  }
  return read_network(rest, mechanism);
}

Status take_qualifier(Cursor& cursor) {
  if (cursor.take('-')) return Status::fail;
  if (cursor.take('~')) return Status::softfail;
  if (cursor.take('?')) return Status::neutral;
  cursor.take('+');
  return Status::pass;
}

bool read_directive(std::string_view term, Record& record) {
  Cursor cursor(term);
  Mechanism mechanism;
  mechanism.text = term;
  mechanism.status = take_qualifier(cursor);
  const std::string_view name = cursor.take_while(is_name_octet);
  const auto* const kind = std::find_if(kKinds.begin(), kKinds.end(), [name](const KindName& k) {
    return ascii::equal_ignoring_case(k.name, name);
  });
  if (kind == kKinds.end()) return false;  // unknown mechanisms are errors [RFC7208 4.6]
  mechanism.kind = kind->kind;
  if (!read_arguments(cursor.rest(), mechanism)) return false;
  record.has_all = record.has_all || mechanism.kind == Kind::all;
  record.mechanisms.push_back(std::move(mechanism));
  return true;
}

/// redirect= and exp= at most once each. [RFC7208 6]
bool read_once(std::string_view value, std::string_view& target) {
  if (!target.empty() || !is_domain_spec(value)) return false;
  target = value;
  return true;
}

bool read_modifier(std::string_view name, std::string_view value, Record& record) {
  if (ascii::equal_ignoring_case(name, "redirect")) return read_once(value, record.redirect);
  if (ascii::equal_ignoring_case(name, "exp")) return read_once(value, record.explanation);
  return is_macro_string(value);  // unknown modifiers are ignored [RFC7208 6]
}

bool read_term(std::string_view term, Record& record) {
  Cursor cursor(term);
  if (ascii::is_alpha(cursor.peek())) {
    const std::string_view name = cursor.take_while(is_name_octet);
    if (cursor.take('=')) return read_modifier(name, cursor.rest(), record);
  }
  return read_directive(term, record);
}

}  // namespace

bool is_spf_record(std::string_view text) noexcept {
  return ascii::equal_ignoring_case(text.substr(0, kVersion.size()), kVersion) &&
         (text.size() == kVersion.size() || text[kVersion.size()] == ' ');
}

std::optional<Record> parse_record(std::string_view text) {
  Record record;
  Cursor cursor(text.substr(std::min(text.size(), kVersion.size())));
  while (true) {
    cursor.take_while([](char c) { return c == ' '; });
    if (cursor.at_end()) return record;
    if (!read_term(cursor.take_while([](char c) { return c != ' '; }), record)) {
      return std::nullopt;
    }
  }
}

}  // namespace mailassay::spf
