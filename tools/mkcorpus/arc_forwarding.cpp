#include "mkcorpus/arc_forwarding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mkcorpus/arc_set.h"
#include "mkcorpus/key_record.h"
#include "mkcorpus/received_field.h"

namespace mkcorpus {
namespace {

using reference::Canon;

constexpr std::uint64_t kForwardersStream = 0xa5c0000000000001ULL;
constexpr std::string_view kListFooter = "-- \r\nthe list of the forwarders\r\n";
constexpr std::array<std::string_view, 5> kSignedNames = {"from", "to", "subject", "date",
                                                          "message-id"};

ChainKind choose_kind(Prng& prng) {
  const std::size_t draw = prng.below(100);
  if (draw < 40) return ChainKind::none;
  if (draw < 65) return ChainKind::whole;
  if (draw < 75) return ChainKind::changed_between;
  if (draw < 81) return ChainKind::seal_broken;
  if (draw < 87) return ChainKind::signature_broken;
  if (draw < 93) return ChainKind::key_missing;
  return draw < 97 ? ChainKind::field_dropped : ChainKind::sealed_as_failed;
}

/// As lists do: a tag in the subject, or text below the body.
void change(Draft& draft, Prng& prng) {
  const auto subject =
      std::find_if(draft.fields.begin(), draft.fields.end(),
                   [](const auto& field) { return field.starts_with("Subject:"); });
  if (prng.chance(40) && subject != draft.fields.end()) {
    subject->insert(8, " [list]");
  } else {
    draft.body += kListFooter;
  }
}

bool has_field(const Draft& draft, std::string_view name) {
  return std::any_of(draft.fields.begin(), draft.fields.end(),
                     [&](const auto& field) { return field.starts_with(name); });
}

/// One message on its way through the forwarders.
class Chain {
 public:
  Chain(Draft& draft, std::int64_t at, Prng& prng) : draft_(draft), at_(at), prng_(prng) {}

  void seal(const KeyName& sealer, std::string_view chain_status) {
    ArcSetOrder order;
    order.instance = sets_.size() + 1;
    order.domain = sealer.domain;
    order.selector = sealer.selector;
    order.time = at_ - 2;
    order.chain_status = chain_status;
    order.signed_names.assign(kSignedNames.begin(), kSignedNames.end());
    if (has_field(draft_, "DKIM-Signature:")) order.signed_names.emplace_back("dkim-signature");
    choose_canonicalization(order);
    put_on_top(received_field(
        {"forwarder.example", "mx." + sealer.domain, draft_.recipient, order.time}, prng_));
    sets_.push_back(make_arc_set(draft_.fields, draft_.body, sets_, order, *sealer.key));
    const ArcSet& set = sets_.back();
    for (const std::string& field : {set.results, set.message_signature, set.seal}) {
      put_on_top(field);
    }
  }

  /// Changes the results of a set after they were sealed.
  void change_results(std::size_t instance) {
    for (std::string& field : draft_.fields) {
      if (field != sets_[instance - 1].results) continue;
      field.replace(field.rfind("dmarc=pass"), 10, "dmarc=none");
    }
  }

  void drop_results(std::size_t instance) {
    std::erase(draft_.fields, sets_[instance - 1].results);
  }

 private:
  void choose_canonicalization(ArcSetOrder& order) {
    order.header_canon = prng_.chance(75) ? Canon::relaxed : Canon::simple;
    order.body_canon = prng_.chance(65) ? Canon::relaxed : Canon::simple;
    const auto word = [](Canon canon) { return canon == Canon::relaxed ? "relaxed" : "simple"; };
    std::string& form = order.message_signature_form;
    constexpr std::string_view kDefault = "c=relaxed/relaxed";
    form.replace(form.find(kDefault), kDefault.size(),
                 fmt::format("c={}/{}", word(order.header_canon), word(order.body_canon)));
  }

  void put_on_top(std::string field) {
    std::vector<std::string>& fields = draft_.fields;
    fields.push_back(std::move(field));
    std::rotate(fields.begin(), fields.end() - 1, fields.end());
  }

