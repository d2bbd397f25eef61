#include "kind/body_glance.h"

#include "base/ascii.h"
#include "kind/field_marks.h"
#include "message/hyphen_line.h"

namespace mailassay::kind {
namespace {

/// Lines of a part's header that are looked at.
constexpr int kMostLines = 24;

/// The parts of a digest are messages, and need not say so. [RFC2046 5.1.5]
constexpr std::string_view kMessageTypes[] = {"message/", "multipart/digest",
                                              "text/rfc822-headers"};

constexpr std::string_view kTellingTypes[] = {
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

/// The value of a Content-Type line; empty: it is another line.
std::string_view type_in(std::string_view line) {
  constexpr std::string_view kName = "content-type:";
  if (!begins_with(line, kName)) return {};
  return ascii::trim(line.substr(kName.size()));
}

bool is_message_line(std::string_view line) {
  const std::string_view type = type_in(line);
  // The value may stand on the next line.
  return !first_begin(type, kMessageTypes).empty() ||
         (type.empty() && begins_with(line, "content-type:"));
}

bool is_telling_line(std::string_view line) {
  if (is_message_line(line)) return true;
  if (begins_with(line, "content-type:")) {
    const std::string_view type = type_in(line);
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

template <typename Condition>
bool has_line(std::string_view text, Condition is_wanted) {
  std::size_t at = 0;
  for (int lines = 0; lines < kMostLines && at < text.size(); ++lines) {
    const std::size_t next = next_line(text, at);
    const std::string_view line = text.substr(at, next - at);
    if (ascii::trim(line).empty()) return false;
    if (is_wanted(line)) return true;
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
    if (has_line(text.substr(next), is_telling_line)) return true;
    at = message::find_hyphen_line(text, next);
  }
  if (at < text.size()) return has_message_part(body.substr(at));
  if (text.size() == body.size()) return false;
  // The last header may be cut off there: it is looked at once more.
  return has_message_part(body.substr(kMostGlance - kMostOpening));
}

bool has_message_part(std::string_view body) {
  std::size_t at = message::find_hyphen_line(body, 0);
  while (at < body.size()) {
    const std::size_t next = next_line(body, at);
    if (has_line(body.substr(next), is_message_line)) return true;
    at = message::find_hyphen_line(body, next);
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
