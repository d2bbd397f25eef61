#include "mkcorpus/fixture.h"

namespace mkcorpus {
namespace {

enum class Fate : std::uint8_t {
  whole,
  body_changed,
  header_changed,
  unsigned_mail,
  revoked,
  missing
};

Fate choose_fate(Prng& prng) {
  const std::size_t draw = prng.below(100);
  if (draw < 8) return Fate::unsigned_mail;
  if (draw < 11) return Fate::body_changed;
  if (draw < 13) return Fate::header_changed;
  if (draw < 14) return Fate::revoked;
  return draw < 15 ? Fate::missing : Fate::whole;
}

Form choose_form(Prng& prng) {
  const std::size_t draw = prng.below(100);
  return draw < 60 ? Form::newsletter : draw < 92 ? Form::letter : Form::attachment;
}

void sign(Journey& journey, const Sender& author, Fate fate) {
  if (fate == Fate::unsigned_mail) return;
  journey.sign(fate == Fate::revoked   ? author.revoked_key
               : fate == Fate::missing ? author.missing_key
                                       : author.key);
}

void change(Journey& journey, Fate fate) {
  static const DamageKind* const letter = damages_named("text-letter").front();
  if (fate == Fate::header_changed) journey.set("Subject", "Your order of Friday");
  if (fate == Fate::body_changed) letter->apply(journey.draft(), journey.prng());
}

}  // namespace

CorpusMessage make_ordinary(Journey& journey) {
  Prng& prng = journey.prng();
  const Sender& author = *prng.pick(journey.world().senders());
  journey.write(choose_form(prng), author);
  Fate fate = choose_fate(prng);
  if (prng.chance(60)) journey.leave(author.domain);
  const std::size_t way = prng.below(100);
  if (way < 5) {  // forged: the stranger has no key
    journey.receive(journey.from_stranger(author));
    return journey.finish(&author);
  }
  sign(journey, author, fate);
  if (way < 19) {  // a mailing service has the bounces and often signs too
    const Sender& service = *prng.pick(journey.world().services());
    if (prng.chance(70)) journey.sign(service.key);
    change(journey, fate);
    journey.receive(journey.from_service(service));
    return journey.finish(&author);
  }
  change(journey, fate);
  journey.receive(journey.from_hosts(author));
  return journey.finish(&author);
}

}  // namespace mkcorpus
