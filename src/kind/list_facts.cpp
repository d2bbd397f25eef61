#include "kind/list_facts.h"

#include <algorithm>

#include "base/ascii.h"
#include "kind/report_fields.h"

namespace mailassay::kind {
namespace {

/// Octets of a field that are searched.
constexpr std::size_t kMostSearched = std::size_t{64} * 1024;

std::string_view between_brackets(std::string_view value) {
  value = ascii::trim(value);
  const std::size_t open = value.rfind('<');
  if (open == std::string_view::npos) return value;
  const std::size_t close = value.find('>', open);
  const std::size_t size = close == std::string_view::npos ? close : close - open - 1;
  return ascii::trim(value.substr(open + 1, size));
}

bool has_equal_in_local_part(std::string_view from) {
  const std::string_view address = between_brackets(from);
  const std::size_t at = address.rfind('@');
  const std::size_t equal = address.find('=');
  return at != std::string_view::npos && equal != std::string_view::npos && equal > 0 &&
         equal < at && address.substr(equal, at - equal).find('.') != std::string_view::npos;
}

/// Counts the URIs between angle brackets; all else is comment. [RFC2369 2]
void count_uris(std::string_view value, ListFacts& out) {
  while (true) {
    const std::size_t begin = value.find('<');
    if (begin == std::string_view::npos) return;
    value.remove_prefix(begin + 1);
    const std::size_t end = value.find('>');
    if (end == std::string_view::npos) return;
    const std::string_view uri = ascii::trim(value.substr(0, end));
    if (begins_with(uri, "https:")) ++out.https_uris;
    if (begins_with(uri, "http:")) ++out.http_uris;
    value.remove_prefix(end + 1);
  }
}

}  // namespace

ListFacts read_list_facts(const FieldMarks& fields, const Limits& limits, bool& cut) {
  ListFacts out;
  // [RFC2919 3] the identifier stands between the angle brackets; compared without case
  // [RFC2919 6].
  out.list_id = ascii::lower(kept(between_brackets(fields.list_id), limits.kind_string_bytes, cut));
  out.has_post = fields.has_list_post;
  out.unsubscribe_fields = fields.list_unsubscribes;
  out.unsubscribe_post_fields = fields.list_unsubscribe_posts;
  count_uris(fields.list_unsubscribe.substr(0, kMostSearched), out);
  // The single pair, in any case as all literals of ABNF. [RFC8058 5] [RFC5234 2.3]
  out.post_is_one_click = ascii::equal_ignoring_case(ascii::trim(fields.list_unsubscribe_post),
                                                     "list-unsubscribe=one-click");
  return out;
}

bool is_from_munged(const FieldMarks& fields) {
  if (!ascii::trim(fields.original_from).empty()) return true;
  const std::string_view from = fields.from.substr(0, 1024);
  return contains(from.substr(0, std::min(from.rfind('<'), from.size())), " via ") ||
         has_equal_in_local_part(from);
}

std::string srs_sender(std::string_view return_path) {
  std::string_view path = between_brackets(return_path.substr(0, 1024));
  const std::size_t at = path.rfind('@');
  if (at == std::string_view::npos || at < 6) return {};
  std::string_view local = path.substr(0, at);
  if (begins_with(local, "srs1")) {
    // SRS1=HHH=forwarder==HHH=TT=domain=local: what follows the second separator is SRS0.
    const std::size_t inner = local.find('=', 5);
    const std::size_t second = inner == std::string_view::npos ? inner : local.find('=', inner + 1);
    if (second == std::string_view::npos || second + 2 > local.size()) return {};
    local.remove_prefix(second + 2);
  } else if (begins_with(local, "srs0")) {
    local.remove_prefix(5);
  } else {
    return {};
  }
  // HHH=TT=domain=local
  for (int skipped = 0; skipped < 2; ++skipped) {
    const std::size_t equal = local.find('=');
    if (equal == std::string_view::npos) return {};
    local.remove_prefix(equal + 1);
  }
  const std::size_t equal = local.find('=');
  if (equal == std::string_view::npos || equal == 0 || equal + 1 == local.size()) return {};
  return std::string(local.substr(equal + 1)) + '@' + std::string(local.substr(0, equal));
}

bool is_delivered_elsewhere(const FieldMarks& fields) {
  const std::string_view address = between_brackets(fields.delivered_to.substr(0, 1024));
  if (address.find('@') == std::string_view::npos) return false;
  const std::string lower = ascii::lower(address);
  return !contains(fields.to.substr(0, kMostSearched), lower) &&
         !contains(fields.cc.substr(0, kMostSearched), lower);
}

}  // namespace mailassay::kind
