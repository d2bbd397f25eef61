#include "mkcorpus/corpus_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mkcorpus/damage.h"
#include "mkcorpus/draft.h"
#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/received_field.h"

namespace mkcorpus {
namespace {

constexpr std::int64_t kDay = 86400;
/// Forwarding has numbers of its own, so that it changes nothing else.
constexpr std::uint64_t kForwardingStream = 0xa5c0000000000000ULL;

/// The mix of a customer's archive, in tenths of a percent.
Kind choose_kind(Prng& prng) {
  const std::size_t draw = prng.below(1000);
  if (draw < 50) return Kind::unsigned_message;
  if (draw < 70) return Kind::body_altered;
  if (draw < 80) return Kind::header_altered;
  if (draw < 90) return Kind::key_missing;
  if (draw < 95) return Kind::key_revoked;
  if (draw < 100) return Kind::expired;
  if (draw < 102) return Kind::algorithm_obsolete;
  if (draw < 112) return Kind::body_appended;
  return Kind::none;
}

Form choose_form(bool small, Prng& prng) {
  const std::size_t draw = prng.below(100);
  if (draw < 60) return Form::newsletter;
  return draw < 90 || small ? Form::letter : Form::attachment;
}

KeyKind choose_key_kind(Kind kind, Prng& prng) {
  if (kind == Kind::algorithm_obsolete) return KeyKind::rsa_2048;
  const std::size_t draw = prng.below(95);
  if (draw < 5) return KeyKind::rsa_1024;
  return draw < 10 ? KeyKind::ed25519 : KeyKind::rsa_2048;
}

/// Mean number of signatures per message: 0.95 + 0.18 + 2 * 0.025 = 1.18.
std::size_t choose_extra_signatures(Prng& prng) {
  const std::size_t draw = prng.below(950);
  if (draw < 180) return 1;
  return draw < 205 ? 2 : 0;
}

const KeyName& choose_author_key(const KeyDirectory& directory, Kind kind, Prng& prng) {
  if (kind == Kind::key_missing) return directory.missing_key(prng);
  if (kind == Kind::key_revoked) return directory.revoked_key(prng);
  return directory.author_key(choose_key_kind(kind, prng), prng);
}

/// True if the other signatures of the message are whole.
bool concerns_one_key(Kind kind) {
  return kind == Kind::key_missing || kind == Kind::key_revoked || kind == Kind::expired ||
         kind == Kind::algorithm_obsolete;
}

/// An empty body cannot be signed as the beginning of a longer one in every canonical form.
bool has_text(const std::string& body) {
  return body.find_first_not_of(" \t\r\n") != std::string::npos;
}

struct Times {
  std::int64_t written_at;
  std::int64_t signed_at;
  std::int64_t received_at;
};

Times choose_times(Prng& prng) {
  const std::int64_t span = kLastReceipt - kFirstReceipt;
  const std::int64_t received_at =
      kFirstReceipt + static_cast<std::int64_t>(prng.below(static_cast<std::size_t>(span)));
  const std::int64_t signed_at = received_at - static_cast<std::int64_t>(prng.between(4, 40));
  return {signed_at - static_cast<std::int64_t>(prng.between(0, 600)), signed_at, received_at};
}

SigningOrder choose_order(const KeyName& name, Kind kind, const Times& times, Prng& prng) {
  SigningOrder order;
  order.name = &name;
  order.signed_at = times.signed_at;
  order.with_time = prng.chance(60);
  if (prng.chance(20)) {
    order.expires_at = times.received_at + static_cast<std::int64_t>(prng.between(1, 30)) * kDay;
  }
  // Mail delayed for days: signed in time, received too late. [RFC6376 3.5 x=]
  if (kind == Kind::expired) {
    const std::int64_t late = static_cast<std::int64_t>(prng.between(1, 20));
    order.expires_at = times.received_at - late * kDay;
    order.signed_at = *order.expires_at - 7 * kDay;
  }
  order.with_length = kind == Kind::body_appended || (kind == Kind::none && prng.chance(5));
  if (kind == Kind::algorithm_obsolete) order.hash = Hash::sha1;
  return order;
}

/// The damage that message number `index` is to have; null: none. Random numbers of its own, so
/// that everything else stays as it is without damages.
const DamageKind* choose_damage(const CorpusPlan& plan, std::uint64_t index) {
  if (plan.damages.empty()) return nullptr;
  Prng prng(~plan.seed, index);
  if (!prng.chance(plan.damage_percent)) return nullptr;
  return plan.damages[index % plan.damages.size()];
}

/// What a damage asks of the signatures of its message.
void prepare_order(const DamageKind* damage, const KeyDirectory& directory, Prng& prng,
                   SigningOrder& order) {
  constexpr int kDraws = 1000;
  if (damage == nullptr) return;
  if (damage->signing == Signing::with_cc) order.more_names = {"Cc"};
  if (damage->signing == Signing::with_encoding) order.more_names = {"Content-Transfer-Encoding"};
  order.with_copies = damage->signing == Signing::with_copies;
  for (int i = 0; damage->signing == Signing::by_other_key && i < kDraws; ++i) {
    const SigningKey* key = directory.relay_key(order.name->key->kind(), prng).key;
    if (key != order.name->key) order.other_key = key;
    if (order.other_key != nullptr) break;
  }
}

/// The author's signature, then those of services on the way, each above the one before.
class Carrier {
 public:
  Carrier(Draft& draft, const Times& times, Prng& prng)
      : draft_(draft), times_(times), prng_(prng) {}

