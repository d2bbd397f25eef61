// Trace fields as tests write them.
#ifndef MAILASSAY_TESTS_SUPPORT_TRACE_H
#define MAILASSAY_TESTS_SUPPORT_TRACE_H

#include <optional>
#include <string>
#include <string_view>

#include "dns/ip_address.h"
#include "envelope/transit_reader.h"
#include "mailassay/envelope.h"
#include "mailassay/limits.h"
#include "message/header_index.h"
#include "support/exact_copy.h"

namespace mailassay::test {

/// The facts of a header block, one field a line.
inline envelope::TransitFacts trace(std::string_view header, const Limits& limits = {}) {
  const ExactCopy copy(header);
  message::HeaderIndex index;
  index.build(copy.view());
  return envelope::read_transit(index, limits);
}

/// Octets as text; "-" if there are none.
inline std::string address_text(std::string_view octets) {
  return octets.empty() ? "-" : dns::ip_to_text(octets);
}

inline std::string address_text(const std::optional<envelope::Value>& value) {
  return value ? address_text(value->text) : "-";
}

inline std::string text_of(const std::optional<envelope::Value>& value) {
  return value ? value->text : "-";
}

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_TRACE_H
