#include "mkcorpus/world.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "mkcorpus/mail_date.h"
#include "mkcorpus/sender_records.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::uint64_t kWorldStream = 0x3071d00000000001ULL;
constexpr std::int64_t kMonth = 30L * 86400;
constexpr std::array<std::string_view, 4> kServices = {kOwnService, "sendpost.example",
                                                       "bulkwing.test", "letterbox.example"};

/// A party that scenarios call by its name.
struct Named {
  std::string_view domain;
  SpfShape spf;
  DmarcShape dmarc;
};

constexpr std::array kNamed = {
    Named{kOwnDomain, SpfShape::ip4, DmarcShape::reject},
    // Senders by their policy.
    Named{"nodmarc.test", SpfShape::ip4, DmarcShape::none},
    Named{"nospf.test", SpfShape::none, DmarcShape::none},
    Named{"noned.test", SpfShape::redirect, DmarcShape::policy_none},
    Named{"quarantining.test", SpfShape::ip4, DmarcShape::quarantine},
    Named{"rejecting.test", SpfShape::ip4, DmarcShape::reject},
    Named{"tester.test", SpfShape::ip4, DmarcShape::test_quarantine},
    Named{"news.orgone.test", SpfShape::ip4, DmarcShape::parent_subdomains},
    Named{"branch.registry.test", SpfShape::ip4, DmarcShape::registry},
    Named{"ghost.orgnp.test", SpfShape::ip4, DmarcShape::missing_names},
    Named{"shop.orgtwo.test", SpfShape::ip4, DmarcShape::two_below_reject},
    // Who passes mail on.
    Named{"forwarder.test", SpfShape::ip4, DmarcShape::none},
    Named{"trustedfwd.test", SpfShape::ip4, DmarcShape::policy_none},
    Named{"clubmail.test", SpfShape::ip4, DmarcShape::policy_none},
    Named{"clubtrust.test", SpfShape::ip4, DmarcShape::policy_none},
    Named{"arcforward.test", SpfShape::ip4, DmarcShape::none},
    Named{"arcstrange.test", SpfShape::ip4, DmarcShape::none},
    // Who pretends, and whom they pretend to be.
    Named{kBrand, SpfShape::ip4_and_ip6, DmarcShape::none},
    Named{"offers-now.test", SpfShape::ip4, DmarcShape::policy_none},
    Named{"freemail.test", SpfShape::ip4, DmarcShape::quarantine},
    Named{"bigsh0p.example", SpfShape::ip4, DmarcShape::none},
    Named{"big-shop.example", SpfShape::ip4, DmarcShape::policy_none},
    Named{"bigshopp.example", SpfShape::ip4, DmarcShape::none},
    Named{"bigshop.test", SpfShape::ip4, DmarcShape::none},
    Named{"bigshop.example.phish.test", SpfShape::ip4, DmarcShape::none},
    // The first i is Cyrillic.
    Named{"xn--bgshop-pvf.example", SpfShape::ip4, DmarcShape::none},
    // Servers that report.
    Named{"postfixsite.test", SpfShape::ip4, DmarcShape::policy_none},
    Named{"eximsite.test", SpfShape::ip4, DmarcShape::none},
    Named{"qmailsite.test", SpfShape::ip4, DmarcShape::none},
    Named{"exchangesite.test", SpfShape::ip4, DmarcShape::quarantine},
    Named{"gmailsite.test", SpfShape::ip4, DmarcShape::policy_none},
    Named{"reporter.test", SpfShape::ip4, DmarcShape::reject},
};

// Reserved for examples and tests. [RFC2606] [RFC6761] An organization has two labels in them by
// RFC 7489 as well, since no public-suffix list names them.
constexpr std::array<std::string_view, 2> kSuffixes = {"test", "example"};
constexpr std::array<std::string_view, 12> kNames = {
    "ambertree", "brightmill", "cedarline",  "dovetail",  "eastgate",  "fernhill",
    "goldcrest", "highmoor",   "ironbridge", "larkfield", "millbrook", "oakhaven"};
constexpr std::array<SpfShape, 24> kSpfMix = {
    SpfShape::ip4,     SpfShape::include,        SpfShape::ip4_and_ip6, SpfShape::include_softly,
    SpfShape::host,    SpfShape::redirect,       SpfShape::exchanger,   SpfShape::macro,
    SpfShape::include, SpfShape::none,           SpfShape::own_host,    SpfShape::ip4_and_ip6,
    SpfShape::ip4,     SpfShape::include_softly, SpfShape::two_records, SpfShape::include,
    SpfShape::ip4,     SpfShape::redirect,       SpfShape::host,        SpfShape::bad_syntax,
    SpfShape::include, SpfShape::ip4_and_ip6,    SpfShape::macro,       SpfShape::include_of_none};
constexpr std::array<DmarcShape, 17> kDmarcMix = {DmarcShape::policy_none,
                                                  DmarcShape::none,
                                                  DmarcShape::reject,
                                                  DmarcShape::policy_none,
                                                  DmarcShape::none,
                                                  DmarcShape::quarantine,
                                                  DmarcShape::parent_subdomains,
                                                  DmarcShape::none,
                                                  DmarcShape::policy_none,
                                                  DmarcShape::reject_strict,
                                                  DmarcShape::reports_only,
                                                  DmarcShape::none,
                                                  DmarcShape::registry,
                                                  DmarcShape::two_records,
                                                  DmarcShape::parent_only,
                                                  DmarcShape::reject,
                                                  DmarcShape::test_quarantine};

bool is_below_organization(DmarcShape shape) { return shape >= DmarcShape::parent_subdomains; }

