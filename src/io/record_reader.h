// Records of NDJSON and CSV files, of which one field is a message or its header. JSON is read by
// RapidJSON, CSV as RFC 4180 has it: quotes, doubled quotes, line ends in quoted fields; the
// delimiter (comma, semicolon, tab) is the one that finds the field in the first line.
#ifndef MAILASSAY_IO_RECORD_READER_H
#define MAILASSAY_IO_RECORD_READER_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/io_error.h"
#include "io/octet_stream.h"
#include "mailassay/records.h"
#include "mailassay/result.h"

namespace mailassay::io {

/// Octets that sniff_records() wants to see: the names of the columns.
inline constexpr std::size_t kRecordSniffBytes = std::size_t{16} * 1024;

/// Octets of one record. Above it: reason needs_too_much_memory, and the record is passed over.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{64} * 1024 * 1024;

enum class RecordForm : std::uint8_t { none, ndjson, csv };

/// What a file that begins with `head` is, if it holds records with the field.
RecordForm sniff_records(std::string_view head, const RecordFields& fields);

/// Where a CSV is between its quotes. (RFC 4180, 2) A quote that is not the first octet of a cell
/// opens nothing: it is a character like others.
class CsvPlace {
 public:
  /// Delimiter of a line of names: whatever may be one.
  static constexpr char kAnyDelimiter = '\0';

  enum class Octet : std::uint8_t { content, quote, delimiter, stray };

  explicit CsvPlace(char delimiter) : delimiter_(delimiter) {}

  /// What the next octet is: of a cell, a quote around it or the first of two, the end of the cell,
  /// or behind the closing quote where nothing of the cell may be.
  Octet take(char c);
  /// True if a line end is of the cell.
  bool is_quoted() const noexcept { return state_ == State::quoted; }

 private:
  enum class State : std::uint8_t { cell_begins, plain, quoted, behind_quote };
  Octet open(char c);

  char delimiter_;
  State state_ = State::cell_begins;
};

struct Record {
  std::string id;
  std::string message;
};

/// Errors have neither path nor member; the offset is that of the record. Those with reason
/// bad_record and needs_too_much_memory cost one record, others end the reading.
/// Lifetime: `below` and `fields` outlive it. Threads: one at a time.
class RecordReader {
 public:
  RecordReader(OctetStream& below, const RecordFields& fields, RecordForm form)
      : below_(below), fields_(fields), form_(form) {}

  /// The next record; empty at the end.
  Result<std::optional<Record>, IoError> next();

 private:
  enum class Line : std::uint8_t { taken, too_large, cut_off, at_end };
  Result<Line, IoError> take_line();
  bool fill();
  Result<std::optional<Record>, IoError> from_json();
  Result<std::optional<Record>, IoError> from_csv();
  Result<std::optional<Record>, IoError> finish(std::string id, std::string message);
  void read_header();
  void drop_carriage_return();
  IoError bad(std::string what) const;

  OctetStream& below_;
  const RecordFields& fields_;
  RecordForm form_;
  std::string buffer_;  ///< read and not taken yet, from at_ on
  std::size_t at_ = 0;
  bool at_end_ = false;
  std::optional<IoError> error_;
  std::string line_;          ///< the record at hand, without its line end
  std::uint64_t offset_ = 0;  ///< of the record at hand
  std::uint64_t taken_ = 0;   ///< octets before at_
  std::uint64_t number_ = 0;  ///< of the record at hand, from 1
  char delimiter_ = ',';
  std::size_t message_column_ = 0;
  std::optional<std::size_t> id_column_;
};

/// Decodes base64 or base64url; white space and missing padding are admitted. Empty if it is none.
std::optional<std::string> decode_loose_base64(std::string_view text);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_RECORD_READER_H
