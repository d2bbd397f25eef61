// Macros in SPF records: their grammar and their expansion. [RFC7208 7]
#ifndef MAILASSAY_SPF_MACRO_H
#define MAILASSAY_SPF_MACRO_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailassay::spf {

/// What the letters stand for.
struct MacroValues {
  std::string sender;         ///< s
  std::string local_part;     ///< l
  std::string sender_domain;  ///< o
  std::string domain;         ///< d
  std::string ip;             ///< i: nibbles for IPv6
  std::string validated;      ///< p
  std::string ip_version;     ///< v: "in-addr" or "ip6"
  std::string helo;           ///< h
  std::string ip_text;        ///< c
  std::string receiver;       ///< r
  std::string time;           ///< t
};

/// macro-string; no %{c}, %{r}, %{t}, which belong to explanations. [RFC7208 7.1]
bool is_macro_string(std::string_view text);

/// domain-spec: a macro-string that ends in a top-level label or in a macro. [RFC7208 7.1]
bool is_domain_spec(std::string_view text);

/// explain-string: macro-strings and spaces, all letters. [RFC7208 6.2]
bool is_explain_string(std::string_view text);

/// True if %{`letter`} occurs, in either case.
///
/// Demands: `text` has passed one of the above.
bool uses_macro(std::string_view text, char letter);

/// Replaces every macro.
///
/// Demands: `text` has passed one of the above.
/// Result:  empty if it would be over `most_bytes` octets.
std::optional<std::string> expand_macros(std::string_view text, const MacroValues& values,
                                         std::size_t most_bytes);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_MACRO_H
