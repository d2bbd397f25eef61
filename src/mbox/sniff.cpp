#include "mbox/sniff.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/cursor.h"
#include "mbox/splitter.h"

namespace mailassay::mbox {
namespace {

struct Magic {
  std::string_view octets;
  std::string_view reason;
};

/// What people hand over in place of mail, and what they then should hear.
constexpr std::array kMagics = {
    Magic{"\x1F\x8B", "it is compressed (gzip)"},
    Magic{"PK\x03\x04", "it is a zip archive"},
    Magic{"\xFD"
          "7zXZ",
          "it is compressed (xz)"},
    Magic{"\x28\xB5\x2F\xFD", "it is compressed (zstd)"},
    Magic{"BZh", "it is compressed (bzip2)"},
    Magic{"7z\xBC\xAF\x27\x1C", "it is a 7z archive"},
    Magic{"\xD0\xCF\x11\xE0", "it is an OLE file such as an Outlook .msg"},
    Magic{"\xFF\xFE", "it is UTF-16 text"},
    Magic{"\xFE\xFF", "it is UTF-16 text"},
};

/// Of the control octets, mail holds white space, and the escapes of raw ISO-2022 text.
bool is_control(char c) {
  constexpr char kEscape = 0x1B;
  if (ascii::is_fws_octet(c) || c == kEscape) return false;
  return octet(c) < 0x20 || octet(c) == 0x7F;
}

/// Octets of a first line that is nothing but a number, with the number; 0 if it is none.
std::size_t take_length_line(std::string_view head, std::uint64_t& length) {
  constexpr std::size_t kMaxDigits = 15;
  Cursor cursor(head);
  const std::string_view digits = cursor.take_while(ascii::is_digit);
  if (digits.empty() || digits.size() > kMaxDigits) return 0;
  for (const char c : digits) length = length * 10 + static_cast<std::uint64_t>(c - '0');
  cursor.take_while([](char c) { return c == ' '; });
  cursor.take('\r');
  return cursor.take('\n') ? cursor.position() : 0;
}

Sniffed judge_first_line(std::string_view head, std::size_t begin) {
  const std::string_view line = head.substr(begin, head.substr(begin).find('\n'));
  const auto control = std::find_if(line.begin(), line.end(), is_control);
  if (control != line.end()) {
    return {Content::binary, "a control octet stands in the first line",
            begin + static_cast<std::size_t>(control - line.begin())};
  }
  if (line.starts_with(">From ")) {
    return {Content::message, "the first line is a quoted postmark", begin};
  }
  if (looks_like_field(line)) {
    return {Content::message, "the first line is a header field", begin};
  }
  const std::size_t carriage_return = line.find('\r');
  if (carriage_return != std::string_view::npos && carriage_return + 1 < line.size()) {
    return {Content::binary, "the lines end in a bare CR", begin + carriage_return};
  }
  return {Content::binary, "the first line is neither a postmark nor a header field", begin};
}

}  // namespace

Sniffed sniff(std::string_view head) {
  if (head.empty()) return {Content::empty, "it holds no octet", 0};
  for (const Magic& magic : kMagics) {
    if (head.starts_with(magic.octets)) return {Content::binary, magic.reason, 0};
  }
  const std::size_t mark = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t first = head.find_first_not_of(" \t\r\n", mark);
  if (first == std::string_view::npos) {
    return {Content::empty, "it holds nothing but blanks and line ends", 0};
  }
  const Search search = find_separator(head, 0, {true, true});
  if (search.found && search.found->postmark <= first) {
    return {Content::mbox, "a postmark comes first", search.found->postmark};
  }
  std::uint64_t length = 0;
  const std::size_t begin = take_length_line(head, length);
  if (begin != 0 && judge_first_line(head, begin).content == Content::message) {
    return {Content::emlx, "the first line is the message's length", begin, length};
  }
  return judge_first_line(head, mark);
}

}  // namespace mailassay::mbox
