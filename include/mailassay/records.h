// Exports of other programs that hold whole messages in a field of a record.
#ifndef MAILASSAY_RECORDS_H
#define MAILASSAY_RECORDS_H

#include <cstdint>
#include <string>

namespace mailassay {

/// Which fields of NDJSON and CSV files hold messages.
struct RecordFields {
  enum class Encoding : std::uint8_t {
    plain,   ///< the text of the field is the message; in JSON as UTF-8
    base64,  ///< base64 or base64url of it, white space and missing padding admitted
  };
  std::string message;  ///< name of the field; empty: such files are not read
  std::string id;       ///< name of the field that names the record; empty: its number does
  Encoding encoding = Encoding::plain;
};

}  // namespace mailassay

#endif  // MAILASSAY_RECORDS_H
