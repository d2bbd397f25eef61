#include <fmt/format.h>

#include <array>

#include "mkcorpus/fixture.h"
#include "mkcorpus/prose.h"

namespace mkcorpus {
namespace {

/// A service that signs and takes bounces for itself alone.
CorpusMessage by_service(Journey& journey, std::string_view author) {
  const Sender& from = journey.world().party(author);
  const Sender& service = journey.world().party("sendpost.example");
  journey.write(Form::newsletter, from);
  journey.sign(service.key);
  journey.receive(journey.from_service(service));
  journey.truth().traits.reset();
  const std::string by_dkim = "dkim-unaligned:" + service.domain;
  const std::string by_spf = "spf-unaligned:" + service.domain;
  if (author == "rejecting.test") {
    journey.truth().standing = "disowned";
    journey.truth().reasons = {"policy-reject", "unaligned:" + service.domain};
  } else {
    journey.truth().standing = "unaligned";
    journey.truth().reasons = {by_dkim, by_spf,
                               author == "nodmarc.test" ? "no-dmarc" : "policy-none"};
  }
  return journey.finish(&from);
}

CorpusMessage service_no_dmarc(Journey& journey) { return by_service(journey, "nodmarc.test"); }
CorpusMessage service_none(Journey& journey) { return by_service(journey, "noned.test"); }
CorpusMessage service_reject(Journey& journey) { return by_service(journey, "rejecting.test"); }

/// A service that signs for the author, and says its name in fields of its own.
CorpusMessage service_aligned(Journey& journey) {
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::newsletter, from);
  journey.set("X-SG-EID", token(journey.prng(), 88));
  journey.sign(from.key);
  journey.receive(journey.from_service(journey.world().party("bulkwing.test")));
  journey.truth().traits = {{"via-esp:sendgrid"}};
  journey.truth().standing = "authenticated";
  journey.truth().reasons = {"dkim-aligned"};
  return journey.finish(&from);
}

/// The own stream of a service that was never set up for the own domain.
CorpusMessage own_service(Journey& journey) {
  const Sender& own = journey.world().own();
  const Sender& service = journey.world().party(kOwnService);
  journey.write(Form::newsletter, own);
  journey.sign(service.key);
  journey.receive(journey.from_service(service));
  SceneTruth& truth = journey.truth();
  truth.standing = "disowned";
  truth.reasons = {"policy-reject", "unaligned:" + service.domain, "own-sender:" + service.domain};
  truth.traits.reset();
  truth.impersonates.reset();
  truth.direction.reset();
  return journey.finish(&own);
}

/// The envelope sender as a forwarder rewrites it.
Session rewritten(Journey& journey, const Sender& forwarder, const Sender& author) {
  Session session = journey.from_hosts(forwarder);
  session.mail_from = fmt::format("SRS0={}=TT={}=news@{}", token(journey.prng(), 4), author.domain,
                                  forwarder.domain);
  return session;
}

CorpusMessage forwarded(Journey& journey, std::string_view author, bool is_signed) {
  const Sender& from = journey.world().party(author);
  const Sender& forwarder = journey.world().party("forwarder.test");
  journey.write(Form::letter, from);
  if (is_signed) journey.sign(from.key);
  journey.pass(forwarder.domain);
  journey.receive(rewritten(journey, forwarder, from));
  SceneTruth& truth = journey.truth();
  truth.traits = {{"srs"}};
  if (is_signed) {
    truth.standing = "authenticated";
    truth.reasons = {"dkim-aligned"};
  } else if (author == "rejecting.test") {
    truth.standing = "disowned";
    truth.reasons = {"policy-reject", "unaligned:forwarder.test"};
  } else {
    truth.standing = "unaligned";
    truth.reasons = {"spf-unaligned:forwarder.test", "no-dmarc"};
  }
  return journey.finish(&from);
}

CorpusMessage srs_signed(Journey& journey) { return forwarded(journey, "rejecting.test", true); }
CorpusMessage srs_reject(Journey& journey) { return forwarded(journey, "rejecting.test", false); }
CorpusMessage srs_no_dmarc(Journey& journey) { return forwarded(journey, "nodmarc.test", false); }

/// A forwarder that signs what it forwards, and that the archive's owner trusts.
CorpusMessage srs_trusted(Journey& journey) {
  const Sender& from = journey.world().party("rejecting.test");
  const Sender& forwarder = journey.world().party("trustedfwd.test");
  journey.write(Form::letter, from);
  journey.pass(forwarder.domain);
  journey.sign(forwarder.key);
  journey.receive(rewritten(journey, forwarder, from));
  journey.truth().traits = {{"srs"}};
  journey.truth().standing = "forwarded";
  journey.truth().reasons = {"forwarder-trusted:trustedfwd.test"};
  return journey.finish(&from);
}

void add_list_fields(Journey& journey, const std::string& host) {
  journey.set("List-Id", fmt::format("Team <team.{}>", host));
  journey.set("List-Post", fmt::format("<mailto:team@{}>", host));
  journey.set("List-Unsubscribe", fmt::format("<mailto:team-leave@{}>", host));
  journey.set("Precedence", "list");
  journey.truth().kind = "list";
}

Session from_list(Journey& journey, const Sender& list) {
  Session session = journey.from_hosts(list);
  session.mail_from = fmt::format("team-bounces@{}", list.domain);
  return session;
}

/// Signed by the author, changed and signed by the list.
const Sender& through_list(Journey& journey, std::string_view author, const Sender& list) {
  const Sender& from = journey.world().party(author);
  journey.write(Form::letter, from);
  journey.set_body("text/plain; charset=us-ascii", paragraph(journey.prng(), Charset::ascii, ""));
  journey.sign(from.key);
  journey.pass(list.domain);
  add_list_fields(journey, list.domain);
  journey.add_footer(list.domain);
  return from;
}

CorpusMessage list_changed(Journey& journey) {
  const Sender& list = journey.world().party("clubmail.test");
  const Sender& from = through_list(journey, "noned.test", list);
  journey.sign(list.key);
  journey.receive(from_list(journey, list));
  journey.truth().traits.reset();
  journey.truth().standing = "altered";
  journey.truth().reasons = {"body-altered"};
  return journey.finish(&from);
}

CorpusMessage list_trusted(Journey& journey) {
  const Sender& list = journey.world().party("clubtrust.test");
  const Sender& from = through_list(journey, "rejecting.test", list);
  journey.sign(list.key);
  journey.receive(from_list(journey, list));
  journey.truth().traits.reset();
  journey.truth().standing = "forwarded";
  journey.truth().reasons = {"list-trusted:clubtrust.test"};
  return journey.finish(&from);
}

/// The list is the author now, and says whom it stands for.
CorpusMessage list_munged(Journey& journey) {
  const Sender& list = journey.world().party("clubmail.test");
  const Sender& from = through_list(journey, "rejecting.test", list);
  const std::string name = person(journey.prng());
  journey.set("From", fmt::format("\"{} via team\" <team@{}>", name, list.domain));
  journey.set("Reply-To", fmt::format("{} <news@{}>", name, from.domain));
  journey.set("X-Original-From", fmt::format("{} <news@{}>", name, from.domain));
  journey.sign(list.key);
  journey.be_author(list);
  journey.receive(from_list(journey, list));
  journey.truth().traits = {{"from-munged"}};
  journey.truth().impersonates.reset();
  journey.truth().standing = "authenticated";
  journey.truth().reasons = {"dkim-aligned"};
  return journey.finish(&list);
}

/// The author's signature was good when the forwarder saw it, and the forwarder says so.
CorpusMessage sealed(Journey& journey, std::string_view sealer_domain) {
  const Sender& sealer = journey.world().party(sealer_domain);
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::letter, from);
  journey.set_body("text/plain; charset=us-ascii", paragraph(journey.prng(), Charset::ascii, ""));
  journey.sign(from.key);
  journey.pass(sealer.domain);
  const std::string seen = journey.results_of("mx." + sealer.domain, journey.from_hosts(from));
  journey.add_footer(sealer.domain);
  journey.seal(sealer.key, seen);
  Session session = journey.from_hosts(sealer);
  journey.receive(mta_named("postfix"), session, Notes::none);
  journey.truth().traits.reset();
  return journey.finish(&from);
}

