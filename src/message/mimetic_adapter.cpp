#include "message/mimetic_adapter.h"

#include <mimetic/contentdisposition.h>
#include <mimetic/contenttype.h>
#include <mimetic/fieldparam.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/ascii.h"
#include "base/cursor.h"

namespace mailassay::message {
namespace {

/// Cuts a value at its semicolons; what comes out holds no comment, no folding, no quoted pair.
class ValueCutter {
 public:
  ValueCutter(std::string_view value, std::size_t most) : cursor_(value), most_(most) {}

  /// The next piece that is not empty; false at the end or over the limit.
  bool next(std::string& piece) {
    while (!cursor_.at_end()) {
      piece.clear();
      read_piece(piece);
      if (ascii::trim(piece).empty()) continue;
      if (pieces_++ > most_) return false;
      return true;
    }
    return false;
  }
  bool over_limit() const noexcept { return pieces_ > most_ + 1; }

 private:
  void read_piece(std::string& piece) {
    bool is_done = false;  // behind a quoted string nothing of use can stand
    while (!cursor_.at_end()) {
      if (cursor_.take(';')) return;
      if (cursor_.peek() == '"') {
        std::string quoted = read_quoted();
        if (!is_done) piece += quoted;
        is_done = piece.find('=') < piece.size() - quoted.size();
      } else if (cursor_.peek() == '(' && (piece.empty() || ascii::is_wsp(piece.back()))) {
        skip_comment();
      } else {
        const char c = cursor_.take_up_to(1).front();
        if (c == '\r' || c == '\n' || is_done) continue;
        piece += c == '\t' ? ' ' : c;
      }
    }
  }

  std::string read_quoted() {
    std::string out = "\"";
    cursor_.take('"');
    while (!cursor_.at_end() && !cursor_.take('"')) {
      cursor_.take('\\');
      for (const char c : cursor_.take_up_to(1)) {
        if (c != '\r' && c != '\n') out += c;
      }
    }
    return out += '"';
  }

  /// Comments nest. [RFC5322 3.2.2]
  void skip_comment() {
    std::size_t depth = 0;
    while (!cursor_.at_end()) {
      const char c = cursor_.take_up_to(1).front();
      if (c == '\\') cursor_.take_up_to(1);
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return;
    }
  }

  Cursor cursor_;
  std::size_t most_;
  std::size_t pieces_ = 0;
};

int hex_digit(char c) {
  if (ascii::is_digit(c)) return c - '0';
  const char lower = ascii::to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// [RFC2231 4] charset'language'percent-encoded; the octets stay in their charset.
std::string decode_extended(std::string_view value, bool has_charset) {
  if (has_charset) {
    const std::size_t first = value.find('\'');
    const std::size_t second =
        first == std::string_view::npos ? first : value.find('\'', first + 1);
    if (second != std::string_view::npos) value.remove_prefix(second + 1);
  }
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool is_escape = value[i] == '%' && i + 2 < value.size() &&
                           hex_digit(value[i + 1]) >= 0 && hex_digit(value[i + 2]) >= 0;
    out += is_escape ? static_cast<char>(hex_digit(value[i + 1]) * 16 + hex_digit(value[i + 2]))
                     : value[i];
    if (is_escape) i += 2;
  }
  return out;
}

MimeParameter* find(std::vector<MimeParameter>& parameters, std::string_view name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const MimeParameter& one) { return one.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

/// Adds a parameter; `name*1` continues `name*0`. [RFC2231 3]
void add(std::string name, std::string value, std::vector<MimeParameter>& parameters) {
  const bool is_extended = name.ends_with('*');
  if (is_extended) name.pop_back();
  const std::size_t star = name.find('*');
  const bool is_continued = star != std::string::npos && name.compare(star, 2, "*0") != 0;
  if (star != std::string::npos) name.resize(star);
  if (is_extended) value = decode_extended(value, !is_continued);
  MimeParameter* const present = find(parameters, name);
  if (present == nullptr) {
    parameters.push_back({std::move(name), std::move(value)});
  } else if (is_continued) {
    present->value += value;
  }
}

std::string to_text(const mimetic::istring& text) { return {text.data(), text.size()}; }

std::string type_of(const std::string& piece) {
  const mimetic::ContentType type(std::string(ascii::trim(piece)));
  if (type.type().empty()) return {};
  if (type.subtype().empty()) return "text/plain";
  const std::string both = to_text(type.type()) + '/' + to_text(type.subtype());
  // What stands behind white space is a parameter that lost its semicolon.
  return ascii::lower(std::string_view(both).substr(0, both.find(' ')));
}

std::string disposition_of(const std::string& piece) {
  return ascii::lower(mimetic::ContentDisposition(std::string(ascii::trim(piece))).type());
}

template <typename ReadType>
MimeValue read(std::string_view value, const Limits& limits, const ReadType& read_type) {
  MimeValue out;
  if (value.size() > limits.mime_field_bytes) {
    out.over_limit = true;
    return out;
  }
  try {
    ValueCutter cutter(value, limits.mime_parameters);
    std::string piece;
    if (!cutter.next(piece)) return out;
    out.type = read_type(piece);
    while (cutter.next(piece)) {
      const mimetic::FieldParam parameter(piece);
      std::string name = ascii::lower(to_text(parameter.name()));
      if (!name.empty()) add(std::move(name), parameter.value(), out.parameters);
    }
    out.over_limit = cutter.over_limit();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return {};
  }
  return out;
}

}  // namespace

std::string_view MimeValue::parameter(std::string_view name) const noexcept {
  for (const MimeParameter& one : parameters) {
    if (one.name == name) return one.value;
  }
  return {};
}

MimeValue read_content_type(std::string_view value, const Limits& limits) {
  return read(value, limits, type_of);
}

MimeValue read_disposition(std::string_view value, const Limits& limits) {
  return read(value, limits, disposition_of);
}

}  // namespace mailassay::message
