#include <fmt/format.h>

#include <array>

#include "mkcorpus/fixture.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kBoundary = "=_c_0f3a";

std::string octets_of(Prng& prng, std::size_t size) {
  return broken_into_lines(base64_encoded(token(prng, size)), 76, "\r\n") + "\r\n";
}

/// In good order; it is the content that is special.
CorpusMessage with_content(Journey& journey, std::string_view type, const std::string& body,
                           std::vector<std::string> traits, std::string_view kind = "ordinary",
                           std::string_view encoding = "") {
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set_body(type, body);
  if (!encoding.empty()) journey.set("Content-Transfer-Encoding", encoding);
  journey.sign(from.key);
  journey.receive(journey.from_hosts(from));
  SceneTruth& truth = journey.truth();
  truth.kind = kind;
  truth.traits = std::move(traits);
  truth.standing = "authenticated";
  truth.reasons = {"dkim-aligned"};
  return journey.finish(&from);
}

/// Parts between boundaries.
std::string parts(std::initializer_list<std::string> all) {
  std::string out;
  for (const std::string& part : all) out += fmt::format("--{}\r\n{}\r\n", kBoundary, part);
  return out + fmt::format("--{}--\r\n", kBoundary);
}

std::string text_part(Prng& prng) {
  return "Content-Type: text/plain; charset=us-ascii\r\n\r\n" + paragraph(prng, Charset::ascii, "");
}

/// RFC 8551, section 3.5.3.
CorpusMessage smime_signed(Journey& journey) {
  Prng& prng = journey.prng();
  return with_content(journey,
                      fmt::format("multipart/signed; protocol=\"application/pkcs7-signature\";\r\n"
                                  "\tmicalg=sha-256; boundary=\"{}\"",
                                  kBoundary),
                      parts({text_part(prng),
                             "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n"
                             "Content-Transfer-Encoding: base64\r\n\r\n" +
                                 octets_of(prng, 900)}),
                      {"smime"});
}

/// RFC 8551, section 3.3.
CorpusMessage smime_encrypted(Journey& journey) {
  return with_content(
      journey, "application/pkcs7-mime; smime-type=enveloped-data;\r\n\tname=smime.p7m",
      octets_of(journey.prng(), 2000), {"encrypted", "smime"}, "ordinary", "base64");
}

/// RFC 3156, section 5.
CorpusMessage pgp_signed(Journey& journey) {
  Prng& prng = journey.prng();
  return with_content(journey,
                      fmt::format("multipart/signed; micalg=pgp-sha256;\r\n"
                                  "\tprotocol=\"application/pgp-signature\"; boundary=\"{}\"",
                                  kBoundary),
                      parts({text_part(prng),
                             "Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n"
                             "-----BEGIN PGP SIGNATURE-----\r\n\r\n" +
                                 octets_of(prng, 300) + "-----END PGP SIGNATURE-----\r\n"}),
                      {"pgp"});
}

/// RFC 3156, section 4.
CorpusMessage pgp_encrypted(Journey& journey) {
  Prng& prng = journey.prng();
  return with_content(journey,
                      fmt::format("multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n"
                                  "\tboundary=\"{}\"",
                                  kBoundary),
                      parts({"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
                             "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n"
                             "-----BEGIN PGP MESSAGE-----\r\n\r\n" +
                                 octets_of(prng, 1500) + "-----END PGP MESSAGE-----\r\n"}),
                      {"encrypted", "pgp"});
}

/// What a service for protected mail sends in the place of the message.
CorpusMessage confidential_stub(Journey& journey) {
  Prng& prng = journey.prng();
  return with_content(journey, fmt::format("multipart/mixed; boundary=\"{}\"", kBoundary),
                      parts({text_part(prng),
                             "Content-Type: application/x-microsoft-rpmsg-message;\r\n"
                             "\tname=\"message_v2.rpmsg\"\r\n"
                             "Content-Disposition: attachment; filename=\"message_v2.rpmsg\"\r\n"
                             "Content-Transfer-Encoding: base64\r\n\r\n" +
                                 octets_of(prng, 700)}),
                      {"confidential-stub"});
}

