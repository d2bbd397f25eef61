#include "dns/rdata.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/bytes.h"
#include "base/cursor.h"
#include "dns/ip_address.h"
#include "dns/name.h"
#include "dns/text_escape.h"

namespace mailassay::dns {

namespace {

constexpr std::size_t kMaxRdataBytes = 65535;
constexpr std::size_t kMaxStringBytes = 255;  ///< one character-string [RFC1035 3.3]
constexpr std::size_t kSoaNumbers = 5;

using Read = Result<std::string, RdataError>;

struct TypeName {
  Type type;
  std::string_view name;
};
constexpr std::array<TypeName, 8> kTypeNames = {{{Type::a, "A"},
                                                 {Type::ns, "NS"},
                                                 {Type::cname, "CNAME"},
                                                 {Type::soa, "SOA"},
                                                 {Type::ptr, "PTR"},
                                                 {Type::mx, "MX"},
                                                 {Type::txt, "TXT"},
                                                 {Type::aaaa, "AAAA"}}};

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view take_word(Cursor& cursor) {
  cursor.skip_fws();
  return cursor.take_while([](char c) { return !ascii::is_fws_octet(c); });
}

bool only_space_left(Cursor& cursor) {
  cursor.skip_fws();
  return cursor.at_end();
}

void append_u16(std::string& out, std::uint16_t value) {
  out.push_back(static_cast<char>(value >> 8));
  out.push_back(static_cast<char>(value & 0xFF));
}
void append_u32(std::string& out, std::uint32_t value) {
  append_u16(out, static_cast<std::uint16_t>(value >> 16));
  append_u16(out, static_cast<std::uint16_t>(value & 0xFFFF));
}
std::uint32_t u32_at(std::string_view wire, std::size_t offset) {
  return static_cast<std::uint32_t>(octet(wire[offset])) << 24 |
         static_cast<std::uint32_t>(octet(wire[offset + 1])) << 16 |
         static_cast<std::uint32_t>(octet(wire[offset + 2])) << 8 |
         static_cast<std::uint32_t>(octet(wire[offset + 3]));
}

/// Appends one string of any length as character-strings of at most 255 octets.
void append_strings(std::string& out, std::string_view text) {
  Cursor cursor(text);
  do {
    const std::string_view part = cursor.take_up_to(kMaxStringBytes);
    out.push_back(static_cast<char>(static_cast<unsigned char>(part.size())));
    out.append(part);
  } while (!cursor.at_end());
}

Read unquoted_txt(std::string_view text) {
  std::string value;
  Cursor cursor(text);
  while (!cursor.at_end()) {
    char c = cursor.take_up_to(1).front();
    if (c == '\\' && !take_escape(cursor, c)) return Unexpected(RdataError::bad_escape);
    value.push_back(c);
  }
  std::string out;
  append_strings(out, value);
  return out;
}

/// Reads one character-string, quoted or a bare word, behind the cursor.
Read take_string(Cursor& cursor) {
  const bool quoted = cursor.take('"');
  std::string value;
  while (!cursor.at_end()) {
    char c = cursor.peek();
    if (quoted ? c == '"' : ascii::is_fws_octet(c) || c == '"') break;
    cursor.take(c);
    if (c == '\\' && !take_escape(cursor, c)) return Unexpected(RdataError::bad_escape);
    value.push_back(c);
  }
  if (quoted && !cursor.take('"')) return Unexpected(RdataError::open_quote);
  return value;
}

Read txt_from_text(std::string_view text) {
  text = ascii::trim(text);
  if (!text.starts_with('"')) return unquoted_txt(text);
  std::string out;
  Cursor cursor(text);
  while (!only_space_left(cursor)) {
    auto value = take_string(cursor);
    if (!value) return value;
    append_strings(out, *value);
  }
  return out;
}

Read address_from_text(Type type, std::string_view text) {
  text = ascii::trim(text);
  std::string out;
  if (type == Type::a) {
    const auto address = ipv4_from_text(text);
    if (!address) return Unexpected(RdataError::bad_address);
    out.assign(address->begin(), address->end());
  } else {
    const auto address = ipv6_from_text(text);
    if (!address) return Unexpected(RdataError::bad_address);
    out.assign(address->begin(), address->end());
  }
  return out;
}

/// One name, after any number of numbers of the given width (MX), or two names before (SOA).
Read names_and_numbers(Type type, std::string_view text) {
  Cursor cursor(text);
  std::string out;
  if (type == Type::mx) {
    const auto preference = number_of<std::uint16_t>(take_word(cursor));
    if (!preference) return Unexpected(RdataError::bad_number);
    append_u16(out, *preference);
  }
  const int names = type == Type::soa ? 2 : 1;
  for (int i = 0; i < names; ++i) {
    const auto name = name_to_wire(take_word(cursor));
    if (!name) return Unexpected(RdataError::bad_name);
    out.append(*name);
  }
  if (type == Type::soa) {
    for (std::size_t i = 0; i < kSoaNumbers; ++i) {
      const auto number = number_of<std::uint32_t>(take_word(cursor));
      if (!number) return Unexpected(RdataError::bad_number);
      append_u32(out, *number);
    }
  }
  if (!only_space_left(cursor)) return Unexpected(RdataError::extra_text);
  return out;
}

std::optional<unsigned> hex_digit(char c) {
  if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0');
  c = ascii::to_lower(c);
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  return std::nullopt;
}

/// `\# LENGTH HEX...` [RFC3597 5]
Read generic_from_text(Type type, Cursor cursor) {
  const auto length = number_of<std::uint16_t>(take_word(cursor));
  if (!length) return Unexpected(RdataError::bad_generic);
  std::string digits;
  for (const char c : cursor.rest()) {
    if (!ascii::is_fws_octet(c)) digits.push_back(c);
  }
  if (digits.size() != std::size_t{2} * *length) return Unexpected(RdataError::bad_generic);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto high = hex_digit(digits[i]);
    const auto low = hex_digit(digits[i + 1]);
    if (!high || !low) return Unexpected(RdataError::bad_generic);
    out.push_back(static_cast<char>(*high * 16 + *low));
  }
  return canonical_rdata(type, out);
}

std::string generic_to_text(std::string_view wire) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\\# " + std::to_string(wire.size());
  if (!wire.empty()) out.push_back(' ');
  for (const char c : wire) {
    out.push_back(kHex[octet(c) >> 4]);
    out.push_back(kHex[octet(c) & 0xF]);
  }
  return out;
}

