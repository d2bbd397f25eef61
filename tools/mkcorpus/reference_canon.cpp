#include "mkcorpus/reference_canon.h"

#include <cstddef>

namespace mkcorpus::reference {
namespace {

bool is_wsp(char c) { return c == ' ' || c == '\t'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// Everything before the colon, without WSP before it.
std::string field_name(std::string_view field) {
  std::string name(field.substr(0, field.find(':')));
  while (!name.empty() && is_wsp(name.back())) name.pop_back();
  return lower(name);
}

/// True for `name:` or `name :`; false for ">From a@b Sat Apr 12 15:59:28 2025" and the like.
bool is_field_start(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string name = field_name(line);
  return !name.empty() && name.find_first_of(" \t") == std::string::npos;
}

/// The lines of `text` without their CRLF. Text after the last CRLF is a line of its own.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos) {
      lines.emplace_back(text);
      break;
    }
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 2);
  }
  return lines;
}

/// Every run of WSP becomes one SP.
std::string collapse_wsp(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (!is_wsp(c)) {
      out += c;
    } else if (out.empty() || out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::string strip_trailing_wsp(std::string line) {
  while (!line.empty() && is_wsp(line.back())) line.pop_back();
  return line;
}

std::string strip_wsp(std::string line) {
  line = strip_trailing_wsp(std::move(line));
  std::size_t start = 0;
  while (start < line.size() && is_wsp(line[start])) ++start;
  return line.substr(start);
}

/// Removes each CRLF that is followed by WSP.
std::string unfold(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '\r' && i + 2 < field.size() && field[i + 1] == '\n' && is_wsp(field[i + 2])) {
      ++i;
      continue;
    }
    out += field[i];
  }
  return out;
}

}  // namespace

std::string network_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (const char c : text) {
    if (c == '\n' && (out.empty() || out.back() != '\r')) out += '\r';
    out += c;
  }
  return out;
}

Message split_message(std::string_view stored) {
  const std::string text = network_line_ends(stored);
  Message message;
  std::string_view rest = text;
  bool last_line_was_junk = true;
  while (!rest.empty()) {
    const std::size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    if (line.empty()) {
      message.body = rest;
      break;
    }
    if (is_wsp(line.front())) {
      if (last_line_was_junk) continue;
      message.fields.back() += "\r\n";
      message.fields.back() += line;
      continue;
    }
    last_line_was_junk = !is_field_start(line);
    if (!last_line_was_junk) message.fields.emplace_back(line);
  }
  return message;
}

std::string canonical_body(std::string_view body, Canon canon) {
  std::vector<std::string> lines = lines_of(body);
  if (canon == Canon::relaxed) {
    for (std::string& line : lines) line = strip_trailing_wsp(collapse_wsp(line));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  std::string out;
  for (const std::string& line : lines) {
    out += line;
    out += "\r\n";
  }
  // An empty body is one CRLF in the simple form and nothing in the relaxed one.
  if (lines.empty() && canon == Canon::simple) out = "\r\n";
  return out;
}

std::optional<std::string> canonical_body_prefix(std::string_view body, Canon canon,
                                                 std::optional<std::uint64_t> length) {
  std::string out = canonical_body(body, canon);
  if (!length) return out;
  if (*length > out.size()) return std::nullopt;
  out.resize(static_cast<std::size_t>(*length));
  return out;
}

std::string canonical_field(std::string_view field, Canon canon) {
  if (canon == Canon::simple) return std::string(field);
  const std::size_t colon = field.find(':');
  const std::string value = unfold(field.substr(colon + 1));
  return field_name(field) + ":" + strip_wsp(collapse_wsp(value));
}

std::string without_signature_value(std::string_view signature_field) {
  const std::size_t colon = signature_field.find(':');
  std::string out(signature_field.substr(0, colon + 1));
  std::string_view rest = signature_field.substr(colon + 1);
  while (true) {
    const std::size_t semicolon = rest.find(';');
    const std::string_view tag = rest.substr(0, semicolon);
    const std::size_t equals = tag.find('=');
    const bool is_b =
        equals != std::string_view::npos && strip_wsp(unfold(tag.substr(0, equals))) == "b";
    out += is_b ? tag.substr(0, equals + 1) : tag;
    if (semicolon == std::string_view::npos) return out;
    out += ';';
    rest.remove_prefix(semicolon + 1);
  }
}

std::string header_hash_input(std::span<const std::string> fields, std::size_t own_index,
                              std::span<const std::string> signed_names, Canon canon) {
  std::vector<bool> used(fields.size(), false);
  used[own_index] = true;
  std::string out;
  for (const std::string& name : signed_names) {
    for (std::size_t i = fields.size(); i-- > 0;) {
      if (used[i] || field_name(fields[i]) != lower(name)) continue;
      used[i] = true;
      out += canonical_field(fields[i], canon) + "\r\n";
      break;
    }
  }
  return out + canonical_field(without_signature_value(fields[own_index]), canon);
}

}  // namespace mkcorpus::reference
