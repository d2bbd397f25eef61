// The one adapter to ldns. It wants a FILE*, so the text goes through fmemopen; that is memory, not
// a file, and this object alone is exempt from the rule that the core calls nothing of stdio.

// Before ldns, which otherwise makes `bool` a macro, and clang then refuses the standard library.
#include <stdbool.h>

#include <ldns/ldns.h>

#include <cstdio>
#include <memory>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dns/zone_text.h"

namespace mailassay::dns {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
struct FreeRdf {
  void operator()(ldns_rdf* rdf) const { ldns_rdf_deep_free(rdf); }
};
struct FreeRecord {
  void operator()(ldns_rr* record) const { ldns_rr_free(record); }
};

std::string_view data_of(const ldns_rdf* rdf) {
  return as_text(ldns_rdf_data(rdf), ldns_rdf_size(rdf));
}

ZoneRecord record_of(const ldns_rr& rr, std::size_t line) {
  ZoneRecord record;
  record.owner = ascii::lower(data_of(ldns_rr_owner(&rr)));
  record.type = static_cast<std::uint16_t>(ldns_rr_get_type(&rr));
  record.line = line;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&rr); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(&rr, i);
    if (ldns_rdf_get_type(field) == LDNS_RDF_TYPE_DNAME) {
      record.rdata += ascii::lower(data_of(field));
    } else {
      record.rdata += data_of(field);
    }
  }
  return record;
}

/// ldns keeps the origin, the last owner and the last TTL between records, for its caller.
struct ReadState {
  std::uint32_t ttl = 3600;
  ldns_rdf* origin = nullptr;
  ldns_rdf* previous = nullptr;
  int line = 1;

  ReadState() { origin = ldns_dname_new_frm_str("."); }
  ~ReadState() {
    ldns_rdf_deep_free(origin);
    ldns_rdf_deep_free(previous);
  }
  ReadState(const ReadState&) = delete;
  ReadState& operator=(const ReadState&) = delete;
};

}  // namespace

Result<ZoneText, LoadError> read_zone_text(std::string_view text, std::string_view file_name) {
  ZoneText zone;
  // ldns wants the last line to end; fmemopen wants at least one octet.
  std::string copy(text);
  copy.push_back('\n');
  const std::unique_ptr<std::FILE, CloseFile> file(fmemopen(copy.data(), copy.size(), "r"));
  ReadState state;
  if (!file || state.origin == nullptr) {
    return Unexpected(LoadError{std::string(file_name), 1, "out of memory"});
  }
  while (std::feof(file.get()) == 0) {
    ldns_rr* raw = nullptr;
    const int line_before = state.line;
    const ldns_status status = ldns_rr_new_frm_fp_l(&raw, file.get(), &state.ttl, &state.origin,
                                                    &state.previous, &state.line);
    const std::unique_ptr<ldns_rr, FreeRecord> rr(raw);
    const auto line = static_cast<std::size_t>(line_before);
    switch (status) {
      case LDNS_STATUS_OK:
        if (!rr) break;
        if (ldns_rr_get_class(rr.get()) != LDNS_RR_CLASS_IN) {
          return Unexpected(LoadError{std::string(file_name), line, "a class other than IN"});
        }
        // ldns reads two words as an owner and no type, and says that it is well.
        if (static_cast<unsigned>(ldns_rr_get_type(rr.get())) == 0) {
          return Unexpected(LoadError{std::string(file_name), line, "a record without a type"});
        }
        zone.records.push_back(record_of(*rr, line));
        break;
      case LDNS_STATUS_SYNTAX_ORIGIN:
        if (zone.first_origin.empty()) zone.first_origin = ascii::lower(data_of(state.origin));
        break;
      case LDNS_STATUS_SYNTAX_EMPTY:
      case LDNS_STATUS_SYNTAX_TTL:
        break;
      default:
        return Unexpected(LoadError{std::string(file_name), line, ldns_get_errorstr_by_id(status)});
    }
  }
  return zone;
}

}  // namespace mailassay::dns