std::string txt_to_text(std::string_view wire) {
  std::string out;
  out.reserve(wire.size() + 8);
  Cursor cursor(wire);
  while (!cursor.at_end()) {
    if (!out.empty()) out.push_back(' ');
    out.push_back('"');
    const std::size_t length = octet(cursor.take_up_to(1).front());
    for (const char c : cursor.take_up_to(length)) {
      if (c == '"' || c == '\\') {
        out.push_back('\\');
        out.push_back(c);
      } else if (c >= ' ' && c <= '~') {
        out.push_back(c);
      } else {
        append_decimal_escape(out, octet(c));
      }
    }
    out.push_back('"');
  }
  return out;
}

/// Octets of the uncompressed name at the front; empty if there is none.
std::optional<std::size_t> name_length(std::string_view wire) {
  std::size_t offset = 0;
  while (offset < wire.size()) {
    const std::size_t length = octet(wire[offset]);
    if (length > kMaxLabelBytes) return std::nullopt;
    offset += 1 + length;
    if (length == 0) return offset <= kMaxNameBytes ? std::optional(offset) : std::nullopt;
  }
  return std::nullopt;
}

struct Layout {
  std::size_t before = 0;  ///< octets before the first name
  int names = 0;
  std::size_t after = 0;  ///< octets after the last name
};

std::optional<Layout> layout_of(Type type) {
  switch (type) {
    case Type::ns:
    case Type::cname:
    case Type::ptr:
      return Layout{0, 1, 0};
    case Type::mx:
      return Layout{2, 1, 0};
    case Type::soa:
      return Layout{0, 2, 4 * kSoaNumbers};
    case Type::a:
      return Layout{4, 0, 0};
    case Type::aaaa:
      return Layout{16, 0, 0};
    case Type::txt:
      break;
  }
  return std::nullopt;
}

/// Name as text with the final dot, as master files have it.
std::string absolute_name(std::string_view wire) {
  auto name = name_from_wire(wire);
  if (!name) return ".";
  if (*name != ".") name->push_back('.');
  return *name;
}

}  // namespace

std::string_view to_string(RdataError error) noexcept {
  switch (error) {
    case RdataError::bad_escape:
      return "broken backslash escape";
    case RdataError::open_quote:
      return "a quoted string does not end";
    case RdataError::bad_address:
      return "not an IP address";
    case RdataError::bad_name:
      return "not a domain name";
    case RdataError::bad_number:
      return "a number is missing or out of range";
    case RdataError::bad_generic:
      return "the generic form \\# LENGTH HEX is broken";
    case RdataError::extra_text:
      return "something follows the data";
    case RdataError::too_long:
      return "more than 65535 octets";
    case RdataError::bad_wire:
      return "the octets do not fit the type";
  }
  return "bad rdata";
}

