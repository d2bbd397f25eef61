// Received-SPF. [RFC7208 9.1]
//
//   "Received-SPF:" [CFWS] result FWS [comment FWS] [ key-value-list ] CRLF
//   key-value-list = key-value-pair *( ";" [CFWS] key-value-pair ) [";"]
#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/cursor.h"
#include "envelope/client_address.h"
#include "envelope/trace_text.h"
#include "mailassay/recorded.h"

namespace mailassay::envelope {
namespace {

struct Key {
  std::string_view written;
  std::string_view name;  ///< as Authentication-Results has it
};
constexpr Key kKeys[] = {
    {"client-ip", "smtp.remote-ip"},
    {"envelope-from", "smtp.mailfrom"},
    {"helo", "smtp.helo"},
    {"problem", "policy.problem"},
    {"mechanism", "policy.mechanism"},
    {"identity", "policy.identity"},
};

std::string_view name_of(std::string_view key) {
  for (const Key& known : kKeys) {
    if (ascii::equal_ignoring_case(key, known.written)) return known.name;
  }
  return {};
}

/// "google.com: domain of ..." names the host that checked.
std::string host_of_comment(std::string_view comment) {
  comment = ascii::trim(comment);
  const std::string_view word = comment.substr(0, comment.find_first_of(" \t\r\n"));
  if (word.size() < 2 || !word.ends_with(':')) return {};
  return ascii::lower(word.substr(0, word.size() - 1));
}

void skip_cfws(Cursor& cursor) {
  while (true) {
    cursor.skip_fws();
    if (cursor.at_end() || cursor.peek() != '(') return;
    take_comment(cursor);
  }
}

std::string take_value(Cursor& cursor) {
  skip_cfws(cursor);
  const std::string_view all = cursor.rest();
  const std::size_t begin = cursor.position();
  while (!cursor.at_end() && !ascii::is_fws_octet(cursor.peek()) && cursor.peek() != ';') {
    if (cursor.peek() == '"') {
      take_quoted(cursor);
    } else if (cursor.peek() == '<') {
      take_bracketed(cursor);
    } else {
      cursor.take_while(
          [](char c) { return !ascii::is_fws_octet(c) && c != ';' && c != '"' && c != '<'; });
    }
  }
  return unquoted(without_brackets(all.substr(0, cursor.position() - begin)));
}

void take_pair(std::string_view key, std::string value, const RecordedLimits& limits,
               Recorded& recorded) {
  if (value.size() > limits.value_bytes) {
    recorded.fault = RecordedFault::over_limit;
    value.resize(limits.value_bytes);
  }
  if (ascii::equal_ignoring_case(key, "receiver")) {
    if (!value.empty() && value != "unknown") recorded.authserv_id = ascii::lower(value);
    return;
  }
  const std::string_view name = name_of(key);
  if (name.empty()) return;  // keys that we do not know are passed over
  RecordedEntry& entry = recorded.entries.front();
  if (!value_of(entry, name).empty()) return;  // the first counts: HELO may hold a second
  if (name == "smtp.remote-ip") recorded.client_ip = address_from_trace(value);
  if (entry.properties.size() >= limits.properties) {
    recorded.fault = RecordedFault::over_limit;
    return;
  }
  entry.properties.push_back({std::string(name), std::move(value)});
}

}  // namespace

Recorded read_received_spf(std::string_view text, const RecordedLimits& limits) {
  Recorded recorded;
  recorded.field = RecordedField::received_spf;
  const bool is_cut = text.size() > limits.field_bytes;
  Cursor cursor(text.substr(0, limits.field_bytes));
  skip_cfws(cursor);
  const std::string_view result = cursor.take_while(ascii::is_alpha);
  if (result.empty() || result.size() > limits.value_bytes) {
    recorded.fault = RecordedFault::syntax;
    return recorded;
  }
  recorded.entries.push_back({"spf", ascii::lower(result), {}, {}});
  cursor.skip_fws();
  if (!cursor.at_end() && cursor.peek() == '(') {
    recorded.authserv_id = host_of_comment(take_comment(cursor)).substr(0, limits.value_bytes);
  }
  while (true) {
    skip_cfws(cursor);
    while (cursor.take(';')) skip_cfws(cursor);
    if (cursor.at_end()) break;
    const std::string_view key = cursor.take_while(
        [](char c) { return !ascii::is_fws_octet(c) && c != '=' && c != ';' && c != '('; });
    skip_cfws(cursor);
    if (!key.empty() && cursor.take('=')) {
      take_pair(key, take_value(cursor), limits, recorded);
      continue;
    }
    recorded.fault = RecordedFault::syntax;
    if (key.empty()) cursor.take_up_to(1);
  }
  if (is_cut) recorded.fault = RecordedFault::over_limit;
  return recorded;
}

}  // namespace mailassay::envelope
