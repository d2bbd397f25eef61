// One row of a recording: its fields, read from and written to a line of JSON.
#ifndef MAILASSAY_DNS_COF_ROW_H
#define MAILASSAY_DNS_COF_ROW_H

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mailassay/dns.h"
#include "mailassay/result.h"

namespace mailassay::dns {

/// The origin of rows that a live scan recorded; such sightings have the source "live" again.
inline constexpr std::string_view kLiveOrigin = "urn:x-mailassay:live";
inline constexpr std::string_view kLiveSource = "live";
/// The source of rows without an origin.
inline constexpr std::string_view kRecordedSource = "recorded";

/// A row that says something about a question.
struct CofRow {
  Question question;
  Sighting sighting;
  // What a live recording keeps beside it. Written where known, not read back.
  std::optional<std::uint32_t> ttl;  ///< seconds; the smallest of the set
  std::string server;                ///< address and port that answered; empty if none did
  std::optional<std::chrono::sys_seconds> queried_at;
  std::optional<bool> authentic_data;  ///< the AD bit [RFC4035 3.2.3]
  std::optional<std::uint64_t> id;     ///< evidence id of the run that wrote the row
};

/// A row of a type that mailassay does not ask for.
struct UnusedRow {};

/// A line of DNSDB's streaming format that frames the rows.
enum class StreamMark : std::uint8_t { begin, ongoing, complete, failed };

using CofLine = std::variant<CofRow, UnusedRow, StreamMark>;

/// Reads lines; keeps its working memory from one to the next.
class CofReader {
 public:
  CofReader();
  ~CofReader();
  CofReader(const CofReader&) = delete;
  CofReader& operator=(const CofReader&) = delete;

  /// Errors: words for a person.
  Result<CofLine, std::string> read(std::string_view line);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// Appends a row as one line, LF included. CofReader reads the same question and sighting back.
///
/// Demands: the sighting is dated, its kind is not no_evidence, and its records fit their type.
void append_cof_row(const CofRow& row, std::string& out);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_COF_ROW_H
