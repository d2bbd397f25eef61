#include "dns/a_labels.h"

#include <unicode/uidna.h>

#include <array>
#include <cstdint>
#include <memory>

namespace mailassay::dns {
namespace {

struct IdnaCloser {
  void operator()(UIDNA* idna) const noexcept { uidna_close(idna); }
};

}  // namespace

std::optional<std::string> to_a_labels(std::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, IdnaCloser> idna(
      uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &error));
  if (U_FAILURE(error) != 0) return std::nullopt;
  std::array<char, 1024> out{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const auto size =
      uidna_nameToASCII_UTF8(idna.get(), name.data(), static_cast<std::int32_t>(name.size()),
                             out.data(), static_cast<std::int32_t>(out.size()), &info, &error);
  if (U_FAILURE(error) != 0 || info.errors != 0 || size < 0) return std::nullopt;
  return std::string(out.data(), static_cast<std::size_t>(size));
}

}  // namespace mailassay::dns