  Draft& draft_;
  std::int64_t at_;
  Prng& prng_;
  std::vector<ArcSet> sets_;
};

ChainTruth pass_truth(ChainKind kind, std::size_t sets) {
  ChainTruth truth;
  truth.kind = kind;
  truth.result = "pass";
  truth.instances = sets;
  truth.oldest_pass = 0;
  return truth;
}

void make_fail(ChainTruth& truth, std::string_view reason) {
  truth.result = "fail";
  truth.reason = reason;
}

/// `place` is the set that something was done to.
void state_damage(ChainTruth& truth, std::size_t place) {
  switch (truth.kind) {
    case ChainKind::none:
    case ChainKind::whole:
      return;
    case ChainKind::changed_between:
      truth.oldest_pass = place;
      return;
    case ChainKind::seal_broken:
      make_fail(truth, "seal-fails");
      return;
    case ChainKind::signature_broken:
      make_fail(truth, "message-signature-fails");
      truth.oldest_pass.reset();
      return;
    case ChainKind::key_missing:
      if (place == truth.instances) {
        make_fail(truth, "message-signature-fails");
        truth.oldest_pass.reset();
      } else {
        make_fail(truth, "seal-fails");
        truth.oldest_pass = place + 1;
      }
      return;
    case ChainKind::field_dropped:
      make_fail(truth, "missing-field");
      break;
    case ChainKind::sealed_as_failed:
      make_fail(truth, "sealed-as-failed");
      break;
  }
  truth.oldest_pass.reset();
}

}  // namespace

std::string_view kind_word(ChainKind kind) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "none",        "whole",         "changed-between", "seal-broken", "signature-broken",
      "key-missing", "field-dropped", "sealed-as-failed"};
  return kWords[static_cast<std::size_t>(kind)];
}

Forwarders::Forwarders(const KeyPool& pool, std::uint64_t seed) {
  Prng prng(seed, kForwardersStream);
  const auto add = [&](std::string domain, KeyKind kind, KeyState state) {
    KeyName name;
    name.selector = fmt::format("arc-{}", names_.size() + 1);
    name.domain = std::move(domain);
    name.state = state;
    name.key = &prng.pick(pool.of(kind));
    if (state == KeyState::published) name.strings = key_record(*name.key, prng).strings;
    names_.push_back(std::move(name));
  };
  add("lists.forward1.example.org", KeyKind::rsa_2048, KeyState::published);
  add("forward2.example", KeyKind::rsa_2048, KeyState::published);
  add("forward3.example.net", KeyKind::rsa_1024, KeyState::published);
  add("forward4.test", KeyKind::ed25519, KeyState::published);
  add("gone.example.com", KeyKind::rsa_2048, KeyState::no_name);
}

ChainTruth Forwarders::forward(Draft& draft, std::int64_t at, Prng& prng) const {
  const ChainKind kind = choose_kind(prng);
  if (kind == ChainKind::none) return {};
  // Between two sets there have to be two.
  const std::size_t sets = prng.between(kind == ChainKind::changed_between ? 2 : 1, 3);
  const std::size_t place = prng.between(kind == ChainKind::changed_between ? 2 : 1, sets);
  ChainTruth truth = pass_truth(kind, sets);
  Chain chain(draft, at, prng);
  for (std::size_t i = 1; i <= sets; ++i) {
    if (kind == ChainKind::changed_between && i == place) change(draft, prng);
    const bool has_no_key = kind == ChainKind::key_missing && i == place;
    const KeyName& sealer = has_no_key ? names_.back() : names_[prng.below(names_.size() - 1)];
    const bool says_failed = kind == ChainKind::sealed_as_failed && i == sets;
    chain.seal(sealer, says_failed ? "fail" : i == 1 ? "none" : "pass");
    truth.sealers.push_back(sealer.domain);
  }
  if (kind == ChainKind::signature_broken) change(draft, prng);
  if (kind == ChainKind::seal_broken) chain.change_results(place);
  if (kind == ChainKind::field_dropped) chain.drop_results(place);
  state_damage(truth, place);
  return truth;
}

}  // namespace mkcorpus
