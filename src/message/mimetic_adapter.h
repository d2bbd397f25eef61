// The one place that calls libmimetic: it reads the values of Content- fields. [RFC2045 5.1]
//
// A linear scan of ours goes first. It bounds octets and parameters, drops comments and folding,
// resolves quoted pairs and cuts the value at the semicolons that stand outside of quotes, since
// libmimetic cuts at each of them and keeps comments; and it puts the pieces of RFC 2231 together.
// An exception of libmimetic ends here and counts as a value that cannot be read.
#ifndef MAILASSAY_MESSAGE_MIMETIC_ADAPTER_H
#define MAILASSAY_MESSAGE_MIMETIC_ADAPTER_H

#include <string>
#include <string_view>
#include <vector>

#include "mailassay/limits.h"

namespace mailassay::message {

struct MimeParameter {
  std::string name;   ///< lower case, without the marks of [RFC2231 3]
  std::string value;  ///< without quotes, as written; decoded if it was percent-encoded

  friend bool operator==(const MimeParameter&, const MimeParameter&) = default;
};

struct MimeValue {
  std::string type;  ///< "multipart/report", "attachment", lower case; empty: cannot be read
  std::vector<MimeParameter> parameters;  ///< the first of each name, in order
  bool over_limit = false;                ///< of octets: nothing was read; of parameters: the rest

  /// The value of a parameter, empty if there is none.
  std::string_view parameter(std::string_view name) const noexcept;
};

/// Reads Content-Type. A type without subtype is text/plain. [RFC2045 5.2]
MimeValue read_content_type(std::string_view value, const Limits& limits);

/// Reads Content-Disposition. [RFC2183 2]
MimeValue read_disposition(std::string_view value, const Limits& limits);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_MIMETIC_ADAPTER_H
