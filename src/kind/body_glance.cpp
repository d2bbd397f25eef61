#include "kind/body_glance.h"

#include <array>
#include <cstdint>
#include <span>

#include "base/ascii.h"
#include "base/bytes.h"
#include "kind/field_marks.h"
#include "message/mime_structure.h"

namespace mailassay::kind {
namespace {

/// Lines of a part's header that are looked at.
constexpr int kMostLines = 24;

constexpr std::string_view kTellingTypes[] = {
    "message/",
    "text/calendar",
    "application/ics",
    "application/pkcs7-",
    "application/x-pkcs7-",
    "application/pgp-",
    "application/tlsrpt",
    "application/x-microsoft-rpmsg",
};

/// A file name like receiver!domain!begin!end.xml.gz, or one of a confidential stub.
bool has_telling_name(std::string_view line) {
  if (line.find('!') != std::string_view::npos) return true;
  return contains(line, ".rpmsg") || contains(line, "securemessageatt") ||
         contains(line, "securedoc") || contains(line, ".tdf");
}

bool is_telling_line(std::string_view line) {
  if (begins_with(line, "content-type:")) {
    const std::string_view type = ascii::trim(line.substr(13));
    if (!first_begin(type, kTellingTypes).empty()) return true;
    return has_telling_name(type);
  }
  const bool may_name = begins_with(line, "content-disposition:") || ascii::is_wsp(line.front());
  return may_name && has_telling_name(line);
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  return found == std::string_view::npos ? text.size() : found + 1;
}

bool is_telling_header(std::string_view text) {
  std::size_t at = 0;
  for (int lines = 0; lines < kMostLines && at < text.size(); ++lines) {
    const std::size_t next = next_line(text, at);
    const std::string_view line = text.substr(at, next - at);
    if (ascii::trim(line).empty()) return false;
    if (is_telling_line(line)) return true;
    at = next;
  }
  return false;
}

/// Search by Horspool's rule: the longer the needle, the fewer octets are looked at.
template <std::size_t Size>
class Needle {
 public:
  constexpr explicit Needle(const char (&text)[Size]) : text_(text, Size - 1) {
    skip_.fill(static_cast<std::uint8_t>(Size - 1));
    for (std::size_t i = 0; i + 2 < Size; ++i) {
      skip_[static_cast<unsigned char>(text[i])] = static_cast<std::uint8_t>(Size - 2 - i);
    }
  }

  std::size_t find(std::string_view text) const noexcept {
    std::size_t at = 0;
    while (at + text_.size() <= text.size()) {
      if (text.substr(at, text_.size()) == text_) return at;
      at += skip_[octet(text[at + text_.size() - 1])];
    }
    return std::string_view::npos;
  }
  std::string_view text() const noexcept { return text_; }

 private:
  std::string_view text_;
  std::array<std::uint8_t, 256> skip_{};
};

constexpr Needle kPgp("-----BEGIN PGP ");
constexpr Needle kGmail("://confidential-mail.google.com/");
constexpr Needle kVirtru("://secure.virtru.com/");

}  // namespace

bool has_telling_part(std::string_view body) {
  const std::string_view text = body.substr(0, kMostGlance);
  std::size_t at = message::find_hyphen_line(text, 0);
  for (std::size_t count = 0; at < text.size() && count < kMostGlances; ++count) {
    const std::size_t next = next_line(text, at);
    if (is_telling_header(text.substr(next))) return true;
    at = message::find_hyphen_line(text, next);
  }
  return false;
}

Opening read_opening(std::string_view body) {
  const std::string_view text = body.substr(0, kMostOpening);
  Opening out;
  const std::size_t pgp = kPgp.find(text);
  if (pgp != std::string_view::npos && (pgp == 0 || text[pgp - 1] == '\n')) {
    const std::string_view rest = text.substr(pgp + kPgp.text().size());
    out.pgp_message = rest.starts_with("MESSAGE-----");
    out.pgp_signed = rest.starts_with("SIGNED MESSAGE-----");
  }
  out.secure_link =
      kGmail.find(text) != std::string_view::npos || kVirtru.find(text) != std::string_view::npos;
  return out;
}

}  // namespace mailassay::kind
