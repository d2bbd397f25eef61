#include <fmt/format.h>

#include <array>

#include "mkcorpus/fixture.h"
#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"

namespace mkcorpus {
namespace {

constexpr std::int64_t kDay = 86400;

/// Signed by a domain without DMARC and sent by a service whose bounces are its own, so that only
/// the signature can speak for the author.
const Sender& signed_by_service_customer(Journey& journey, std::string_view damage) {
  const Sender& from = journey.world().party("nodmarc.test");
  journey.write(Form::letter, from);
  if (!damage.empty()) journey.prepare_damage(damage);
  journey.sign(from.key);
  return from;
}

Session from_service(Journey& journey) {
  return journey.from_service(journey.world().party("sendpost.example"));
}

/// The receiver's gateway keeps no record of its checks.
CorpusMessage finish_gateway(Journey& journey, const Sender& from, std::string_view reason) {
  journey.receive(mta_named("exchange"), from_service(journey), Notes::none);
  SceneTruth& truth = journey.truth();
  truth.traits = {{"gateway-modified"}};
  truth.standing = "altered";
  truth.reasons = {std::string(reason)};
  return journey.finish(&from);
}

CorpusMessage gateway_banner(Journey& journey) {
  const Sender& from = signed_by_service_customer(journey, "body-banner-html");
  journey.do_damage();
  return finish_gateway(journey, from, "body-altered");
}

CorpusMessage gateway_links(Journey& journey) {
  const Sender& from = signed_by_service_customer(journey, "body-safe-links");
  journey.do_damage();
  return finish_gateway(journey, from, "body-altered");
}

CorpusMessage gateway_tag(Journey& journey) {
  const Sender& from = signed_by_service_customer(journey, "header-subject-tag");
  journey.set("Subject", "[EXTERNAL] " + journey.value("Subject"));
  return finish_gateway(journey, from, "header-altered");
}

/// The own server saw a good signature; the message was changed in the store.
CorpusMessage changed_after_receipt(Journey& journey) {
  const Sender& from = signed_by_service_customer(journey, "text-sentence");
  const Session session = from_service(journey);
  journey.receive(mta_named("postfix"), session, Notes::all);
  journey.do_damage();
  SceneTruth& truth = journey.truth();
  truth.standing = "altered";
  truth.reasons = {"changed-after-receipt"};
  return journey.finish(&from);
}

/// A store that quotes lines which begin with "From ".
CorpusMessage escaped(Journey& journey) {
  const Sender& from = signed_by_service_customer(journey, "body-mboxrd");
  journey.receive(mta_named("postfix"), from_service(journey), Notes::none);
  journey.do_damage();
  SceneTruth& truth = journey.truth();
  truth.form = "escaped";
  truth.integrity = IntegrityTruth{"restored", {from.domain}};
  truth.standing = "attested";
  truth.reasons = {"verifies-after:mboxrd-unquote"};
  return journey.finish(&from);
}

/// The body is gone; the header signature still proves the header.
CorpusMessage headers_only(Journey& journey) {
  const Sender& from = journey.world().party("nodmarc.test");
  journey.write(Form::letter, from);
  journey.set_body(
      "multipart/mixed; boundary=\"=_m_0\"",
      "--=_m_0\r\n\r\n" + paragraph(journey.prng(), Charset::ascii, "") + "--=_m_0--\r\n");
  journey.sign(from.key);
  journey.receive(mta_named("postfix"), from_service(journey), Notes::none);
  journey.draft().body.clear();
  SceneTruth& truth = journey.truth();
  truth.form = "headers-only";
  truth.traits.reset();
  truth.integrity = IntegrityTruth{"headers", {from.domain}};
  truth.standing = "attested";
  truth.reasons = {"headers-proven"};
  return journey.finish(&from);
}

/// Out of an Outlook store: the parts are made anew.
CorpusMessage regenerated(Journey& journey) {
  const Sender& from = signed_by_service_customer(journey, "");
  journey.receive(mta_named("exchange"), from_service(journey), Notes::none);
  const std::string boundary = "--boundary-LibPST-iamunique-" + token(journey.prng(), 9) + "_-_-";
  journey.set_body(fmt::format("multipart/mixed;\r\n\tboundary=\"{}\"", boundary),
                   fmt::format("--{0}\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n{1}\r\n"
                               "--{0}--\r\n",
                               boundary, paragraph(journey.prng(), Charset::ascii, "")));
  SceneTruth& truth = journey.truth();
  truth.form = "regenerated";
  truth.traits.reset();
  truth.integrity = IntegrityTruth{"unknown", {}};
  truth.standing = "unverifiable";
  truth.reasons = {"form-regenerated"};
  return journey.finish(&from);
}

/// Signed with a key that is lost today.
void sign_with_lost(Journey& journey, const KeyName& key) {
  // Long before the keys were taken away.
  const std::int64_t span = kKeyReplacedAt - 60 * kDay - kFirstReceipt;
  journey.receive_at(kFirstReceipt + static_cast<std::int64_t>(
                                         journey.prng().below(static_cast<std::size_t>(span))));
  journey.write(Form::letter, journey.world().party("nodmarc.test"));
  journey.sign(key);
  journey.truth().integrity = IntegrityTruth{"unknown", {}};
  journey.truth().only_in_recording = key.state != KeyState::no_evidence;
}

CorpusMessage finish_lost(Journey& journey, std::string_view standing, std::string_view reason) {
  journey.truth().standing = standing;
  journey.truth().reasons = {std::string(reason)};
  return journey.finish(&journey.world().party("nodmarc.test"));
}

CorpusMessage key_unknown(Journey& journey) {
  sign_with_lost(journey, journey.world().unknown_key());
  journey.receive(mta_named("postfix"), from_service(journey), Notes::none);
  return finish_lost(journey, "unverifiable", "no-evidence");
}

/// That it is absent today says nothing of its time.
CorpusMessage key_gone(Journey& journey) {
  sign_with_lost(journey, journey.world().gone_key());
  journey.receive(mta_named("sendmail"), from_service(journey), Notes::none);
  return finish_lost(journey, "unverifiable", "key-gone");
}

/// Another key stands under the selector by now.
CorpusMessage key_replaced(Journey& journey) {
  sign_with_lost(journey, journey.world().replaced_key());
  journey.receive(mta_named("exim"), from_service(journey), Notes::none);
  return finish_lost(journey, "unverifiable", "key-replaced-or-forged");
}

/// Lost, but a receiver wrote down that the signature was good.
CorpusMessage recorded_text(Journey& journey) {
  sign_with_lost(journey, journey.world().unknown_key());
  journey.receive(mta_named("postfix"), from_service(journey), Notes::all);
  return finish_lost(journey, "attested", "recorded-text");
}

CorpusMessage recorded_gone(Journey& journey) {
  sign_with_lost(journey, journey.world().gone_key());
  journey.receive(mta_named("postfix"), from_service(journey), Notes::all);
  return finish_lost(journey, "attested", "recorded-text");
}

CorpusMessage recorded_sealed(Journey& journey) {
  sign_with_lost(journey, journey.world().gone_key());
  journey.receive(mta_named("gmail"), from_service(journey), Notes::all);
  journey.truth().integrity = IntegrityTruth{"intact", {"google.com"}};
  return finish_lost(journey, "attested", "recorded-sealed");
}

/// Put into a mailbox by somebody who could write there: nothing tells how it came.
CorpusMessage planted(Journey& journey) {
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::letter, from);
  SceneTruth& truth = journey.truth();
  truth.direction = "unknown";
  truth.standing = "unverifiable";
  truth.reasons = {"no-transit-evidence"};
  return journey.finish(&from);
}

/// The archive of a server that nobody named to the verifier.
CorpusMessage at_unknown_server(Journey& journey, bool is_forged) {
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  const Mta unknown{"postfix", "mx.elsewhere.test", Receiver::own, true,
                    mta_named("postfix").received};
  journey.set_recipient("someone@elsewhere.test");
  journey.receive(unknown, is_forged ? journey.from_stranger(from) : journey.from_hosts(from),
                  Notes::bare);
  SceneTruth& truth = journey.truth();
  truth.envelope.border = "inferred";
  if (is_forged) {
    truth.standing = "unauthenticated";
    truth.reasons = {"unsigned", "spf-fail", "policy-reject", "border-inferred"};
  } else {
    truth.standing = "authenticated";
    truth.reasons = {"spf-aligned", "border-inferred"};
  }
  return journey.finish(&from);
}

CorpusMessage inferred_pass(Journey& journey) { return at_unknown_server(journey, false); }
CorpusMessage inferred_fail(Journey& journey) { return at_unknown_server(journey, true); }

CorpusMessage malformed(Journey& journey, std::string_view reason) {
  journey.truth().standing = "malformed";
  journey.truth().reasons = {std::string(reason)};
  const Session session = journey.from_hosts(journey.world().party("nodmarc.test"));
  journey.receive(mta_named("postfix"), session, Notes::none);
  return journey.finish(nullptr);
}

CorpusMessage no_from(Journey& journey) {
  journey.write(Form::letter, journey.world().party("nodmarc.test"));
  journey.remove("From");
  return malformed(journey, "no-from");
}

CorpusMessage two_authors(Journey& journey) {
  journey.write(Form::letter, journey.world().party("nodmarc.test"));
  journey.set("From", "news@nodmarc.test, news@noned.test");
  return malformed(journey, "many-from-domains");
}

constexpr std::array kDamaged = {
    Fixture{"gateway-banner", gateway_banner},
    Fixture{"gateway-tag", gateway_tag},
    Fixture{"gateway-links", gateway_links},
    Fixture{"changed-after-receipt", changed_after_receipt},
    Fixture{"escaped", escaped},
    Fixture{"headers-only", headers_only},
    Fixture{"regenerated", regenerated},
    Fixture{"key-unknown", key_unknown},
    Fixture{"key-gone", key_gone},
    Fixture{"key-replaced", key_replaced},
    Fixture{"recorded-text", recorded_text},
    Fixture{"recorded-gone", recorded_gone},
    Fixture{"recorded-sealed", recorded_sealed},
    Fixture{"planted", planted},
    Fixture{"border-inferred-pass", inferred_pass},
    Fixture{"border-inferred-fail", inferred_fail},
    Fixture{"no-from", no_from},
    Fixture{"many-from-domains", two_authors},
};

}  // namespace

std::span<const Fixture> damaged_fixtures() { return kDamaged; }

}  // namespace mkcorpus
