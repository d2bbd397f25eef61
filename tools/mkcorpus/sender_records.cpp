#include "mkcorpus/sender_records.h"

#include <fmt/format.h>

#include <utility>

#include "mkcorpus/key_record.h"

namespace mkcorpus {
namespace {

std::string parent(const std::string& name) { return name.substr(name.find('.') + 1); }

KeyName key_name(const Sender& sender, std::string_view selector, KeyState state) {
  KeyName name;
  name.selector = selector;
  name.domain = sender.domain;
  name.state = state;
  return name;
}

void publish_keys(Sender& sender, KeyKind kind, const KeyPool& pool, DnsTable& dns, Prng& prng) {
  sender.key = key_name(sender, prng.chance(50) ? "s1" : "mail-2019", KeyState::published);
  sender.key.key = &prng.pick(pool.of(kind));
  const KeyRecord record = key_record(*sender.key.key, prng);
  sender.key.strings = record.strings;
  sender.key.exact_domain = record.exact_domain;
  sender.revoked_key = key_name(sender, "old", KeyState::revoked);
  sender.revoked_key.strings = {"v=DKIM1; p="};
  sender.missing_key = key_name(sender, "lost", KeyState::no_name);
  sender.revoked_key.key = sender.missing_key.key = sender.key.key;
  for (const KeyName* key : {&sender.key, &sender.revoked_key, &sender.missing_key}) {
    dns.add_key(*key);
  }
}

/// One shape of SPF record: its text, and the outcomes of the sender's hosts and of strangers.
struct SpfForm {
  std::string record;
  SpfOutcome own4, own6, stranger;
};

void publish_macro_names(const Sender& sender, DnsTable& dns) {
  dns.add(fmt::format("{}._ip.{}", sender.ip4, sender.domain), "A", "127.0.0.2");
  for (const std::string_view stranger : kStrangers4) {
    dns.ask(fmt::format("{}._ip.{}", stranger, sender.domain), "A");
  }
}

SpfForm service_form(const Sender& sender, const SenderPlan& plan, bool softly) {
  const std::string include = "include:_spf." + plan.service->domain;
  if (!softly) {
    return {fmt::format("v=spf1 {} -all", include),
            {"pass", include},
            {"pass", include},
            {"fail", "-all"}};
  }
  const std::string own = "ip4:" + sender.ip4;
  return {fmt::format("v=spf1 {} {} ~all", own, include),
          {"pass", own},
          {"softfail", "~all"},
          {"softfail", "~all"}};
}

SpfForm address_form(const Sender& sender, SpfShape shape, DnsTable& dns) {
  const std::string ip4 = "ip4:" + sender.ip4;
  const std::string ip6 = "ip6:" + sender.ip6;
  switch (shape) {
    case SpfShape::ip4:
      return {
          fmt::format("v=spf1 {} -all", ip4), {"pass", ip4}, {"fail", "-all"}, {"fail", "-all"}};
    case SpfShape::redirect:
      dns.add_text("_spf." + sender.domain, fmt::format("v=spf1 {}/32 ~all", ip4));
      return {fmt::format("v=spf1 redirect=_spf.{}", sender.domain),
              {"pass", ip4 + "/32"},
              {"softfail", "~all"},
              {"softfail", "~all"}};
    default:
      break;
  }
  const std::string net6 = ip6 + "/64";
  return {fmt::format("v=spf1 {} {} ~all", ip4, net6),
          {"pass", ip4},
          {"pass", net6},
          {"softfail", "~all"}};
}

SpfForm host_form(const Sender& sender, SpfShape shape, DnsTable& dns) {
  const SpfOutcome fail{"fail", "-all"};
  const std::string host = "a:" + sender.helo;
  switch (shape) {
    case SpfShape::host:
      return {fmt::format("v=spf1 {} mx -all", host), {"pass", host}, fail, fail};
    case SpfShape::exchanger:
      return {"v=spf1 mx ?all", {"pass", "mx"}, {"neutral", "?all"}, {"neutral", "?all"}};
    case SpfShape::own_host:
      dns.add(sender.domain, "A", sender.ip4);
      return {"v=spf1 a -all", {"pass", "a"}, fail, fail};
    default:
      break;
  }
  publish_macro_names(sender, dns);
  const std::string exists = "exists:%{i}._ip.%{d}";
  return {fmt::format("v=spf1 {} -all", exists), {"pass", exists}, fail, fail};
}

/// Records that help nobody: none, or one that cannot be understood.
SpfForm useless_form(const Sender& sender, SpfShape shape, DnsTable& dns) {
  const SpfOutcome error{"permerror", ""};
  switch (shape) {
    case SpfShape::none:
      return {"site-verification=" + sender.domain, {}, {}, {}};
    case SpfShape::two_records:
      dns.add_text(sender.domain, "v=spf1 mx -all");
      return {fmt::format("v=spf1 ip4:{} -all", sender.ip4), error, error, error};
    case SpfShape::bad_syntax:
      return {fmt::format("v=spf1 ipv4:{} -all", sender.ip4), error, error, error};
    default:
      break;
  }
  dns.ask("_spf.nowhere." + sender.domain, "TXT");
  return {fmt::format("v=spf1 include:_spf.nowhere.{} -all", sender.domain), error, error, error};
}

SpfForm spf_form(const Sender& sender, const SenderPlan& plan, DnsTable& dns) {
  switch (plan.spf) {
    case SpfShape::include:
    case SpfShape::include_softly:
      return service_form(sender, plan, plan.spf == SpfShape::include_softly);
    case SpfShape::ip4:
    case SpfShape::ip4_and_ip6:
    case SpfShape::redirect:
      return address_form(sender, plan.spf, dns);
    case SpfShape::host:
    case SpfShape::exchanger:
    case SpfShape::macro:
    case SpfShape::own_host:
      return host_form(sender, plan.spf, dns);
    default:
      return useless_form(sender, plan.spf, dns);
  }
}

void publish_spf(Sender& sender, const SenderPlan& plan, DnsTable& dns) {
  SpfForm form = spf_form(sender, plan, dns);
  dns.add_text(sender.domain, form.record);
  sender.from_ip4 = std::move(form.own4);
  sender.from_ip6 = std::move(form.own6);
  sender.from_stranger = std::move(form.stranger);
}

/// A record at `at`, and what it asks for in mail of the sender.
struct DmarcForm {
  std::string at;
  std::string record;
  std::string_view policy;
};

void apply(Sender& sender, const DmarcForm& form, DnsTable& dns) {
  dns.add_text("_dmarc." + form.at, form.record);
  sender.policy = sender.old_policy = {form.at, form.policy};
  sender.organization = form.at;
}

void publish_own_policy(Sender& sender, DmarcShape shape, DnsTable& dns) {
  const std::string& at = sender.domain;
  switch (shape) {
    case DmarcShape::policy_none:
      return apply(sender, {at, "v=DMARC1; p=none; rua=mailto:rua@" + at, "none"}, dns);
    case DmarcShape::quarantine:
      return apply(sender, {at, "v=DMARC1;p=quarantine", "quarantine"}, dns);
    case DmarcShape::reject:
      return apply(sender, {at, "v=DMARC1; p=reject; rua=mailto:rua@" + at + "!10m", "reject"},
                   dns);
    case DmarcShape::reject_strict:
      return apply(sender, {at, "v=DMARC1; p=reject; adkim=s; aspf=s", "reject"}, dns);
    case DmarcShape::test_quarantine:
      apply(sender, {at, "v=DMARC1; p=quarantine; t=y", "none"}, dns);
      sender.old_policy.policy = "quarantine";
      return;
    case DmarcShape::reports_only:
      return apply(sender, {at, "v=DMARC1; rua=mailto:rua@" + at, "none"}, dns);
    default:
      dns.add_text("_dmarc." + at, "v=DMARC1; p=none");
      dns.add_text("_dmarc." + at, "v=DMARC1; p=reject");
      return;
  }
}

/// Records of the parent. [RFC9989 4.10.1]
void publish_parent_policy(Sender& sender, DmarcShape shape, DnsTable& dns) {
  const std::string at = parent(sender.domain);
  dns.add(at, "MX", "0 .");
  switch (shape) {
    case DmarcShape::parent_subdomains:
      return apply(sender, {at, "v=DMARC1; p=none; sp=reject", "reject"}, dns);
    case DmarcShape::parent_only:
      return apply(sender, {at, "v=DMARC1; p=quarantine", "quarantine"}, dns);
    case DmarcShape::registry:
      apply(sender, {at, "v=DMARC1; p=reject; psd=y", "reject"}, dns);
      sender.organization = sender.domain;
      return;
    case DmarcShape::missing_names:
      apply(sender, {at, "v=DMARC1; p=none; sp=none; np=reject", "reject"}, dns);
      sender.old_policy.policy = "none";
      return;
    default:
      // All of several are thrown away and the walk goes on; RFC 7489 ended there. [RFC9989 4.10]
      publish_own_policy(sender, DmarcShape::two_records, dns);
      apply(sender, {at, "v=DMARC1; p=reject", "reject"}, dns);
      sender.old_policy = {};
      return;
  }
}

void publish_policy(Sender& sender, DmarcShape shape, DnsTable& dns) {
  sender.organization = sender.domain;
  sender.strict = shape == DmarcShape::reject_strict;
  dns.ask_policies(sender.domain);
  if (shape == DmarcShape::none) return;
  if (shape < DmarcShape::parent_subdomains) return publish_own_policy(sender, shape, dns);
  publish_parent_policy(sender, shape, dns);
}

}  // namespace

Sender publish_sender(const SenderPlan& plan, const KeyPool& pool, DnsTable& dns, Prng& prng) {
  Sender sender;
  sender.domain = plan.domain;
  sender.ip4 = plan.ip4;
  sender.ip6 = plan.ip6;
  sender.helo = "mail." + plan.domain;
  if (plan.spf == SpfShape::include) {
    sender.ip4 = plan.service->ip4;
    sender.ip6 = plan.service->ip6;
    sender.helo = plan.service->helo;
  }
  publish_policy(sender, plan.dmarc, dns);
  // A name that does not exist has nothing else.
  if (plan.dmarc == DmarcShape::missing_names) {
    dns.ask(sender.domain, "TXT");
    return sender;
  }
  if (plan.spf != SpfShape::include) {
    dns.add_host(sender.helo, sender.ip4);
    if (!sender.ip6.empty()) dns.add_host(sender.helo, sender.ip6);
  }
  dns.add(plan.domain, "MX", fmt::format("10 {}.", sender.helo));
  publish_keys(sender, plan.key_kind, pool, dns, prng);
  publish_spf(sender, plan, dns);
  return sender;
}

}  // namespace mkcorpus