CorpusMessage arc_forwarded(Journey& journey) {
  journey.truth().standing = "forwarded";
  journey.truth().reasons = {"arc-trusted:arcforward.test"};
  return sealed(journey, "arcforward.test");
}

/// A chain that anybody can make.
CorpusMessage arc_untrusted(Journey& journey) {
  journey.truth().standing = "altered";
  journey.truth().reasons = {"body-altered"};
  return sealed(journey, "arcstrange.test");
}

constexpr std::array kRelayed = {
    Fixture{"service-no-dmarc", service_no_dmarc},
    Fixture{"service-policy-none", service_none},
    Fixture{"service-reject", service_reject},
    Fixture{"own-service", own_service},
    Fixture{"service-aligned", service_aligned},
    Fixture{"srs-signed", srs_signed},
    Fixture{"srs-reject", srs_reject},
    Fixture{"srs-no-dmarc", srs_no_dmarc},
    Fixture{"srs-trusted", srs_trusted},
    Fixture{"list-changed", list_changed},
    Fixture{"list-trusted", list_trusted},
    Fixture{"list-munged", list_munged},
    Fixture{"arc-forwarded", arc_forwarded},
    Fixture{"arc-untrusted", arc_untrusted},
};

}  // namespace

std::span<const Fixture> relayed_fixtures() { return kRelayed; }

}  // namespace mkcorpus
