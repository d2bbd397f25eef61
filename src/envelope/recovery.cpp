// recover(): from facts and trust to the envelope.
//
// The order of sources for MAIL FROM is Return-Path, the border hop's own word, then results and
// X-Envelope-From, all above the border. What is not chosen and says something else is a conflict.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "envelope/border.h"
#include "envelope/provider.h"
#include "envelope/rewrite.h"
#include "envelope/trace_text.h"
#include "envelope/trust.h"
#include "mailassay/envelope.h"

namespace mailassay::envelope {
namespace {

/// How far a hop's clock may run ahead of one above it before it is said.
constexpr std::chrono::hours kClockSkew{1};

std::string_view without_dot(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool is_same_name(std::string_view a, std::string_view b) {
  return ascii::equal_ignoring_case(without_dot(a), without_dot(b));
}

/// Local parts are compared octet by octet, domains without regard to case. [RFC5321 2.4]
bool is_same_sender(const Value& a, const Value& b) {
  const std::string_view domain_a = domain_of(a.text);
  const std::string_view domain_b = domain_of(b.text);
  if (!is_same_name(domain_a, domain_b)) return false;
  if (a.is_domain_only || b.is_domain_only) return true;
  return std::string_view(a.text).substr(0, a.text.size() - domain_a.size()) ==
         std::string_view(b.text).substr(0, b.text.size() - domain_b.size());
}

bool is_same(ConflictSubject subject, const Value& a, const Value& b) {
  if (subject == ConflictSubject::mail_from) return is_same_sender(a, b);
  if (subject == ConflictSubject::helo) return is_same_name(a.text, b.text);
  return a.text == b.text;
}

class Recovery {
 public:
  Recovery(const TransitFacts& facts, const TrustOptions& options)
      : facts_(facts), options_(options), found_(find_border(facts, options)) {
    envelope_.border = found_.border;
  }

  Envelope run() {
    weigh_results();
    confirm_border();
    if (const Hop* hop = border_hop()) envelope_.clients_word_from = hop->position;
    recover_client_ip();
    recover_helo();
    recover_mail_from();
    recover_time();
    if (envelope_.mail_from) envelope_.rewrites = find_rewrites(envelope_.mail_from->text);
    return std::move(envelope_);
  }

 private:
  const Hop* border_hop() const {
    const auto& index = found_.border.hop;
    return index ? &facts_.hops[*index] : nullptr;
  }

  Confidence confidence() const {
    switch (envelope_.border.sureness) {
      case Sureness::sure:
        return Confidence::sure;
      case Sureness::inferred:
        return Confidence::inferred;
      case Sureness::none:
        break;
    }
    return Confidence::weak;
  }

  bool is_above_border(std::uint32_t position) const {
    const Hop* hop = border_hop();
    return hop != nullptr && position < hop->position;
  }

  // --- results ---

  Place place_of(std::uint32_t position) const {
    const Hop* hop = border_hop();
    if (hop == nullptr) return Place::no_border;
    if (position < hop->position) return Place::above_border;
    const std::size_t next = *found_.border.hop + 1;
    const bool is_adjoining = next == facts_.hops.size() || position < facts_.hops[next].position;
    return is_adjoining ? Place::adjoining : Place::below_border;
  }

  /// Whether the reader believes this authserv-id, at the border at hand. [RFC8601 2.5]
  bool believes(std::string_view authserv_id) const {
    if (names_host(options_.authserv_ids, without_dot(authserv_id))) return true;
    const Border& border = found_.border;
    // Whose the filter in front of the provider is does not matter to who wrote the results.
    const bool is_provider_known =
        border.sureness == Sureness::sure || border.reason == BorderReason::filter_gateway;
    return is_provider_known && border.provider && writes_results_as(*border.provider, authserv_id);
  }

  /// Trust is a matter of identity and of place: a stranger can write any authserv-id.
  /// [RFC8601 1.6]
  bool is_trusted(const Recorded& recorded, Place place) const {
    if (!believes(recorded.authserv_id)) return false;
    if (place == Place::above_border) return recorded.position < found_.receivers_word_until;
    // They remove what has their name, and may keep what has one below it. [RFC8601 5]
    const bool is_exact = std::any_of(
        options_.authserv_ids.begin(), options_.authserv_ids.end(), [&](std::string_view id) {
          return ascii::equal_ignoring_case(without_dot(id), recorded.authserv_id);
        });
    return place == Place::adjoining && options_.receivers_strip_results && is_exact &&
           found_.border.sureness == Sureness::sure;
  }

  void weigh_results() {
    for (const Recorded& recorded : facts_.recorded) {
      const Place place = place_of(recorded.position);
      envelope_.witnesses.push_back({place, is_trusted(recorded, place)});
    }
  }

  void confirm_border() {
    const Hop* hop = border_hop();
    if (hop == nullptr || hop->client_ip.empty()) return;
    if (envelope_.border.sureness != Sureness::inferred) return;
    // That others saw the filter as their client too says nothing of whose it is.
    if (envelope_.border.reason == BorderReason::filter_gateway) return;
    for (std::size_t i = 0; i < facts_.recorded.size(); ++i) {
      if (!envelope_.witnesses[i].trusted || facts_.recorded[i].client_ip != hop->client_ip)
        continue;
      envelope_.border.sureness = Sureness::sure;
      envelope_.border.reason = BorderReason::confirmed;
      return;
    }
  }

  // --- values ---

  /// The first candidate is chosen; what differs from it is a conflict.
  void offer(ConflictSubject subject, std::optional<Value>& chosen, Value candidate) {
    if (!chosen) {
      chosen = std::move(candidate);
    } else if (!is_same(subject, *chosen, candidate)) {
      envelope_.conflicts.push_back({subject, std::move(candidate)});
    }
  }

  Confidence confidence_of(std::size_t recorded) const {
    return envelope_.witnesses[recorded].trusted ? confidence() : Confidence::weak;
  }

  static ValueSource source_of(const Recorded& recorded) {
    return recorded.field == RecordedField::received_spf ? ValueSource::received_spf
                                                         : ValueSource::authentication_results;
  }

  /// Whether results at this index may tell of the session.
  bool speaks(std::size_t recorded) const {
    const Witness& witness = envelope_.witnesses[recorded];
    return witness.place == Place::above_border || witness.trusted;
  }

  void recover_client_ip() {
    const Hop* hop = border_hop();
    if (hop == nullptr) return;
    auto& chosen = envelope_.client_ip;
    if (!hop->client_ip.empty()) {
      chosen = Value{hop->client_ip, ValueSource::received, confidence(), hop->position};
    }
    for (std::size_t i = 0; i < facts_.recorded.size(); ++i) {
      const Recorded& recorded = facts_.recorded[i];
      if (!speaks(i) || recorded.client_ip.empty()) continue;
      offer(ConflictSubject::client_ip, chosen,
            {recorded.client_ip, source_of(recorded), confidence_of(i), recorded.position});
    }
    if (found_.border.provider != Provider::microsoft365) return;
    for (const Mark& mark : facts_.marks) {
      if (mark.kind != MarkKind::forefront_ip) continue;
      offer(ConflictSubject::client_ip, chosen,
            {mark.value, ValueSource::forefront, Confidence::weak, mark.position});
    }
  }

  void recover_helo() {
    const Hop* hop = border_hop();
    if (hop == nullptr) return;
    if (!hop->rdns.empty()) {
      envelope_.rdns = Value{hop->rdns, ValueSource::received, confidence(), hop->position};
    }
    auto& chosen = envelope_.helo;
    if (!hop->helo.empty()) {
      chosen = Value{hop->helo, ValueSource::received, confidence(), hop->position};
    }
    for (std::size_t i = 0; i < facts_.recorded.size(); ++i) {
      const Recorded& recorded = facts_.recorded[i];
      if (!speaks(i)) continue;
      for (const RecordedEntry& entry : recorded.entries) {
        const std::string_view helo = value_of(entry, "smtp.helo");
        if (helo.empty()) continue;
        offer(ConflictSubject::helo, chosen,
              {std::string(helo), source_of(recorded), confidence_of(i), recorded.position});
      }
    }
  }

  void recover_mail_from() {
    for (Value& candidate : senders()) {
      offer(ConflictSubject::mail_from, envelope_.mail_from, std::move(candidate));
    }
  }

  std::vector<Value> senders() const {
    std::vector<Value> found;
    add_return_paths(found);
    if (const Hop* hop = border_hop(); hop != nullptr && hop->envelope_from) {
      found.push_back({*hop->envelope_from, ValueSource::received, confidence(), hop->position});
    }
    add_recorded_senders(ValueSource::authentication_results, found);
    add_recorded_senders(ValueSource::received_spf, found);
    for (const Mark& mark : facts_.marks) {
      if (mark.kind != MarkKind::envelope_from || !is_above_border(mark.position)) continue;
      found.push_back({mark.value, ValueSource::envelope_from, Confidence::weak, mark.position});
    }
    add_exchange_return_path(found);
    return found;
  }

  void add_return_paths(std::vector<Value>& found) const {
    const Hop* hop = border_hop();
    for (const Mark& mark : facts_.marks) {
      if (mark.kind != MarkKind::return_path) continue;
      Value value{mark.value, ValueSource::return_path, confidence(), mark.position};
      if (is_above_border(mark.position)) {
        found.push_back(std::move(value));
        if (mark.position > found_.receivers_word_until) found.back().confidence = Confidence::weak;
      } else if (hop == nullptr && found.empty() && is_above_all_hops(mark.position)) {
        found.push_back(std::move(value));
      }
    }
  }

  bool is_above_all_hops(std::uint32_t position) const {
    return facts_.hops.empty() || position < facts_.hops.front().position;
  }

  /// Exchange Online writes Return-Path below everything else. It comes first if it is the only one
  /// and a believed result has its domain, and else last.
  void add_exchange_return_path(std::vector<Value>& found) const {
    if (found_.border.provider != Provider::microsoft365) return;
    const auto is_return_path = [](const Mark& mark) { return mark.kind == MarkKind::return_path; };
    const auto first = std::find_if(facts_.marks.begin(), facts_.marks.end(), is_return_path);
    if (first == facts_.marks.end() || is_above_border(first->position)) return;
    Value value{first->value, ValueSource::return_path, Confidence::weak, first->position};
    const bool is_only =
        std::find_if(first + 1, facts_.marks.end(), is_return_path) == facts_.marks.end();
    const bool is_confirmed = std::any_of(found.begin(), found.end(), [&](const Value& other) {
      return other.confidence != Confidence::weak && is_same_sender(value, other);
    });
    if (is_only && is_confirmed) {
      value.confidence = confidence();
      found.insert(found.begin(), std::move(value));
    } else {
      found.push_back(std::move(value));
    }
  }

  void add_recorded_senders(ValueSource source, std::vector<Value>& found) const {
    for (std::size_t i = 0; i < facts_.recorded.size(); ++i) {
      const Recorded& recorded = facts_.recorded[i];
      if (!speaks(i) || source_of(recorded) != source) continue;
      for (const RecordedEntry& entry : recorded.entries) {
        if (entry.method != "spf") continue;
        for (const Property& property : entry.properties) {
          // smtp.mfrom and smtp.mail were written before the name was settled.
          if (property.name != "smtp.mailfrom" && property.name != "smtp.mfrom" &&
              property.name != "smtp.mail") {
            continue;
          }
          const bool is_domain_only =
              !property.value.empty() && property.value.find('@') == std::string::npos;
          found.push_back(
              {property.value, source, confidence_of(i), recorded.position, is_domain_only});
        }
      }
    }
  }

  // --- time ---

  void recover_time() {
    const Hop* hop = border_hop();
    const Hop* newest = nullptr;
    for (const Hop& candidate : facts_.hops) {
      if (candidate.date && newest == nullptr) newest = &candidate;
    }
    if (hop != nullptr && hop->date) {
      envelope_.received_at = ReceivedTime{*hop->date, ValueSource::received, confidence()};
      if (newest->date && *newest->date + kClockSkew < *hop->date) {
        envelope_.conflicts.push_back(
            {ConflictSubject::received_time,
             {std::to_string(newest->date->time_since_epoch().count()),
              ValueSource::newest_received, confidence(), newest->position}});
      }
    } else if (newest != nullptr) {
      envelope_.received_at =
          ReceivedTime{*newest->date, ValueSource::newest_received, Confidence::weak};
    }
  }

  const TransitFacts& facts_;
  const TrustOptions& options_;
  const FoundBorder found_;  ///< before it was confirmed
  Envelope envelope_;
};

}  // namespace

Envelope recover(const TransitFacts& facts, const TrustOptions& options) {
  return Recovery(facts, options).run();
}

}  // namespace mailassay::envelope
