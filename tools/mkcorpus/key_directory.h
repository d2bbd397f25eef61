// All key names of a corpus: who signs with which selector, and what DNS says to each name.
//
// A pure function of the seed and of the number of domains. Several names share a test key; their
// records still differ.
#ifndef MAILASSAY_MKCORPUS_KEY_DIRECTORY_H
#define MAILASSAY_MKCORPUS_KEY_DIRECTORY_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mkcorpus/prng.h"
#include "mkcorpus/signing_key.h"

namespace mkcorpus {

enum class KeyState : std::uint8_t {
  published,    ///< a TXT record with the public key
  revoked,      ///< a TXT record with an empty p= [RFC6376 3.6.1]
  no_name,      ///< NXDOMAIN
  no_data,      ///< the name exists, without TXT
  no_evidence,  ///< nothing is known of the name
  gone,         ///< NXDOMAIN, seen long after the mail
  replaced,     ///< a TXT record with another key than the one that signed
};

struct KeyName {
  std::string selector;
  std::string domain;
  KeyState state = KeyState::published;
  const SigningKey* key = nullptr;      ///< never null; lives in the KeyPool
  std::vector<std::string> strings;     ///< the character-strings of the TXT record; empty if none
  std::optional<std::string> alias_of;  ///< the name is a CNAME of this one, which has the record
  bool exact_domain = false;            ///< t=s: i= must be in d= itself
  bool admits_sha1 = true;              ///< h= does not restrict the hash to sha256

  /// selector._domainkey.domain, without a dot at the end. [RFC6376 3.6.2.1]
  std::string query_name() const;
};

class KeyDirectory {
 public:
  /// Demands: domains > 0; `pool` outlives the directory.
  KeyDirectory(const KeyPool& pool, std::uint64_t seed, std::size_t domains);

  const std::vector<KeyName>& names() const { return names_; }

  /// A published key of this kind of some author.
  const KeyName& author_key(KeyKind kind, Prng& prng) const;
  /// A published key of this kind of a mailing service that signs for others.
  const KeyName& relay_key(KeyKind kind, Prng& prng) const;
  const KeyName& missing_key(Prng& prng) const;
  const KeyName& revoked_key(Prng& prng) const;

 private:
  /// Places in `names_` of the published keys, by KeyKind.
  using Lists = std::array<std::vector<std::size_t>, 3>;
  void add(Lists& lists, const std::string& domain, KeyKind kind, KeyState state);
  void add_author(std::size_t number, std::size_t domains);

  const KeyPool& pool_;
  Prng prng_;
  std::vector<KeyName> names_;
  Lists authors_, relays_;
  std::vector<std::size_t> missing_, revoked_;
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_KEY_DIRECTORY_H
