#include "dmarc/domain_name.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dns/a_labels.h"
#include "dns/name.h"

namespace mailassay::dmarc {
namespace {

/// A name that begins further left than any in DNS costs no conversion.
constexpr std::size_t kMostRawBytes = 1024;

bool is_name_octet(char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; }

bool is_numeric(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) { return ascii::is_digit(c); });
}

}  // namespace

std::optional<std::string> domain_name(std::string_view raw) {
  if (raw.size() > kMostRawBytes) return std::nullopt;
  std::string name(raw);
  if (std::any_of(name.begin(), name.end(), [](char c) { return octet(c) >= 0x80; })) {
    auto converted = dns::to_a_labels(name);  // [RFC9989 5.3.1]
    if (!converted) return std::nullopt;
    name = std::move(*converted);
  }
  if (!std::all_of(name.begin(), name.end(), is_name_octet)) return std::nullopt;
  auto normal = dns::normalise_name(name);  // lower case [RFC9989 4.4], no final dot
  if (!normal || *normal == ".") return std::nullopt;
  if (is_numeric(last_labels(*normal, 1))) return std::nullopt;  // an IPv4 address
  return std::move(*normal);
}

std::size_t count_labels(std::string_view name) {
  return static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) + 1;
}

std::string_view last_labels(std::string_view name, std::size_t count) {
  std::size_t at = name.size();
  for (; count > 0; --count) {
    at = at == 0 ? std::string_view::npos : name.rfind('.', at - 1);
    if (at == std::string_view::npos) return name;
  }
  return name.substr(at + 1);
}

std::size_t count_common_labels(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(count_labels(a), count_labels(b));
  std::size_t count = 0;
  while (count < most && last_labels(a, count + 1) == last_labels(b, count + 1)) ++count;
  return count;
}

}  // namespace mailassay::dmarc
