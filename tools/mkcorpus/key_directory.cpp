#include "mkcorpus/key_directory.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "mkcorpus/key_record.h"

namespace mkcorpus {
namespace {

constexpr std::uint64_t kDirectoryStream = 0xd1f0000000000001ULL;
constexpr std::size_t kRelays = 6;

constexpr std::array<std::string_view, 20> kOrganizations = {
    "northwind", "bluefin", "harbor",  "maple",    "lantern", "quarry",  "sunrise",
    "tinker",    "orchard", "copper",  "windmill", "granite", "juniper", "saffron",
    "meadow",    "falcon",  "cascade", "ember",    "willow",  "kestrel"};
// Reserved for examples and tests. [RFC2606] [RFC6761]
constexpr std::array<std::string_view, 5> kSuffixes = {"example", "example.com", "example.net",
                                                       "example.org", "test"};
constexpr std::array<std::string_view, 12> kSelectors = {
    "s1",   "s2",    "k1",     "mail",     "default", "selector1",
    "dkim", "news1", "crm_eu", "20210115", "key.eu",  "mta-2023"};

std::size_t index_of(KeyKind kind) { return static_cast<std::size_t>(kind); }

std::string author_domain(std::size_t number) {
  const std::string_view below = number % 7 == 3 ? "mail." : "";
  return fmt::format("{}{}{}.{}", below, kOrganizations[number % kOrganizations.size()], number,
                     kSuffixes[number % kSuffixes.size()]);
}

}  // namespace

std::string KeyName::query_name() const { return selector + "._domainkey." + domain; }

KeyDirectory::KeyDirectory(const KeyPool& pool, std::uint64_t seed, std::size_t domains)
    : pool_(pool), prng_(seed, kDirectoryStream) {
  for (std::size_t i = 0; i < domains; ++i) add_author(i, domains);
  for (std::size_t i = 0; i < kRelays; ++i) {
    const std::string domain = fmt::format("relay{}.{}", i + 1, kSuffixes[i % kSuffixes.size()]);
    add(relays_, domain, KeyKind::rsa_2048, KeyState::published);
    if (i % 2 == 0) add(relays_, domain, KeyKind::ed25519, KeyState::published);
    if (i % 3 == 0) add(relays_, domain, KeyKind::rsa_1024, KeyState::published);
  }
}

/// The first author has a key of every kind and state, so that none is ever lacking.
void KeyDirectory::add_author(std::size_t number, std::size_t domains) {
  const std::string domain = author_domain(number);
  const bool first = number == 0;
  add(authors_, domain, KeyKind::rsa_2048, KeyState::published);
  if (first || number % 4 == 1) add(authors_, domain, KeyKind::rsa_1024, KeyState::published);
  if (first || number % 4 == 2) add(authors_, domain, KeyKind::ed25519, KeyState::published);
  if (number % 2 == 1 && number % 4 != 1) {
    add(authors_, domain, KeyKind::rsa_2048, KeyState::published);
  }
  if (number % 4 == 0) add(authors_, domain, KeyKind::rsa_2048, KeyState::published);
  if (first || number % 8 == 3) add(authors_, domain, KeyKind::rsa_2048, KeyState::revoked);
  if (first || number % 8 == 5) add(authors_, domain, KeyKind::rsa_2048, KeyState::no_name);
  if (number == domains - 1 || number % 16 == 7) {
    add(authors_, domain, KeyKind::rsa_2048, KeyState::no_data);
  }
}

void KeyDirectory::add(Lists& lists, const std::string& domain, KeyKind kind, KeyState state) {
  const std::size_t number = names_.size();
  KeyName name;
  name.selector = fmt::format("{}{}", prng_.pick(kSelectors), prng_.chance(50) ? "" : "-b");
  // The names of one domain stand together; the number keeps its selectors apart.
  for (std::size_t i = number; i-- > 0 && names_[i].domain == domain;) {
    if (names_[i].selector != name.selector) continue;
    name.selector += fmt::format("{}", number);
    break;
  }
  name.domain = domain;
  name.state = state;
  name.key = &prng_.pick(pool_.of(kind));
  if (state == KeyState::published) {
    const KeyRecord record = key_record(*name.key, prng_);
    name.strings = record.strings;
    name.exact_domain = record.exact_domain;
    name.admits_sha1 = record.admits_sha1;
    if (number % 50 == 17) name.alias_of = fmt::format("key{}.keys.relay-dns.example", number);
    lists[index_of(kind)].push_back(number);
  } else if (state == KeyState::revoked) {
    name.strings = {prng_.chance(70) ? "v=DKIM1; k=rsa; p=" : "p=;"};
    revoked_.push_back(number);
  } else {
    missing_.push_back(number);
  }
  names_.push_back(std::move(name));
}

const KeyName& KeyDirectory::author_key(KeyKind kind, Prng& prng) const {
  return names_[prng.pick(authors_[index_of(kind)])];
}

const KeyName& KeyDirectory::relay_key(KeyKind kind, Prng& prng) const {
  return names_[prng.pick(relays_[index_of(kind)])];
}

const KeyName& KeyDirectory::missing_key(Prng& prng) const { return names_[prng.pick(missing_)]; }

const KeyName& KeyDirectory::revoked_key(Prng& prng) const { return names_[prng.pick(revoked_)]; }

}  // namespace mkcorpus
