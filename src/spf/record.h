// An SPF record by its grammar. [RFC7208 12]
#ifndef MAILASSAY_SPF_RECORD_H
#define MAILASSAY_SPF_RECORD_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/spf.h"

namespace mailassay::spf {

enum class Kind : std::uint8_t { all, include, a, mx, ptr, ip4, ip6, exists };

/// Lifetime: the views point into the text of the record.
struct Mechanism {
  Kind kind = Kind::all;
  Status status = Status::pass;  ///< of the qualifier [RFC7208 4.6.2]
  std::string_view text;         ///< the term with its qualifier
  std::string_view domain_spec;  ///< empty: the current domain
  std::string network;           ///< of ip4 and ip6: 4 or 16 octets
  unsigned prefix4 = 32;         ///< bits
  unsigned prefix6 = 128;        ///< bits
};

struct Record {
  std::vector<Mechanism> mechanisms;
  std::string_view redirect;     ///< domain-spec; empty if there is none
  std::string_view explanation;  ///< domain-spec of exp=; empty if there is none
  bool has_all = false;
};

/// True if the version section is "v=spf1", whatever follows. [RFC7208 4.5]
bool is_spf_record(std::string_view text) noexcept;

/// Reads a record.
///
/// Demands: is_spf_record(text).
/// Result:  empty for a syntax error anywhere. [RFC7208 4.6]
std::optional<Record> parse_record(std::string_view text);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_RECORD_H
