// JSON values made of other values: arrays, words, and null for what is not known.
#ifndef MAILASSAY_REPORT_JSON_VALUE_H
#define MAILASSAY_REPORT_JSON_VALUE_H

#include <string>
#include <string_view>

#include "report/json_text.h"

namespace mailassay::report {

/// Appends a JSON array; `append` writes one element.
template <typename List, typename Append>
void append_array(const List& list, Append append, std::string& out) {
  out.push_back('[');
  bool first = true;
  for (const auto& element : list) {
    if (!first) out.push_back(',');
    first = false;
    append(element);
  }
  out.push_back(']');
}

inline void append_string_or_null(std::string_view text, std::string& out) {
  if (text.empty()) {
    out.append("null");
  } else {
    append_json_string(text, out);
  }
}

inline void append_bool(bool value, std::string& out) { out.append(value ? "true" : "false"); }

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_JSON_VALUE_H
