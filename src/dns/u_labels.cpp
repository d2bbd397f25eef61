#include "dns/u_labels.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "base/ascii.h"

namespace mailassay::dns {
namespace {

constexpr std::string_view kPrefix = "xn--";  // [RFC5890 2.3.2.1]
constexpr std::size_t kMaxLabel = 63;         // [RFC1035 2.3.4]

struct IdnaCloser {
  void operator()(UIDNA* idna) const noexcept { uidna_close(idna); }
};

bool is_a_label(std::string_view label) noexcept {
  return label.size() <= kMaxLabel &&
         ascii::equal_ignoring_case(label.substr(0, kPrefix.size()), kPrefix);
}

void append_u_label(const UIDNA* idna, std::string_view label, std::string& out) {
  std::array<char, 4 * kMaxLabel> buffer{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode error = U_ZERO_ERROR;
  const auto size = uidna_labelToUnicodeUTF8(
      idna, label.data(), static_cast<std::int32_t>(label.size()), buffer.data(),
      static_cast<std::int32_t>(buffer.size()), &info, &error);
  if (U_FAILURE(error) != 0 || info.errors != 0 || size < 0) {
    out.append(label);
  } else {
    out.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

std::string to_u_labels(std::string_view name) {
  if (name.find(kPrefix) == std::string_view::npos) return std::string(name);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, IdnaCloser> idna(
      uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE, &error));
  if (U_FAILURE(error) != 0) return std::string(name);
  std::string out;
  for (std::size_t start = 0; start <= name.size();) {
    const std::size_t end = std::min(name.find('.', start), name.size());
    const std::string_view label = name.substr(start, end - start);
    if (is_a_label(label)) {
      append_u_label(idna.get(), label, out);
    } else {
      out.append(label);
    }
    if (end < name.size()) out.push_back('.');
    start = end + 1;
  }
  return out;
}

}  // namespace mailassay::dns
