#include "mkcorpus/journey.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "mkcorpus/damage.h"
#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/received_field.h"
#include "mkcorpus/sender_records.h"
#include "mkcorpus/standing_truth.h"

namespace mkcorpus {
namespace {

/// So that no other numbers of the program change.
constexpr std::uint64_t kJourneyStream = 0x30c0000000000000ULL;

bool is_named(const std::string& field, std::string_view name) {
  return field.size() > name.size() && field[name.size()] == ':' &&
         mailassay::ascii::equal_ignoring_case(field.substr(0, name.size()), name);
}

std::string whole_text(const Draft& draft) {
  std::string out;
  for (const std::string& field : draft.fields) out.append(field).append("\r\n");
  return out.append("\r\n").append(draft.body);
}

/// What is the matter with the first signature, in the words of corpora without envelopes.
Kind damage_word(const std::vector<SignatureTruth>& signatures, bool was_damaged) {
  if (was_damaged) return Kind::damaged;
  if (signatures.empty()) return Kind::unsigned_message;
  const SignatureTruth& first = signatures.front();
  if (first.reason == "key-revoked") return Kind::key_revoked;
  if (first.reason == "no-key" || first.reason == "no-evidence") return Kind::key_missing;
  if (first.reason == "body-hash-mismatch") return Kind::body_altered;
  return first.reason == "signature-mismatch" ? Kind::header_altered : Kind::none;
}

}  // namespace

Journey::Journey(const World& world, std::uint64_t seed, std::uint64_t index, bool small)
    : world_(world),
      prng_(seed ^ kJourneyStream, index),
      index_(index),
      small_(small),
      received_at_(kFirstReceipt + static_cast<std::int64_t>(prng_.below(
                                       static_cast<std::size_t>(kLastReceipt - kFirstReceipt)))) {
  truth_.envelope.border = "none";
}

void Journey::receive_at(std::int64_t at) { received_at_ = at; }

void Journey::write(Form form, const Sender& author) {
  author_ = &author;
  const std::int64_t written = received_at_ - static_cast<std::int64_t>(prng_.between(5, 600));
  draft_ = write_draft(form == Form::attachment && small_ ? Form::letter : form,
                       {author.domain, written, index_}, prng_);
  recipient_ = draft_.recipient;
  // A sender of many, not a list.
  remove("List-Id");
  truth_.kind = form == Form::newsletter ? "bulk" : "ordinary";
  truth_.direction = "inbound";
}

void Journey::write_own(Form form) {
  write(form, world_.own());
  recipient_ = fmt::format("{}@{}", prng_.pick(std::array<std::string_view, 2>{"jo", "orders"}),
                           prng_.pick(world_.senders())->domain);
  set("To", fmt::format("{} <{}>", person(prng_), recipient_));
  set("From", fmt::format("{} <team@{}>", person(prng_), kOwnDomain));
  remove("Reply-To");
  truth_.direction = "outbound";
}

void Journey::set(std::string_view name, std::string_view value) {
  const std::string text = fmt::format("{}: {}", name, value);
  const auto found = std::find_if(draft_.fields.begin(), draft_.fields.end(),
                                  [&](const auto& field) { return is_named(field, name); });
  if (found == draft_.fields.end()) {
    draft_.fields.push_back(text);
  } else {
    *found = text;
  }
}

void Journey::remove(std::string_view name) {
  std::erase_if(draft_.fields, [&](const auto& field) { return is_named(field, name); });
}

std::string Journey::value(std::string_view name) const {
  for (const std::string& field : draft_.fields) {
    if (is_named(field, name)) return field.substr(name.size() + 2);
  }
  return "";
}

void Journey::put_on_top(std::string field) {
  std::vector<std::string>& fields = draft_.fields;
  fields.push_back(std::move(field));
  std::rotate(fields.begin(), fields.end() - 1, fields.end());
}

void Journey::set_body(std::string_view content_type, std::string body) {
  remove("Content-Transfer-Encoding");
  set("Content-Type", content_type);
  draft_.body = std::move(body);
}

void Journey::add_footer(std::string_view host) {
  draft_.body += fmt::format(
      "_______________________________________________\r\nteam mailing list\r\n"
      "https://lists.{}/team\r\n",
      host);
}

void Journey::prepare_damage(std::string_view name) {
  damage_ = damages_named(name).front();
  if (damage_->prepare != nullptr) damage_->prepare(draft_, prng_);
}

void Journey::do_damage() { damage_->apply(draft_, prng_); }

void Journey::sign(const KeyName& key) {
  SigningOrder order;
  order.name = &key;
  order.signed_at = received_at_ - 4;
  order.with_time = prng_.chance(60);
  signatures_.push_back(sign_message(draft_.fields, draft_.body, order, prng_));
  put_on_top(signatures_.back().text);
}

void Journey::leave(std::string_view domain) {
  put_on_top(received_field({fmt::format("app-7.{}", domain), fmt::format("mail.{}", domain),
                             recipient_, received_at_ - 5},
                            prng_));
}

void Journey::pass(std::string_view domain) {
  const std::string before = author_ == nullptr ? "mail.example" : "mail." + author_->domain;
  put_on_top(received_field({before, fmt::format("mail.{}", domain), recipient_, received_at_ - 3},
                            prng_));
}

Checked Journey::check(const Session& session) const {
  Checked out;
  const std::vector<SignatureTruth> found = observed();
  for (std::size_t i = 0; i < found.size(); ++i) {
    const SignatureField& field = signatures_[signatures_.size() - 1 - i];
    // Keys that are lost by now were there.
    const KeyState state = field.name->state;
    const bool was_good =
        state == KeyState::no_evidence || state == KeyState::gone || state == KeyState::replaced;
    out.signatures.push_back({was_good ? "pass" : found[i].result, found[i].domain,
                              found[i].selector, signature_start(field.text)});
  }
  out.spf = session.spf.result;
  if (author_ == nullptr) return out;
  SceneTruth seen;
  seen.spf = SpfTruth{session.spf.result, spf_domain(session), "", "", "", ""};
  out.author_domain = author_->domain;
  out.dmarc = dmarc_truth(seen, found, *author_).old_result;
  out.policy = author_->old_policy.policy;
  for (const CheckedSignature& one : out.signatures) {
    const bool counts = one.result == "pass" && is_aligned(one.domain, *author_);
    if (counts && !out.policy.empty()) out.dmarc = "pass";
  }
  return out;
}

void Journey::seal(const KeyName& key, const std::string& results) {
  ArcSetOrder order;
  order.instance = sets_.size() + 1;
  order.domain = key.domain;
  order.selector = key.selector;
  order.time = received_at_;
  order.chain_status = sets_.empty() ? "none" : "pass";
  order.signed_names = {"from", "to", "subject", "date", "message-id"};
  if (!signatures_.empty()) order.signed_names.emplace_back("dkim-signature");
  order.results_form = "ARC-Authentication-Results: i=@I@;" + results;
  sets_.push_back(make_arc_set(draft_.fields, draft_.body, sets_, order, *key.key));
  for (const std::string* field :
       {&sets_.back().results, &sets_.back().message_signature, &sets_.back().seal}) {
    put_on_top(*field);
  }
  chain_.kind = ChainKind::whole;
  chain_.result = "pass";
  chain_.instances = sets_.size();
  chain_.oldest_pass = 0;
  chain_.sealers.push_back(key.domain);
}

std::string Journey::results_of(std::string_view host, const Session& session) const {
  return own_results(host, check(session), session).substr(23) +
         fmt::format(";\r\n\tarc=none smtp.remote-ip={}", session.ip);
}

Session Journey::from_hosts(const Sender& sender) {
  const bool by_ip6 = !sender.ip6.empty() && prng_.chance(40);
  return {by_ip6 ? sender.ip6 : sender.ip4, sender.helo,
          fmt::format("bounce-{}@{}", prng_.below(1000000), sender.domain),
          by_ip6 ? sender.from_ip6 : sender.from_ip4};
}

Session Journey::from_stranger(const Sender& pretended) {
  const std::size_t number = prng_.below(kStrangers4.size());
  return {
      std::string(kStrangers4[number]), fmt::format("vps{}.cheaphost.test", number),
      fmt::format("{}@{}", prng_.pick(std::array<std::string_view, 3>{"info", "news", "no-reply"}),
                  pretended.domain),
      pretended.from_stranger};
}

Session Journey::from_service(const Sender& service) {
  Session session = from_hosts(service);
  session.mail_from =
      fmt::format("bounces+{}-{}@{}", prng_.below(100000), token(prng_, 6), service.domain);
  return session;
}

std::vector<SignatureTruth> Journey::observed() const {
  std::vector<SignatureTruth> out =
      observed_truth(signatures_, draft_, Kind::none, received_at_, true);
  std::reverse(out.begin(), out.end());
  return out;
}

CorpusMessage Journey::finish(const Sender* author) {
  CorpusMessage out;
  out.truth.index = index_;
  out.truth.message_id = draft_.message_id;
  out.truth.signatures = observed();
  out.truth.chain = chain_;
  const std::vector<SignatureTruth>& signatures = out.truth.signatures;
  if (author != nullptr && !truth_.dmarc) truth_.dmarc = dmarc_truth(truth_, signatures, *author);
  if (!truth_.integrity) {
    truth_.integrity =
        integrity_truth(signatures, chain_.result == "pass" ? chain_.sealers.back() : "");
  }
  if (truth_.standing.empty() && author != nullptr) state_standing(truth_, signatures, *author);
  out.truth.kind = damage_word(signatures, damage_ != nullptr);
  out.truth.damage = damage_;
  out.keeps_line_ends = damage_ != nullptr && damage_->keeps_line_ends;
  const std::string sender = truth_.envelope.mail_from.value_or("-");
  out.postmark = fmt::format("From {} {}", sender.empty() ? "MAILER-DAEMON" : sender,
                             postmark_date(received_at_));
  out.text = whole_text(draft_);
  out.truth.scene = std::move(truth_);
  return out;
}

}  // namespace mkcorpus
