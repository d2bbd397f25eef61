// DNS of a corpus with envelopes: all record types, what is known not to exist, and what nobody
// knows; in the two forms that mailassay reads.
#ifndef MAILASSAY_MKCORPUS_DNS_TABLE_H
#define MAILASSAY_MKCORPUS_DNS_TABLE_H

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mkcorpus/dns_files.h"
#include "mkcorpus/key_directory.h"

namespace mkcorpus {

class DnsTable {
 public:
  /// One more record of that name and type. `data` is in presentation form.
  void add(const std::string& name, std::string_view type, const std::string& data);
  /// A TXT record in strings of at most 255 octets. Demands: neither quotes nor backslashes.
  void add_text(const std::string& name, std::string_view text);
  /// The key record, or that there is none, as `key.state` says.
  void add_key(const KeyName& key);
  /// The address of a host, the host of an address, and that both have nothing more.
  void add_host(const std::string& host, const std::string& ip);

  /// A verifier will ask this: if there is no such record, the recording has to say so.
  void ask(const std::string& name, std::string_view type);
  /// The same of everything the walk for a policy asks. [RFC9989 4.10]
  void ask_policies(std::string_view domain);

  /// Nothing is known of the name: absent from the recording, delegated away in the zone.
  void withhold(const std::string& name);
  /// The recording saw the name, or that it does not exist, at that time only; the zone, which has
  /// no dates, has nothing of it.
  void date(const std::string& name, Sighting sighting);

  std::string cof_rows() const;
  std::string zone_text() const;

 private:
  using Key = std::pair<std::string, std::string>;  ///< name in lower case, type

  std::set<std::string> existing_names() const;
  Sighting sighting_of(const std::string& name) const;

  std::map<Key, std::vector<std::string>> records_;
  std::set<Key> asked_;
  std::set<std::string> withheld_;
  std::map<std::string, Sighting> dated_;
};

/// The name at which the PTR record of an address stands. [RFC1035 3.5] [RFC3596 2.5]
std::string reverse_name(const std::string& ip);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DNS_TABLE_H
