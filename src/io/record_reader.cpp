#include "io/record_reader.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "mailassay/problem.h"
#include "mbox/splitter.h"

namespace mailassay::io {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  return text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
}

struct Cell {
  std::string text;
  bool broken = false;  ///< a quote inside of quotes was not doubled
};

/// The cells of one CSV record, unquoted.
std::vector<Cell> cells_of(std::string_view line, char delimiter) {
  std::vector<Cell> cells(1);
  CsvPlace place(delimiter);
  for (const char c : line) {
    switch (place.take(c)) {
      case CsvPlace::Octet::content:
        cells.back().text += c;
        break;
      case CsvPlace::Octet::stray:
        cells.back().text += c;
        cells.back().broken = true;
        break;
      case CsvPlace::Octet::delimiter:
        cells.emplace_back();
        break;
      case CsvPlace::Octet::quote:
        break;
    }
  }
  return cells;
}

std::optional<std::size_t> column(const std::vector<Cell>& cells, std::string_view name) {
  const auto found = std::find_if(cells.begin(), cells.end(),
                                  [name](const Cell& cell) { return cell.text == name; });
  if (found == cells.end()) return std::nullopt;
  return static_cast<std::size_t>(found - cells.begin());
}

/// The delimiter that finds the field in a first line.
std::optional<char> delimiter_of(std::string_view line, std::string_view name) {
  for (const char delimiter : {',', ';', '\t'}) {
    if (column(cells_of(line, delimiter), name)) return delimiter;
  }
  return std::nullopt;
}

/// Picks two members of the outermost object.
class Picker : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Picker> {
 public:
  explicit Picker(const RecordFields& fields) : fields_(fields) {}

  bool Default() { return scalar({}); }
  bool Null() { return scalar({}); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return scalar(std::string_view(text, size));
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ == 1 && wanted_ == Wanted::message) {
      message.emplace(text, size);
      wanted_ = Wanted::nothing;
      return true;
    }
    return scalar(std::string_view(text, size));
  }
  bool StartObject() { return enter(); }
  bool EndObject(rapidjson::SizeType /*count*/) { return leave(); }
  bool StartArray() { return enter(); }
  bool EndArray(rapidjson::SizeType /*count*/) { return leave(); }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ != 1) return true;
    const std::string_view name(text, size);
    wanted_ = name == fields_.content()                   ? Wanted::message
              : !fields_.id.empty() && name == fields_.id ? Wanted::id
                                                          : Wanted::nothing;
    return true;
  }

  std::optional<std::string> message;
  std::string id;

 private:
  enum class Wanted { nothing, message, id };

  bool scalar(std::string_view text) {
    if (depth_ == 1 && wanted_ == Wanted::id) id = text;
    if (depth_ == 1) wanted_ = Wanted::nothing;
    return true;
  }
  bool enter() {
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    if (depth_ == 1) wanted_ = Wanted::nothing;
    return true;
  }

  const RecordFields& fields_;
  unsigned depth_ = 0;
  Wanted wanted_ = Wanted::nothing;
};

}  // namespace

std::optional<std::string> decode_loose_base64(std::string_view text) {
  std::string standard(text);
  std::replace(standard.begin(), standard.end(), '-', '+');
  std::replace(standard.begin(), standard.end(), '_', '/');
  return decode_base64(standard);
}

RecordForm sniff_records(std::string_view head, const RecordFields& fields) {
  if (fields.content().empty()) return RecordForm::none;
  const std::string_view text = without_mark(head);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return RecordForm::ndjson;
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  // A message may have a subject like a line of names.
  if (mbox::looks_like_field(line)) return RecordForm::none;
  return delimiter_of(line, fields.content()) ? RecordForm::csv : RecordForm::none;
}

CsvPlace::Octet CsvPlace::take(char c) {
  switch (state_) {
    case State::quoted:
      if (c != '"') return Octet::content;
      state_ = State::behind_quote;
      return Octet::quote;
    case State::behind_quote:
      if (c == '"') {
        state_ = State::quoted;
        return Octet::content;
      }
      break;
    case State::cell_begins:
      if (c == '"') {
        state_ = State::quoted;
        return Octet::quote;
      }
      break;
    case State::plain:
      break;
  }
  return open(c);
}

/// An octet outside of quotes.
CsvPlace::Octet CsvPlace::open(char c) {
  const bool may_end = delimiter_ == kAnyDelimiter && (c == ',' || c == ';' || c == '\t');
  if (may_end || (c == delimiter_ && delimiter_ != kAnyDelimiter)) {
    state_ = State::cell_begins;
    return Octet::delimiter;
  }
  const bool is_stray = state_ == State::behind_quote;
  state_ = State::plain;
  return is_stray ? Octet::stray : Octet::content;
}

