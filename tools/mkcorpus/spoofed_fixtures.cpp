#include <fmt/format.h>

#include <array>

#include "mkcorpus/fixture.h"
#include "mkcorpus/prose.h"

namespace mkcorpus {
namespace {

/// Forged from a host of nobody's, with the author's domain in the envelope too.
CorpusMessage forged(Journey& journey, std::string_view author, std::string_view standing,
                     std::vector<std::string> reasons) {
  const Sender& from = journey.world().party(author);
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.receive(journey.from_stranger(from));
  journey.truth().standing = standing;
  journey.truth().reasons = std::move(reasons);
  return journey.finish(&from);
}

CorpusMessage no_dmarc(Journey& journey) {
  return forged(journey, "nodmarc.test", "unauthenticated", {"unsigned", "spf-fail", "no-dmarc"});
}
CorpusMessage no_records(Journey& journey) {
  return forged(journey, "nospf.test", "unauthenticated", {"unsigned", "no-dmarc"});
}
CorpusMessage policy_none(Journey& journey) {
  return forged(journey, "noned.test", "unauthenticated",
                {"unsigned", "spf-softfail", "policy-none"});
}
CorpusMessage quarantine(Journey& journey) {
  return forged(journey, "quarantining.test", "disowned", {"policy-quarantine"});
}
CorpusMessage reject(Journey& journey) {
  return forged(journey, "rejecting.test", "disowned", {"policy-reject"});
}
/// t=y asks for nothing by RFC 9989; by the RFC of its time it did not exist.
CorpusMessage test_policy(Journey& journey) {
  return forged(journey, "tester.test", "disowned", {"policy-quarantine"});
}
CorpusMessage subdomain(Journey& journey) {
  return forged(journey, "news.orgone.test", "disowned", {"policy-reject"});
}
CorpusMessage registry(Journey& journey) {
  return forged(journey, "branch.registry.test", "disowned", {"policy-reject"});
}
/// np= came with RFC 9989; sp=none was the word before.
CorpusMessage missing_name(Journey& journey) {
  return forged(journey, "ghost.orgnp.test", "unauthenticated", {"unsigned", "policy-none"});
}
/// RFC 7489 ended at several records; the milder of both decides.
CorpusMessage several_records(Journey& journey) {
  return forged(journey, "shop.orgtwo.test", "unauthenticated", {"unsigned", "spf-fail"});
}

/// Forged, with an envelope of the forger's own: SPF passes for that.
CorpusMessage own_envelope(Journey& journey, std::string_view author, std::string_view standing,
                           std::vector<std::string> reasons) {
  const Sender& from = journey.world().party(author);
  const Sender& forger = journey.world().party("offers-now.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.receive(journey.from_hosts(forger));
  journey.truth().standing = standing;
  journey.truth().reasons = std::move(reasons);
  return journey.finish(&from);
}

CorpusMessage envelope_no_dmarc(Journey& journey) {
  return own_envelope(journey, "nodmarc.test", "unaligned",
                      {"spf-unaligned:offers-now.test", "no-dmarc"});
}
CorpusMessage envelope_none(Journey& journey) {
  return own_envelope(journey, "noned.test", "unaligned",
                      {"spf-unaligned:offers-now.test", "policy-none"});
}

/// Claims to come by a list, which proves nothing.
CorpusMessage list_id(Journey& journey, std::string_view author, std::string_view standing,
                      std::vector<std::string> reasons) {
  const Sender& from = journey.world().party(author);
  const Sender& forger = journey.world().party("offers-now.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("List-Id", "Team <team.clubtrust.test>");
  journey.set("List-Post", "<mailto:team@clubtrust.test>");
  journey.set("Precedence", "list");
  journey.receive(journey.from_hosts(forger));
  journey.truth().kind = "list";
  journey.truth().standing = standing;
  journey.truth().reasons = std::move(reasons);
  return journey.finish(&from);
}

CorpusMessage list_id_reject(Journey& journey) {
  return list_id(journey, "rejecting.test", "disowned", {"policy-reject"});
}
CorpusMessage list_id_no_dmarc(Journey& journey) {
  return list_id(journey, "nodmarc.test", "unaligned",
                 {"spf-unaligned:offers-now.test", "no-dmarc", "claims-list"});
}

/// Results, a trace field and a chain that passes, all of the forger's making.
CorpusMessage forged_trace(Journey& journey) {
  const Sender& from = journey.world().party("rejecting.test");
  const Session pretended = journey.from_hosts(from);
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  Checked passed;
  passed.signatures = {{"pass", from.domain, from.key.selector, "AbCdEfGh"}};
  passed.spf = passed.dmarc = "pass";
  passed.author_domain = from.domain;
  passed.policy = "reject";
  const std::string results = own_results(kOwnAuthservId, passed, pretended);
  journey.put_on_top(mta_named("postfix").received(
      {pretended.helo, pretended.helo, pretended.ip, pretended.mail_from, journey.recipient(),
       journey.received_at() - 9},
      mta_named("postfix").host, journey.prng()));
  journey.put_on_top(results);
  journey.seal(
      journey.world().party("arcstrange.test").key,
      results.substr(results.find(':') + 1) + ";\r\n\tarc=none smtp.remote-ip=" + pretended.ip);
  journey.receive(mta_named("exim"), journey.from_stranger(from), Notes::none);
  journey.truth().standing = "disowned";
  journey.truth().reasons = {"policy-reject"};
  journey.truth().recorded = {
      {RecordedTruth{std::string(kOwnAuthservId), "pass", "pass", "pass", false}}};
  return journey.finish(&from);
}

CorpusMessage own_domain(Journey& journey) {
  journey.truth().impersonates = {{"own-domain"}};
  journey.truth().direction = "inbound";
  return forged(journey, kOwnDomain, "disowned", {"policy-reject"});
}

/// A brand without DMARC; answers go elsewhere.
CorpusMessage brand(Journey& journey) {
  const Sender& from = journey.world().party(kBrand);
  journey.write(Form::letter, from);
  journey.set("Reply-To", fmt::format("Service <{}@freemail.test>", token(journey.prng(), 6)));
  journey.receive(journey.from_stranger(from));
  journey.truth().impersonates = {{"brand-domain", "reply-to"}};
  journey.truth().standing = "unauthenticated";
  journey.truth().reasons = {"unsigned", "spf-softfail", "no-dmarc"};
  return journey.finish(&from);
}

/// In good order, by somebody who is not who the reader takes him for.
CorpusMessage finish_signed(Journey& journey, const Sender& from, std::string_view pretence) {
  journey.sign(from.key);
  journey.receive(journey.from_hosts(from));
  journey.truth().impersonates = {{pretence}};
  journey.truth().standing = "authenticated";
  journey.truth().reasons = {"dkim-aligned"};
  return journey.finish(&from);
}

/// Names that look like that of the brand; their owner signs in good order.
struct LookAlike {
  std::string_view domain, pretence;
};
constexpr std::array kLookAlikes = {
    LookAlike{"bigsh0p.example", "confusable"},
    LookAlike{"big-shop.example", "hyphen"},
    LookAlike{"bigshopp.example", "one-letter"},
    LookAlike{"bigshop.test", "other-tld"},
    LookAlike{"xn--bgshop-pvf.example", "homograph"},
    LookAlike{"bigshop.example.phish.test", "domain-as-subdomain"},
};

template <std::size_t number>
CorpusMessage look_alike(Journey& journey) {
  const Sender& from = journey.world().party(kLookAlikes[number].domain);
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  return finish_signed(journey, from, kLookAlikes[number].pretence);
}

/// An address of the own domain where the name of a person should be.
CorpusMessage display_address(Journey& journey) {
  const Sender& from = journey.world().party("freemail.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("From", fmt::format("\"chief@{}\" <chief.office{}@{}>", kOwnDomain,
                                  journey.prng().below(1000), from.domain));
  return finish_signed(journey, from, "display-address");
}

CorpusMessage display_name(Journey& journey) {
  const Sender& from = journey.world().party("freemail.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("From", fmt::format("Bigshop Support <service{}@{}>", journey.prng().below(1000),
                                  from.domain));
  return finish_signed(journey, from, "display-name");
}

constexpr std::array kSpoofed = {
    Fixture{"spoof-no-dmarc", no_dmarc},
    Fixture{"spoof-no-records", no_records},
    Fixture{"spoof-policy-none", policy_none},
    Fixture{"spoof-quarantine", quarantine},
    Fixture{"spoof-reject", reject},
    Fixture{"spoof-test-policy", test_policy},
    Fixture{"spoof-subdomain", subdomain},
    Fixture{"spoof-registry", registry},
    Fixture{"spoof-missing-name", missing_name},
    Fixture{"spoof-several-records", several_records},
    Fixture{"spoof-own-envelope", envelope_no_dmarc},
    Fixture{"spoof-own-envelope-none", envelope_none},
    Fixture{"list-id-reject", list_id_reject},
    Fixture{"list-id-no-dmarc", list_id_no_dmarc},
    Fixture{"forged-trace", forged_trace},
    Fixture{"own-domain", own_domain},
    Fixture{"brand", brand},
    Fixture{"look-alike-confusable", look_alike<0>},
    Fixture{"look-alike-hyphen", look_alike<1>},
    Fixture{"look-alike-one-letter", look_alike<2>},
    Fixture{"look-alike-other-tld", look_alike<3>},
    Fixture{"look-alike-homograph", look_alike<4>},
    Fixture{"look-alike-subdomain", look_alike<5>},
    Fixture{"display-address", display_address},
    Fixture{"display-name", display_name},
};

}  // namespace

std::span<const Fixture> spoofed_fixtures() { return kSpoofed; }

}  // namespace mkcorpus