/// Addresses of senders: 192.0.2.0/24 and 198.51.100.0/24. [RFC5737]
std::string address(std::size_t number) {
  const std::size_t place = number % 508;
  return place < 254 ? fmt::format("192.0.2.{}", place + 1)
                     : fmt::format("198.51.100.{}", place - 253);
}

KeyKind key_kind(std::size_t number) {
  if (number % 19 == 7) return KeyKind::ed25519;
  return number % 11 == 5 ? KeyKind::rsa_1024 : KeyKind::rsa_2048;
}

/// A key record in its usual form.
std::vector<std::string> long_record(const SigningKey& key) {
  const std::string text = "v=DKIM1; k=rsa; p=" + base64_encoded(key.public_octets());
  return {text.substr(0, 255), text.substr(255)};
}

}  // namespace

World::World(const KeyPool& pool, std::uint64_t seed, std::size_t senders) : pool_(pool) {
  Prng prng(seed, kWorldStream);
  add_services(prng);
  add_named(prng);
  add_helo_names();
  add_senders(senders, prng);
  add_special_keys();
  for (std::size_t i = 0; i < kStrangers4.size(); ++i) {
    dns_.add_host(fmt::format("vps{}.cheaphost.test", i), std::string(kStrangers4[i]));
  }
  for (std::size_t i = 0; i < kStrangers6.size(); ++i) {
    dns_.add_host(fmt::format("vps6-{}.cheaphost.test", i), std::string(kStrangers6[i]));
  }
  dns_.ask_policies("cheaphost.test");
}

const Sender& World::add(const SenderPlan& plan, Prng& prng) {
  return parties_.emplace(plan.domain, publish_sender(plan, pool_, dns_, prng)).first->second;
}

void World::add_services(Prng& prng) {
  for (std::size_t i = 0; i < kServices.size(); ++i) {
    SenderPlan plan;
    plan.domain = kServices[i];
    plan.ip4 = fmt::format("203.0.113.{}", 8 * i + 3);
    plan.ip6 = fmt::format("2001:db8:e5b:{}::3", i + 1);
    plan.spf = SpfShape::ip4_and_ip6;
    plan.dmarc = i % 2 == 0 ? DmarcShape::policy_none : DmarcShape::reject;
    services_.push_back(&add(plan, prng));
    dns_.add_text(
        "_spf." + plan.domain,
        fmt::format("v=spf1 ip4:203.0.113.{}/29 ip6:2001:db8:e5b:{}::/64 ~all", 8 * i, i + 1));
  }
}

void World::add_named(Prng& prng) {
  for (std::size_t i = 0; i < kNamed.size(); ++i) {
    SenderPlan plan;
    plan.domain = kNamed[i].domain;
    plan.ip4 = fmt::format("203.0.113.{}", 64 + i);
    if (kNamed[i].spf == SpfShape::ip4_and_ip6) plan.ip6 = fmt::format("2001:db8:b16:{}::5", i);
    plan.spf = kNamed[i].spf;
    plan.dmarc = kNamed[i].dmarc;
    add(plan, prng);
  }
}

/// Servers that send with the null sender: SPF is asked of their name. Where the domain has no
/// DMARC record, the server is an author of its own, since nothing makes it part of the domain.
void World::add_helo_names() {
  for (const std::string_view domain : {"postfixsite.test", "exchangesite.test", "gmailsite.test",
                                        "eximsite.test", "qmailsite.test"}) {
    Sender site = party(domain);
    dns_.add_text(site.helo, "v=spf1 a -all");
    dns_.ask_policies(site.helo);
    if (!site.policy.domain.empty()) continue;
    site.domain = site.organization = site.helo;
    parties_.emplace(site.domain, std::move(site));
  }
}

void World::add_senders(std::size_t count, Prng& prng) {
  for (std::size_t i = 0; i < count; ++i) {
    SenderPlan plan;
    plan.spf = kSpfMix[i % kSpfMix.size()];
    // Few records are faulty.
    if (plan.spf >= SpfShape::two_records && i / kSpfMix.size() % 3 > 0) plan.spf = SpfShape::ip4;
    plan.dmarc = kDmarcMix[i % kDmarcMix.size()];
    plan.domain = fmt::format("{}{}{}.{}", is_below_organization(plan.dmarc) ? "news." : "",
                              kNames[i % kNames.size()], i, kSuffixes[i % kSuffixes.size()]);
    plan.ip4 = address(i);
    if (plan.spf == SpfShape::ip4_and_ip6) plan.ip6 = fmt::format("2001:db8:5e:{:x}::19", i);
    plan.service = services_[i % services_.size()];
    plan.key_kind = key_kind(i);
    senders_.push_back(&add(plan, prng));
  }
}

void World::add_special_keys() {
  const std::vector<SigningKey>& keys = pool_.of(KeyKind::rsa_2048);
  const auto make = [&](std::string_view selector, std::string_view domain, KeyState state) {
    KeyName name;
    name.selector = selector;
    name.domain = domain;
    name.state = state;
    name.key = &keys[0];
    return name;
  };
  unknown_key_ = make("s2016", "nodmarc.test", KeyState::no_evidence);
  gone_key_ = make("s2018", "nodmarc.test", KeyState::gone);
  replaced_key_ = make("selector1", "nodmarc.test", KeyState::replaced);
  gmail_key_ = make("arc-20160816", "google.com", KeyState::published);
  gmail_key_.strings = long_record(keys[1]);
  gmail_key_.key = &keys[1];
  replaced_key_.strings = long_record(keys[2]);
  for (const KeyName* key : {&unknown_key_, &gone_key_, &replaced_key_, &gmail_key_})
    dns_.add_key(*key);
  for (const KeyName* key : {&gone_key_, &replaced_key_}) {
    dns_.date(key->query_name(), {kKeyReplacedAt, kLastReceipt + kMonth});
  }
}

}  // namespace mkcorpus