std::string_view type_name(Type type) noexcept {
  for (const TypeName& entry : kTypeNames) {
    if (entry.type == type) return entry.name;
  }
  return {};
}

std::optional<Type> type_from_number(std::uint64_t number) noexcept {
  for (const TypeName& entry : kTypeNames) {
    if (static_cast<std::uint64_t>(entry.type) == number) return entry.type;
  }
  return std::nullopt;
}

std::optional<Type> type_from_name(std::string_view name) noexcept {
  for (const TypeName& entry : kTypeNames) {
    if (ascii::equal_ignoring_case(entry.name, name)) return entry.type;
  }
  // TYPE16 is TXT. [RFC3597 5]
  if (name.size() > 4 && ascii::equal_ignoring_case(name.substr(0, 4), "TYPE")) {
    const auto number = number_of<std::uint16_t>(name.substr(4));
    if (number) return type_from_number(*number);
  }
  return std::nullopt;
}

Result<std::string, RdataError> rdata_from_text(Type type, std::string_view text) {
  Cursor cursor(text);
  cursor.skip_fws();
  if (cursor.take("\\#") && (cursor.at_end() || ascii::is_fws_octet(cursor.peek()))) {
    return generic_from_text(type, cursor);
  }
  auto wire = [&]() -> Read {
    switch (type) {
      case Type::txt:
        return txt_from_text(text);
      case Type::a:
      case Type::aaaa:
        return address_from_text(type, text);
      case Type::ns:
      case Type::cname:
      case Type::ptr:
      case Type::mx:
      case Type::soa:
        return names_and_numbers(type, text);
    }
    return Unexpected(RdataError::bad_wire);
  }();
  if (wire && wire->size() > kMaxRdataBytes) return Unexpected(RdataError::too_long);
  return wire;
}

Result<std::string, RdataError> canonical_rdata(Type type, std::string_view wire) {
  if (wire.size() > kMaxRdataBytes) return Unexpected(RdataError::too_long);
  const auto layout = layout_of(type);
  if (!layout) {
    // TXT is one or more character-strings. [RFC1035 3.3.14]
    if (wire.empty() || !txt_text(wire)) return Unexpected(RdataError::bad_wire);
    return std::string(wire);
  }
  if (wire.size() < layout->before + layout->after) return Unexpected(RdataError::bad_wire);
  std::string out(wire.substr(0, layout->before));
  std::string_view rest = wire.substr(layout->before);
  for (int i = 0; i < layout->names; ++i) {
    const auto length = name_length(rest);
    if (!length) return Unexpected(RdataError::bad_wire);
    // Length octets are at most 63, so lower case of the whole touches letters only.
    out.append(ascii::lower(rest.substr(0, *length)));
    rest.remove_prefix(*length);
  }
  if (rest.size() != layout->after) return Unexpected(RdataError::bad_wire);
  out.append(rest);
  return out;
}

std::string rdata_to_text(Type type, std::string_view wire) {
  if (!canonical_rdata(type, wire)) return generic_to_text(wire);
  switch (type) {
    case Type::txt:
      return txt_to_text(wire);
    case Type::a:
    case Type::aaaa:
      return ip_to_text(wire);
    case Type::ns:
    case Type::cname:
    case Type::ptr:
      return absolute_name(wire);
    case Type::mx:
      return std::to_string(octet(wire[0]) * 256 + octet(wire[1])) + ' ' +
             absolute_name(wire.substr(2));
    case Type::soa:
      break;
  }
  const std::size_t first = *name_length(wire);
  const std::size_t second = *name_length(wire.substr(first));
  std::string out = absolute_name(wire.substr(0, first));
  out += ' ';
  out += absolute_name(wire.substr(first, second));
  for (std::size_t i = 0; i < kSoaNumbers; ++i) {
    out += ' ';
    out += std::to_string(u32_at(wire, first + second + 4 * i));
  }
  return out;
}

std::optional<std::string> name_in_rdata(std::string_view wire) {
  auto name = name_from_wire(wire);
  if (!name) return std::nullopt;
  return std::move(*name);
}

std::optional<std::string> txt_text(std::string_view rdata) {
  std::string out;
  out.reserve(rdata.size());
  Cursor cursor(rdata);
  while (!cursor.at_end()) {
    const std::size_t length = octet(cursor.take_up_to(1).front());
    const std::string_view part = cursor.take_up_to(length);
    if (part.size() != length) return std::nullopt;
    out.append(part);
  }
  return out;
}

}  // namespace mailassay::dns
