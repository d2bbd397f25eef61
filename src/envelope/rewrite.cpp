#include "envelope/rewrite.h"

#include <cstddef>
#include <string>

#include "base/ascii.h"
#include "envelope/trace_text.h"

namespace mailassay::envelope {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
/// An address carries another, that one a third; deeper is a toy.
constexpr std::size_t kMostRewrites = 4;

bool looks_like_domain(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == kNone || dot == 0 || dot + 1 == text.size()) return false;
  for (const char c : text) {
    if (!ascii::is_alnum(c) && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

std::string address_of(std::string_view local, std::string_view domain) {
  if (local.empty() || !looks_like_domain(domain)) return {};
  return std::string(local) + '@' + std::string(domain);
}

/// Takes what stands before the next `=`, which is taken too.
std::string_view take_part(std::string_view& rest) {
  const std::size_t equal = rest.find('=');
  const std::string_view part = rest.substr(0, equal);
  rest.remove_prefix(equal == kNone ? rest.size() : equal + 1);
  return part;
}

/// hash=time=domain=local
Rewrite srs0(std::string_view rest) {
  take_part(rest);
  take_part(rest);
  const std::string_view domain = take_part(rest);
  return {RewriteKind::srs, address_of(rest, domain)};
}

std::optional<Rewrite> find_srs(std::string_view local) {
  if (local.size() > 5 && starts_with_ignoring_case(local, "srs0") &&
      std::string_view("=+-").find(local[4]) != kNone) {
    return srs0(local.substr(5));
  }
  if (local.size() > 5 && starts_with_ignoring_case(local, "srs1") &&
      std::string_view("=+-").find(local[4]) != kNone) {
    // SRS1=hash=host==hash=time=domain=local
    std::string_view rest = local.substr(5);
    take_part(rest);
    take_part(rest);
    if (!rest.empty()) rest.remove_prefix(1);
    return srs0(rest);
  }
  const std::size_t microsoft = local.find("+SRS=");
  if (microsoft != kNone) return srs0(local.substr(microsoft + 5));
  return std::nullopt;
}

std::optional<Rewrite> find_batv(std::string_view local, std::string_view domain) {
  std::string_view rest = local;
  if (starts_with_ignoring_case(local, "prvs=")) {
    rest.remove_prefix(5);
    const std::string_view first = take_part(rest);
    if (rest.empty()) return std::nullopt;
    // The tag is ten characters that begin with a digit, and stands before or behind the name.
    const bool is_tag_first = first.size() == 10 && ascii::is_digit(first.front());
    return Rewrite{RewriteKind::batv, address_of(is_tag_first ? rest : first, domain)};
  }
  if (starts_with_ignoring_case(local, "btv1==")) {
    rest.remove_prefix(6);
    const std::size_t end = rest.find("==");
    if (end == kNone) return std::nullopt;
    return Rewrite{RewriteKind::batv, address_of(rest.substr(end + 2), domain)};
  }
  return std::nullopt;
}

/// bounces+ann=example.org, list-bounces-ann=example.org
std::optional<Rewrite> find_verp(std::string_view local) {
  const std::size_t equal = local.rfind('=');
  if (equal == kNone || !looks_like_domain(local.substr(equal + 1))) return std::nullopt;
  const std::string_view front = local.substr(0, equal);
  std::size_t separator = front.find('+');
  if (separator == kNone) separator = front.rfind('-');
  if (separator == kNone || separator == 0 || separator + 1 == front.size()) return std::nullopt;
  return Rewrite{RewriteKind::verp,
                 address_of(front.substr(separator + 1), local.substr(equal + 1))};
}

std::optional<Rewrite> find_gmail_forward(std::string_view local) {
  constexpr std::string_view kMark = "+caf_=";
  const std::size_t place = local.find(kMark);
  if (place == kNone) return std::nullopt;
  std::string_view rest = local.substr(place + kMark.size());
  const std::string_view user = take_part(rest);
  return Rewrite{RewriteKind::gmail_forward, address_of(user, rest)};
}

std::optional<Rewrite> find_rewrite(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == kNone) return std::nullopt;
  const std::string_view local = address.substr(0, at);
  if (auto found = find_srs(local)) return found;
  if (auto found = find_batv(local, address.substr(at + 1))) return found;
  if (auto found = find_gmail_forward(local)) return found;
  return find_verp(local);
}

}  // namespace

std::vector<Rewrite> find_rewrites(std::string_view address) {
  std::vector<Rewrite> found;
  std::string at_hand(address);
  while (found.size() < kMostRewrites) {
    auto rewrite = find_rewrite(at_hand);
    if (!rewrite) break;
    at_hand = rewrite->address;
    found.push_back(std::move(*rewrite));
  }
  return found;
}

}  // namespace mailassay::envelope
