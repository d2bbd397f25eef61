#include "crypto/der.h"

#include "base/bytes.h"

namespace mailassay::crypto {

std::optional<std::size_t> DerReader::read_length() {
  const std::string_view first = cursor_.take_up_to(1);
  if (first.empty()) return std::nullopt;
  const std::uint8_t lead = octet(first[0]);
  if (lead < 0x80) return lead;
  // Long form: the low bits count the octets of the length. Four are more than any key needs.
  const std::size_t count = lead & 0x7FU;
  if (count == 0 || count > 4) return std::nullopt;
  const std::string_view octets = cursor_.take_up_to(count);
  if (octets.size() != count) return std::nullopt;
  std::size_t length = 0;
  for (const char c : octets) length = length << 8U | octet(c);
  return length;
}

std::optional<std::string_view> DerReader::read(DerTag tag) {
  if (!cursor_.take(static_cast<char>(tag))) return std::nullopt;
  const auto length = read_length();
  if (!length || cursor_.rest().size() < *length) return std::nullopt;
  return cursor_.take_up_to(*length);
}

std::optional<std::string_view> DerReader::read_positive_integer() {
  auto content = read(DerTag::integer);
  if (!content || content->empty()) return std::nullopt;
  if (octet(content->front()) >= 0x80) return std::nullopt;  // negative
  while (!content->empty() && content->front() == '\0') content->remove_prefix(1);
  if (content->empty()) return std::nullopt;  // zero
  return content;
}

}  // namespace mailassay::crypto
