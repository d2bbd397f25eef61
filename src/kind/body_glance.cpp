#include "kind/body_glance.h"

#include "base/ascii.h"
#include "kind/field_marks.h"
#include "message/hyphen_line.h"

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

constexpr std::string_view kLinkHosts[] = {"confidential-mail.google.com", "secure.virtru.com",
                                           "zixmail.net"};

/// The host or one below it.
bool is_link_host(std::string_view host) {
  for (const std::string_view known : kLinkHosts) {
    if (!host.ends_with(known)) continue;
    if (host.size() == known.size() || host[host.size() - known.size() - 1] == '.') return true;
  }
  return false;
}

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

bool has_secure_link(std::string_view body) {
  constexpr std::string_view kAuthority = "://";
  const std::string_view text = body.substr(0, kMostOpening);
  std::size_t at = text.find(':');
  for (; at != std::string_view::npos; at = text.find(':', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with(kAuthority)) continue;
    const std::string_view authority = rest.substr(kAuthority.size());
    if (is_link_host(authority.substr(0, authority.find_first_of("/ \r\n\"<>")))) return true;
  }
  return false;
}

Opening read_opening(std::string_view body) {
  constexpr std::string_view kArmor = "-----BEGIN PGP ";
  const std::string_view text = body.substr(0, kMostOpening);
  Opening out;
  std::size_t at = message::find_hyphen_line(text, 0);
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(kArmor)) {
      out.pgp_message = rest.substr(kArmor.size()).starts_with("MESSAGE-----");
      out.pgp_signed = rest.substr(kArmor.size()).starts_with("SIGNED MESSAGE-----");
      return out;
    }
    at = message::find_hyphen_line(text, next_line(text, at));
  }
  return out;
}

}  // namespace mailassay::kind
