#include "spf/macro.h"

#include <algorithm>
#include <vector>

#include "base/cursor.h"

namespace mailassay::spf {
namespace {

constexpr std::string_view kDelimiters = ".-+,/_=";
constexpr std::string_view kLetters = "slodiphv";
constexpr std::string_view kExplainLetters = "crt";
constexpr unsigned kAllParts = 1000;  ///< more than a name can have; larger numbers mean the same

bool is_delimiter(char c) noexcept { return kDelimiters.find(c) != std::string_view::npos; }

bool is_macro_literal(char c) noexcept { return c > 0x20 && c < 0x7F && c != '%'; }

/// What stands between "%{" and "}".
struct Macro {
  char letter = 's';
  bool escape = false;  ///< an upper-case letter: the value is percent-encoded
  bool reverse = false;
  unsigned parts = kAllParts;
  std::string_view delimiters = ".";
};

/// Reads behind the "%{".
std::optional<Macro> take_macro(Cursor& cursor) {
  if (!ascii::is_alpha(cursor.peek())) return std::nullopt;
  Macro macro;
  const char letter = cursor.take_up_to(1).front();
  macro.letter = ascii::to_lower(letter);
  macro.escape = macro.letter != letter;
  if (kLetters.find(macro.letter) == std::string_view::npos &&
      kExplainLetters.find(macro.letter) == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view digits = cursor.take_while(ascii::is_digit);
  if (!digits.empty()) {
    unsigned value = 0;
    for (const char c : digits) {
      value = std::min(kAllParts, value * 10 + static_cast<unsigned>(c - '0'));
    }
    if (value == 0) return std::nullopt;  // [RFC7208 7.1 DIGIT]
    macro.parts = value;
  }
  macro.reverse = cursor.take('r') || cursor.take('R');
  const std::string_view delimiters = cursor.take_while(is_delimiter);
  if (!delimiters.empty()) macro.delimiters = delimiters;
  return cursor.take('}') ? std::optional(macro) : std::nullopt;
}

/// Walks over a macro-string: `on_literal` gets runs of literals, `on_macro` a macro, `on_escape`
/// the text of %%, %_ and %-.
template <typename OnLiteral, typename OnMacro, typename OnEscape>
bool walk(std::string_view text, bool with_space, OnLiteral on_literal, OnMacro on_macro,
          OnEscape on_escape) {
  Cursor cursor(text);
  while (!cursor.at_end()) {
    const std::string_view literal = cursor.take_while(
        [with_space](char c) { return is_macro_literal(c) || (with_space && c == ' '); });
    if (!literal.empty() && !on_literal(literal)) return false;
    if (cursor.at_end()) break;
    if (!cursor.take('%')) return false;
    if (cursor.take('{')) {
      const auto macro = take_macro(cursor);
      if (!macro || !on_macro(*macro)) return false;
    } else if (cursor.take('%')) {
      if (!on_escape("%")) return false;
    } else if (cursor.take('_')) {
      if (!on_escape(" ")) return false;
    } else if (cursor.take('-')) {
      if (!on_escape("%20")) return false;
    } else {
      return false;  // [RFC7208 7.1] a percent sign begins a macro or is an error
    }
  }
  return true;
}

bool is_record_macro(const Macro& macro) noexcept {
  return kExplainLetters.find(macro.letter) == std::string_view::npos;
}

/// "." toplabel [ "." ] at the end. [RFC7208 7.1 toplabel]
bool ends_in_top_label(std::string_view literal) {
  if (literal.ends_with('.')) literal.remove_suffix(1);
  const std::size_t dot = literal.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view label = literal.substr(dot + 1);
  if (label.empty() || !ascii::is_alnum(label.front()) || !ascii::is_alnum(label.back())) {
    return false;
  }
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '-'; }) &&
         !std::all_of(label.begin(), label.end(), ascii::is_digit);
}

const std::string& value_of(char letter, const MacroValues& values) {
  switch (letter) {
    case 's':
      return values.sender;
    case 'l':
      return values.local_part;
    case 'o':
      return values.sender_domain;
    case 'd':
      return values.domain;
    case 'i':
      return values.ip;
    case 'p':
      return values.validated;
    case 'v':
      return values.ip_version;
    case 'h':
      return values.helo;
    case 'c':
      return values.ip_text;
    case 'r':
      return values.receiver;
    default:
      return values.time;
  }
}

void append_escaped(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    if (ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);  // unreserved [RFC3986 2.3]
    } else {
      const auto octet = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kHex[octet >> 4]);
      out.push_back(kHex[octet & 0xF]);
    }
  }
}

std::vector<std::string_view> split(std::string_view value, std::string_view delimiters) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = value.find_first_of(delimiters);
    parts.push_back(value.substr(0, end));
    if (end == std::string_view::npos) return parts;
    value.remove_prefix(end + 1);
  }
}

/// Splits, reverses, keeps the rightmost parts, and joins with dots. [RFC7208 7.3]
std::string transform(const Macro& macro, std::string_view value) {
  std::vector<std::string_view> parts = split(value, macro.delimiters);
  if (macro.reverse) std::reverse(parts.begin(), parts.end());
  const std::size_t first = parts.size() - std::min<std::size_t>(parts.size(), macro.parts);
  std::string joined;
  for (std::size_t i = first; i < parts.size(); ++i) {
    if (i != first) joined.push_back('.');
    joined.append(parts[i]);
  }
  return joined;
}

}  // namespace

bool is_macro_string(std::string_view text) {
  return walk(
      text, false, [](std::string_view) { return true; }, is_record_macro,
      [](std::string_view) { return true; });
}

bool is_domain_spec(std::string_view text) {
  std::string_view tail;  // what follows the last macro
  bool ends_in_macro = false;
  const bool valid = walk(
      text, false,
      [&](std::string_view literal) {
        tail = literal;
        ends_in_macro = false;
        return true;
      },
      [&](const Macro& macro) {
        ends_in_macro = true;
        return is_record_macro(macro);
      },
      [&](std::string_view) { return ends_in_macro = true; });
  return valid && (ends_in_macro || ends_in_top_label(tail));
}

bool is_explain_string(std::string_view text) {
  return walk(
      text, true, [](std::string_view) { return true; }, [](const Macro&) { return true; },
      [](std::string_view) { return true; });
}

bool uses_macro(std::string_view text, char letter) {
  bool found = false;
  walk(
      text, true, [](std::string_view) { return true; },
      [&](const Macro& macro) {
        found = found || macro.letter == letter;
        return true;
      },
      [](std::string_view) { return true; });
  return found;
}

std::optional<std::string> expand_macros(std::string_view text, const MacroValues& values,
                                         std::size_t most_bytes) {
  std::string out;
  const auto append = [&](std::string_view piece) {
    out.append(piece);
    return out.size() <= most_bytes;
  };
  const bool whole = walk(
      text, true, append,
      [&](const Macro& macro) {
        const std::string value = transform(macro, value_of(macro.letter, values));
        if (!macro.escape) return append(value);
        append_escaped(value, out);
        return out.size() <= most_bytes;
      },
      append);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace mailassay::spf