  void sign(const SigningOrder& order) {
    signatures_.push_back(sign_message(draft_.fields, draft_.body, order, prng_));
    put_on_top(signatures_.back().text);
  }

  /// Adds a Received field dated `seconds_before` the receipt.
  void hop(std::string_view from, std::string_view by, std::int64_t seconds_before) {
    put_on_top(
        received_field({from, by, draft_.recipient, times_.received_at - seconds_before}, prng_));
  }

  /// Adds what the last server writes.
  void deliver(std::string_view sender) {
    put_on_top("Delivered-To: " + draft_.recipient);
    put_on_top(fmt::format("Return-Path: <{}>", sender));
  }

  /// In the order of signing: from the bottom of the message to the top.
  const std::vector<SignatureField>& signatures() const { return signatures_; }

 private:
  void put_on_top(std::string field) {
    std::vector<std::string>& fields = draft_.fields;
    fields.push_back(std::move(field));
    std::rotate(fields.begin(), fields.end() - 1, fields.end());
  }

  Draft& draft_;
  const Times& times_;
  Prng& prng_;
  std::vector<SignatureField> signatures_;
};

std::string joined(const Draft& draft) {
  std::size_t size = draft.body.size() + 2;
  for (const std::string& field : draft.fields) size += field.size() + 2;
  std::string out;
  out.reserve(size);
  for (const std::string& field : draft.fields) out.append(field).append("\r\n");
  return out.append("\r\n").append(draft.body);
}

}  // namespace

CorpusMessage make_message(const CorpusPlan& plan, std::uint64_t index) {
  Prng prng(plan.seed, index);
  const KeyDirectory& directory = *plan.directory;
  CorpusMessage out;
  out.truth.index = index;
  Kind kind = choose_kind(prng);
  const DamageKind* damage = choose_damage(plan, index);
  Prng damage_prng(~plan.seed, ~index);
  if (!plan.damages.empty()) kind = damage != nullptr ? Kind::damaged : Kind::none;
  const Form form = choose_form(plan.small, prng);
  const Times times = choose_times(prng);
  const KeyName& author_key = choose_author_key(directory, kind, prng);
  Draft draft = write_draft(form, {author_key.domain, times.written_at, index}, prng);
  out.truth.message_id = draft.message_id;
  if (damage != nullptr && damage->prepare != nullptr) damage->prepare(draft, damage_prng);
  if (kind == Kind::body_appended && !has_text(draft.body)) kind = Kind::none;
  if (kind == Kind::algorithm_obsolete && !author_key.admits_sha1) kind = Kind::none;

  Carrier carrier(draft, times, prng);
  const std::string author_host = "mail." + author_key.domain;
  std::string last_host = author_host;
  if (prng.chance(60)) carrier.hop("app-7." + author_key.domain, author_host, 60);
  if (kind != Kind::unsigned_message) {
    const auto sign = [&](const KeyName& name, Kind order_kind) {
      SigningOrder order = choose_order(name, order_kind, times, prng);
      prepare_order(damage, directory, damage_prng, order);
      carrier.sign(order);
    };
    sign(author_key, kind);
    for (std::size_t extra = choose_extra_signatures(prng); extra > 0; --extra) {
      const KeyName& relay = directory.relay_key(choose_key_kind(kind, prng), prng);
      last_host = "out." + relay.domain;
      sign(relay, concerns_one_key(kind) ? Kind::none : kind);
    }
    if (last_host != author_host) carrier.hop(author_host, last_host, 3);
  }
  const std::vector<SignatureField>& signatures = carrier.signatures();
  do_damage(kind, signatures, draft, prng);
  if (damage != nullptr) {
    if (damage->apply != nullptr) damage->apply(draft, damage_prng);
    out.keeps_line_ends = damage->keeps_line_ends;
  }
  if (plan.forwarders != nullptr) {
    Prng forwarding(plan.seed ^ kForwardingStream, index);
    out.truth.chain = plan.forwarders->forward(draft, times.received_at, forwarding);
  }
  carrier.hop(last_host, "mx1.inbox.example.net", 0);
  const std::string sender = fmt::format("bounce-{}@{}", prng.below(1000000), author_key.domain);
  carrier.deliver(sender);
  out.truth.kind = kind;
  out.truth.damage = damage;
  out.truth.signatures =
      observed_truth(signatures, draft, kind, times.received_at, plan.forwarders != nullptr);
  std::reverse(out.truth.signatures.begin(), out.truth.signatures.end());
  out.postmark = fmt::format("From {} {}", sender, postmark_date(times.received_at));
  out.text = joined(draft);
  return out;
}

}  // namespace mkcorpus
