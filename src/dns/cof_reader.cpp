#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <array>
#include <utility>

#include "dns/cof_row.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/sightings.h"
#include "dns/timestamp.h"

namespace mailassay::dns {

namespace {

using Value = rapidjson::Value;
using std::chrono::sys_seconds;

/// First block of the reader's memory: enough for all but odd lines.
constexpr std::size_t kPoolBytes = std::size_t{64} * 1024;

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

const Value* member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

/// What rrtype says: one of ours, none of ours (inner empty), or nothing readable (outer empty).
std::optional<std::optional<Type>> read_type(const Value& value) {
  if (value.IsUint64()) return std::optional(type_from_number(value.GetUint64()));
  if (value.IsString() && value.GetStringLength() > 0) {
    return std::optional(type_from_name(text_of(value)));
  }
  return std::nullopt;
}

std::optional<sys_seconds> read_time(const Value& value) {
  if (value.IsNumber()) return timestamp_from_number(value.GetDouble());
  if (value.IsString()) return timestamp_from_text(text_of(value));
  return std::nullopt;
}

/// Fills the window of the sighting; the error in words, or empty.
std::string read_window(const Value& object, Sighting& sighting) {
  const Value* first = member(object, "time_first");
  const Value* last = member(object, "time_last");
  if (first == nullptr && last == nullptr) {
    first = member(object, "zone_time_first");
    last = member(object, "zone_time_last");
  }
  if (first == nullptr || last == nullptr) return "time_first or time_last is missing";
  sighting.first_seen = read_time(*first);
  if (!sighting.first_seen) return "time_first is no time";
  sighting.last_seen = read_time(*last);
  if (!sighting.last_seen) return "time_last is no time";
  if (*sighting.last_seen < *sighting.first_seen) return "time_last is before time_first";
  return {};
}

std::string read_one_rdata(Type type, const Value& value, Sighting& sighting) {
  if (!value.IsString()) return "rdata is not text";
  auto wire = rdata_from_text(type, text_of(value));
  if (!wire) {
    return "rdata of type " + std::string(type_name(type)) + ": " +
           std::string(to_string(wire.error()));
  }
  sighting.rdata.push_back(std::move(*wire));
  return {};
}

std::string read_rdata(Type type, const Value* value, Sighting& sighting) {
  if (value == nullptr) return {};
  if (value->IsString()) {
    return value->GetStringLength() == 0 ? std::string() : read_one_rdata(type, *value, sighting);
  }
  if (!value->IsArray()) return "rdata is neither text nor an array";
  for (const Value& one : value->GetArray()) {
    if (std::string error = read_one_rdata(type, one, sighting); !error.empty()) return error;
  }
  sort_rdata(sighting.rdata);
  return {};
}

struct NegativeCode {
  std::string_view rcode;
  AnswerKind kind;
  Failure failure;
};
constexpr std::array<NegativeCode, 4> kNegativeCodes = {
    {{"NXDOMAIN", AnswerKind::no_such_name, Failure::none},
     {"NOERROR", AnswerKind::no_data, Failure::none},
     {"SERVFAIL", AnswerKind::temporary_failure, Failure::servfail},
     {"TIMEOUT", AnswerKind::temporary_failure, Failure::timeout}}};

/// Decides between records and our extension for what COF cannot say.
std::string read_kind(const Value& object, Sighting& sighting) {
  const Value* rcode = member(object, "rcode");
  if (!sighting.rdata.empty()) {
    sighting.kind = AnswerKind::records;
    if (rcode == nullptr || (rcode->IsString() && text_of(*rcode) == "NOERROR")) return {};
    return "rcode other than NOERROR beside rdata";
  }
  if (rcode == nullptr) return "rdata is empty and there is no rcode";
  if (!rcode->IsString()) return "rcode is not text";
  for (const NegativeCode& code : kNegativeCodes) {
    if (text_of(*rcode) != code.rcode) continue;
    sighting.kind = code.kind;
    sighting.failure = code.failure;
    const Value* reason = member(object, "reason");
    if (code.failure == Failure::timeout && reason != nullptr && reason->IsString() &&
        text_of(*reason) == "dns-deadline") {
      sighting.failure = Failure::deadline;
    }
    return {};
  }
  return "rcode is none of NXDOMAIN, NOERROR, SERVFAIL, TIMEOUT";
}

std::string_view read_source(const Value& object) {
  const Value* origin = member(object, "origin");
  if (origin == nullptr || !origin->IsString() || origin->GetStringLength() == 0) {
    return kRecordedSource;
  }
  return text_of(*origin) == kLiveOrigin ? kLiveSource : text_of(*origin);
}

Result<CofLine, std::string> read_row(const Value& object) {
  const Value* name = member(object, "rrname");
  if (name == nullptr || !name->IsString()) return Unexpected(std::string("rrname is missing"));
  const Value* type_value = member(object, "rrtype");
  if (type_value == nullptr) return Unexpected(std::string("rrtype is missing"));
  const auto type = read_type(*type_value);
  if (!type) return Unexpected(std::string("rrtype is neither a name nor a number"));
  if (!*type) return CofLine(UnusedRow{});

  CofRow row;
  auto normal_name = normalise_name(text_of(*name));
  if (!normal_name) {
    return Unexpected("rrname: " + std::string(to_string(normal_name.error())));
  }
  row.question = {std::move(*normal_name), **type};
  std::string error = read_rdata(**type, member(object, "rdata"), row.sighting);
  if (error.empty()) error = read_kind(object, row.sighting);
  if (error.empty()) error = read_window(object, row.sighting);
  if (!error.empty()) return Unexpected(std::move(error));
  row.sighting.source = read_source(object);
  const Value* wildcard = member(object, "wildcard");
  row.sighting.wildcard = wildcard != nullptr && wildcard->IsTrue();
  return CofLine(std::move(row));
}

Result<CofLine, std::string> read_mark(const Value& value) {
  if (!value.IsString()) return Unexpected(std::string("cond is not text"));
  const std::string_view text = text_of(value);
  if (text == "begin") return CofLine(StreamMark::begin);
  if (text == "ongoing") return CofLine(StreamMark::ongoing);
  // "limited" is complete as far as was asked for.
  if (text == "succeeded" || text == "limited") return CofLine(StreamMark::complete);
  return CofLine(StreamMark::failed);
}

}  // namespace

struct CofReader::Memory {
  std::array<char, kPoolBytes> block;
  rapidjson::MemoryPoolAllocator<> pool{block.data(), block.size()};
};

CofReader::CofReader() : memory_(std::make_unique<Memory>()) {}
CofReader::~CofReader() = default;

Result<CofLine, std::string> CofReader::read(std::string_view line) {
  memory_->pool.Clear();
  rapidjson::Document document(&memory_->pool);
  // Iterative: the depth of hostile JSON must not become the depth of our stack.
  document.Parse<rapidjson::kParseIterativeFlag>(line.data(), line.size());
  if (document.HasParseError()) {
    return Unexpected("not JSON: " +
                      std::string(rapidjson::GetParseError_En(document.GetParseError())));
  }
  if (!document.IsObject()) return Unexpected(std::string("not a JSON object"));
  if (const Value* object = member(document, "obj")) {
    if (!object->IsObject()) return Unexpected(std::string("obj is not a JSON object"));
    return read_row(*object);
  }
  if (const Value* mark = member(document, "cond")) return read_mark(*mark);
  return read_row(document);
}

}  // namespace mailassay::dns
