#include "io/io_error.h"

#include <fmt/format.h>

#include <system_error>

#include "base/bytes.h"

namespace mailassay::io {

std::string path_text(const std::string& path) {
  if (path == "-") return "standard input";
  std::string text;
  text.reserve(path.size());
  for (const char c : path) {
    if (octet(c) < 0x20 || octet(c) == 0x7F) {
      text += fmt::format("\\x{:02X}", octet(c));
    } else {
      text += c;
    }
  }
  return text;
}

std::string to_text(const IoError& error) {
  std::string text = path_text(error.path);
  if (!error.member.empty()) text += ": " + path_text(error.member);
  if (error.offset != 0) text += fmt::format(": offset {}", error.offset);
  text += ": " + error.what;
  if (error.error_number != 0) {
    text += ": " + std::generic_category().message(error.error_number);
  }
  return text;
}

}  // namespace mailassay::io
