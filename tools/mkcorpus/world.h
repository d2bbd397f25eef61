// Everybody who has a part in a corpus with envelopes, and the DNS of all of them.
//
// A pure function of the seed and of the number of senders.
#ifndef MAILASSAY_MKCORPUS_WORLD_H
#define MAILASSAY_MKCORPUS_WORLD_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/dns_table.h"
#include "mkcorpus/sender.h"

namespace mkcorpus {

/// Whose archive the corpus is.
constexpr std::string_view kOwnDomain = "inbox.example.net";
/// authserv-id of the own servers. [RFC8601 2.5]
constexpr std::string_view kOwnAuthservId = "mx.inbox.example.net";
/// Where copies for the CRM system go.
constexpr std::string_view kCopyAddress = "dropbox-4711@mailvault.test";
constexpr std::string_view kCopyHost = "in.mailvault.test";
/// The mailing service that sends for the own domain.
constexpr std::string_view kOwnService = "mailcamp.test";
constexpr std::string_view kBrand = "bigshop.example";

class World {
 public:
  /// Demands: senders > 0; `pool` outlives the object.
  World(const KeyPool& pool, std::uint64_t seed, std::size_t senders);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const Sender& own() const { return party(kOwnDomain); }
  /// Those whose mail is the bulk of the archive.
  const std::vector<const Sender*>& senders() const { return senders_; }
  /// Mailing services, which send for others.
  const std::vector<const Sender*>& services() const { return services_; }
  /// Throws std::out_of_range if there is no such domain.
  const Sender& party(std::string_view domain) const { return parties_.at(std::string(domain)); }

  /// Keys that are lost: nothing is known of the first, the second was taken away after
  /// kKeyReplacedAt, the third is another one since then.
  const KeyName& unknown_key() const { return unknown_key_; }
  const KeyName& gone_key() const { return gone_key_; }
  const KeyName& replaced_key() const { return replaced_key_; }
  /// With which Gmail seals what it receives.
  const KeyName& gmail_key() const { return gmail_key_; }
  const KeyPool& pool() const { return pool_; }

  /// Names at which keys are looked for.
  std::size_t key_names() const { return 3 * parties_.size() + 4; }
  const DnsTable& dns() const { return dns_; }

 private:
  const Sender& add(const SenderPlan& plan, Prng& prng);
  void add_services(Prng& prng);
  void add_named(Prng& prng);
  void add_senders(std::size_t count, Prng& prng);
  void add_helo_names();
  void add_special_keys();

  const KeyPool& pool_;
  DnsTable dns_;
  std::map<std::string, Sender> parties_;
  std::vector<const Sender*> senders_, services_;
  KeyName unknown_key_, gone_key_, replaced_key_, gmail_key_;
};

/// Receipt of mail whose key was replaced lies before this time, by more than a month.
constexpr std::int64_t kKeyReplacedAt = 1672531200;  // 2023-01-01

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_WORLD_H
