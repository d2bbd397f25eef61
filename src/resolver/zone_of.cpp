#include "resolver/live_resolver.h"

namespace mailassay::resolver {

std::string_view zone_of(std::string_view name) noexcept {
  for (const std::string_view label :
       {std::string_view("_domainkey."), std::string_view("_dmarc.")}) {
    std::size_t found = name.rfind(label);
    while (found != std::string_view::npos && found != 0 && name[found - 1] != '.') {
      found = name.rfind(label, found - 1);
    }
    if (found != std::string_view::npos) return name.substr(found + label.size());
  }
  return name;
}

}  // namespace mailassay::resolver
