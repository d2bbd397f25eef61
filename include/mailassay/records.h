// Exports of other programs that hold messages, or their headers, in a field of a record.
#ifndef MAILASSAY_RECORDS_H
#define MAILASSAY_RECORDS_H

#include <cstdint>
#include <string>

namespace mailassay {

/// Which field of NDJSON and CSV files holds mail.
struct RecordFields {
  enum class Encoding : std::uint8_t {
    plain,   ///< the text of the field is the message; in JSON as UTF-8
    base64,  ///< base64 or base64url of it, white space and missing padding admitted
  };
  std::string message;  ///< name of the field that holds a whole message
  /// Name of the field that holds the header of a message whose body lies elsewhere or nowhere, as
  /// CRM systems export it. It is looked at if `message` is empty.
  std::string headers;
  std::string id;  ///< name of the field that names the record; empty: its number does
  Encoding encoding = Encoding::plain;

  bool holds_headers() const noexcept { return message.empty() && !headers.empty(); }
  /// The field that is read; empty: such files are not read.
  const std::string& content() const noexcept { return message.empty() ? headers : message; }
};

}  // namespace mailassay

#endif  // MAILASSAY_RECORDS_H