/// Reads on; false at the end or at an error.
bool RecordReader::fill() {
  if (at_end_ || error_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t have = buffer_.size();
  buffer_.resize(have + kReadBytes);
  auto got = below_.read(std::span(buffer_).subspan(have));
  buffer_.resize(have + (got ? *got : 0));
  if (!got) {
    error_ = std::move(got.error());
    return false;
  }
  at_end_ = *got < kReadBytes && !below_.error_follows();
  return *got > 0;
}

/// Takes one record: a line; in CSV line ends between quotes belong to it.
Result<RecordReader::Line, IoError> RecordReader::take_line() {
  line_.clear();
  offset_ = taken_;
  CsvPlace place(offset_ == 0 ? CsvPlace::kAnyDelimiter : delimiter_);
  bool any = false;
  bool too_large = false;
  while (true) {
    if (at_ == buffer_.size() && !fill()) {
      if (error_) return Unexpected(*error_);
      if (!any) return Line::at_end;
      if (too_large) return Line::too_large;
      if (place.is_quoted()) return Line::cut_off;
      drop_carriage_return();
      return Line::taken;
    }
    any = true;
    const std::string_view rest = std::string_view(buffer_).substr(at_);
    const std::size_t end = rest.find('\n');
    const std::string_view piece =
        rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    at_ += piece.size();
    taken_ += piece.size();
    too_large = too_large || line_.size() + piece.size() > kMaxRecordBytes;
    if (!too_large) line_ += piece;
    if (form_ == RecordForm::csv) {
      const bool is_front = offset_ == 0 && taken_ == piece.size();
      for (const char c : is_front ? without_mark(piece) : piece) place.take(c);
    }
    if (end == std::string_view::npos || place.is_quoted()) continue;
    if (too_large) return Line::too_large;
    line_.pop_back();
    drop_carriage_return();
    return Line::taken;
  }
}

void RecordReader::drop_carriage_return() {
  if (line_.ends_with('\r')) line_.pop_back();
}

IoError RecordReader::bad(std::string what) const {
  IoError error{0, {}, offset_, fmt::format("record {}: {}", number_, what)};
  error.reason = ProblemReason::bad_record;
  return error;
}

Result<std::optional<Record>, IoError> RecordReader::next() {
  while (true) {
    const auto line = take_line();
    if (!line) return Unexpected(line.error());
    if (*line == Line::at_end) return std::optional<Record>();
    if (*line == Line::cut_off) {
      ++number_;
      return Unexpected(bad("is cut off: the file ends between quotes"));
    }
    if (offset_ == 0) {
      line_.erase(0, line_.size() - without_mark(line_).size());
      if (form_ == RecordForm::csv) {
        read_header();
        continue;
      }
    }
    if (line_.find_first_not_of(" \t") == std::string::npos && *line == Line::taken) continue;
    ++number_;
    if (*line == Line::too_large) {
      IoError error = bad(fmt::format("is larger than {} octets", kMaxRecordBytes));
      error.reason = ProblemReason::needs_too_much_memory;
      return Unexpected(std::move(error));
    }
    return form_ == RecordForm::ndjson ? from_json() : from_csv();
  }
}

void RecordReader::read_header() {
  delimiter_ = delimiter_of(line_, fields_.content()).value_or(',');
  const std::vector<Cell> names = cells_of(line_, delimiter_);
  message_column_ = column(names, fields_.content()).value_or(0);
  if (!fields_.id.empty()) id_column_ = column(names, fields_.id);
}

Result<std::optional<Record>, IoError> RecordReader::from_json() {
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseIterativeFlag;
  rapidjson::Reader reader;
  rapidjson::InsituStringStream stream(line_.data());
  Picker picker(fields_);
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, picker);
  if (!parsed) return Unexpected(bad(rapidjson::GetParseError_En(parsed.Code())));
  if (!picker.message) return Unexpected(bad("has no text in '" + fields_.content() + "'"));
  return finish(std::move(picker.id), std::move(*picker.message));
}

Result<std::optional<Record>, IoError> RecordReader::from_csv() {
  std::vector<Cell> cells = cells_of(line_, delimiter_);
  if (message_column_ >= cells.size() || cells[message_column_].text.empty()) {
    return Unexpected(bad("has nothing in '" + fields_.content() + "'"));
  }
  if (cells[message_column_].broken) {
    return Unexpected(bad("has a quote that is not doubled in '" + fields_.content() + "'"));
  }
  std::string id;
  if (id_column_ && *id_column_ < cells.size()) id = std::move(cells[*id_column_].text);
  return finish(std::move(id), std::move(cells[message_column_].text));
}

Result<std::optional<Record>, IoError> RecordReader::finish(std::string id, std::string message) {
  if (id.empty()) id = fmt::format("record {}", number_);
  if (fields_.encoding == RecordFields::Encoding::base64) {
    auto decoded = decode_loose_base64(message);
    if (!decoded) return Unexpected(bad("'" + fields_.content() + "' is not base64"));
    message = std::move(*decoded);
  }
  return std::optional(Record{std::move(id), std::move(message)});
}

}  // namespace mailassay::io