/// RFC 6047, section 2.4.
CorpusMessage invitation(Journey& journey) {
  Prng& prng = journey.prng();
  const std::string event = fmt::format(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mkcorpus//EN\r\nMETHOD:REQUEST\r\n"
      "BEGIN:VEVENT\r\nUID:{}@rejecting.test\r\nDTSTAMP:20200101T120000Z\r\n"
      "DTSTART:20200201T120000Z\r\nORGANIZER:mailto:sales@rejecting.test\r\n"
      "SUMMARY:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      token(prng, 20), headline(prng));
  return with_content(
      journey, fmt::format("multipart/alternative; boundary=\"{}\"", kBoundary),
      parts({text_part(prng),
             "Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n" + event}),
      {}, "calendar");
}

/// Somebody's message, as the own server received it.
std::string received_original(Journey& journey, bool is_signed) {
  const Sender& sender = journey.world().party("rejecting.test");
  Journey original(journey.world(), journey.prng().next(), 13, true);
  original.receive_at(journey.received_at() - 3600);
  original.write(Form::letter, sender);
  if (is_signed) original.sign(sender.key);
  original.receive(mta_named("postfix"), original.from_hosts(sender));
  return original.finish(&sender).text;
}

CorpusMessage forwarded(Journey& journey, std::string_view part, std::string_view standing) {
  Prng& prng = journey.prng();
  journey.truth().inner = InnerTruth{"2", "attached", standing};
  return with_content(journey, fmt::format("multipart/mixed; boundary=\"{}\"", kBoundary),
                      parts({text_part(prng), std::string(part)}), {"nested"});
}

/// Forwarded as an attachment.
CorpusMessage nested(Journey& journey) {
  Prng& prng = journey.prng();
  return forwarded(
      journey,
      fmt::format("Content-Type: message/rfc822\r\n\r\nFrom: jo@nodmarc.test\r\n"
                  "Subject: {}\r\nMessage-ID: <{}@nodmarc.test>\r\n\r\n{}",
                  headline(prng), token(prng, 20), paragraph(prng, Charset::ascii, "")),
      "unverifiable");
}

/// The same of a message that is signed.
CorpusMessage nested_signed(Journey& journey) {
  return forwarded(journey,
                   "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" +
                       received_original(journey, true),
                   "authenticated");
}

/// In base64, which RFC 2045 does not allow and programs do.
CorpusMessage nested_encoded(Journey& journey) {
  return forwarded(
      journey,
      "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
          broken_into_lines(base64_encoded(received_original(journey, true)), 76, "\r\n") + "\r\n",
      "authenticated");
}

/// A trap: who forwards it changed the body. Neither the author nor a receiver is to be blamed.
CorpusMessage nested_changed(Journey& journey) {
  return forwarded(journey,
                   "Content-Type: message/rfc822\r\n\r\n" + received_original(journey, true) +
                       "\r\nPlease pay to the account below instead.\r\n",
                   "unverifiable");
}

/// A trap: the trace fields of the own server, with a client that SPF lets pass, are made up.
CorpusMessage nested_made_up(Journey& journey) {
  return forwarded(journey,
                   "Content-Type: message/rfc822\r\n\r\n" + received_original(journey, false),
                   "unverifiable");
}

constexpr std::array kContent = {
    Fixture{"smime-signed", smime_signed},
    Fixture{"smime-encrypted", smime_encrypted},
    Fixture{"pgp-signed", pgp_signed},
    Fixture{"pgp-encrypted", pgp_encrypted},
    Fixture{"calendar", invitation},
    Fixture{"confidential-stub", confidential_stub},
    Fixture{"nested", nested},
    Fixture{"nested-signed", nested_signed},
    Fixture{"nested-encoded", nested_encoded},
    Fixture{"nested-changed", nested_changed},
    Fixture{"nested-made-up", nested_made_up},
};

}  // namespace

std::span<const Fixture> content_fixtures() { return kContent; }

}  // namespace mkcorpus
