// A zone file as a source of answers. [RFC1034 4.3.2] [RFC4592] [RFC8020]
//
// A zone speaks with authority for its origin: the owner of its SOA record, else its first $ORIGIN,
// else it has none. There an absent name does not exist and an absent type is no data; empty
// non-terminals and wildcards hold. At and below a delegation, and outside the origin (but for
// records that the file states there), it knows nothing. It has no date unless one is given.
#ifndef MAILASSAY_DNS_ZONE_H
#define MAILASSAY_DNS_ZONE_H

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/load_error.h"
#include "dns/sightings.h"
#include "dns/zone_text.h"
#include "mailassay/dns.h"
#include "mailassay/result.h"

namespace mailassay::dns {

/// Threads: const functions from any number at once.
class Zone final : public SightingSource {
 public:
  /// Reads a zone file; `at` dates all it says, empty: good for any time.
  static Result<Zone, LoadError> from_text(std::string_view text, std::string_view file_name,
                                           std::optional<std::chrono::sys_seconds> at);

  void append_sightings(const Question& question, std::vector<Sighting>& out) const override;

 private:
  struct Node {
    std::map<Type, std::vector<std::string>> records;
    bool is_origin = false;
    bool is_cut = false;      ///< has NS and is no origin: another zone begins here
    bool is_renamed = false;  ///< has DNAME: what is below it stands elsewhere
  };

  Result<Done, LoadError> add(const ZoneRecord& record, std::string_view file_name);
  void add_ancestors(std::string_view origin);
  const Node* node(std::string_view wire_name) const;
  /// The node that answers for a name; null with `exists` unset for a name that does not exist.
  const Node* answering_node(std::string_view wire_name) const;
  bool is_beyond_cut(std::string_view wire_name) const;
  bool has_authority(std::string_view wire_name) const;
  Sighting sighting(AnswerKind kind) const;

  std::unordered_map<std::string, Node> nodes_;  ///< by lower-case wire name
  std::optional<std::chrono::sys_seconds> at_;
};

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_ZONE_H
