// One message on its way: written, signed, sent, received, stored, with a truth that grows with it.
#ifndef MAILASSAY_MKCORPUS_JOURNEY_H
#define MAILASSAY_MKCORPUS_JOURNEY_H

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mkcorpus/arc_set.h"
#include "mkcorpus/corpus_message.h"
#include "mkcorpus/damage_kind.h"
#include "mkcorpus/draft.h"
#include "mkcorpus/mta.h"
#include "mkcorpus/recorded_results.h"
#include "mkcorpus/scene_truth.h"
#include "mkcorpus/world.h"

namespace mkcorpus {

/// What the receiver writes down of its own checks.
enum class Notes : std::uint8_t {
  bare,      ///< nothing, and no hop behind it
  none,      ///< nothing
  as_usual,  ///< much or little
  all,
};

class Journey {
 public:
  /// Demands: `world` outlives the object.
  Journey(const World& world, std::uint64_t seed, std::uint64_t index, bool small);

  Prng& prng() { return prng_; }
  const World& world() const { return world_; }
  Draft& draft() { return draft_; }
  SceneTruth& truth() { return truth_; }
  std::int64_t received_at() const { return received_at_; }
  const std::string& recipient() const { return recipient_; }
  void set_recipient(std::string address) { recipient_ = std::move(address); }
  /// Demands: nothing is written yet.
  void receive_at(std::int64_t at);

  /// Writes a message of that author to the own domain.
  void write(Form form, const Sender& author);
  /// As write(), of a person of the own domain to somebody outside.
  void write_own(Form form);
  /// Somebody else stands in From now.
  void be_author(const Sender& author) { author_ = &author; }
  /// The field of that name with another value; below all others if there is none.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);
  /// Empty if there is no such field.
  std::string value(std::string_view name) const;
  void put_on_top(std::string field);
  /// Appends a line end and text to the body, as lists do.
  void add_footer(std::string_view host);
  /// Replaces the body and the fields that describe it.
  void set_body(std::string_view content_type, std::string body);

  /// Applies one kind of damage: prepare_damage() before signing, do_damage() after it. `name` is
  /// one of damage_kind.h.
  void prepare_damage(std::string_view name);
  void do_damage();

  void sign(const KeyName& key);
  /// What a host finds now, behind the name of the field.
  std::string results_of(std::string_view host, const Session& session) const;
  /// Signs and seals, with such results. [RFC8617 5.1]
  void seal(const KeyName& key, const std::string& results);
  /// A hop inside the sender's network.
  void leave(std::string_view domain);
  /// Who was there before is the client of another server than the own.
  void pass(std::string_view domain);

  /// The session at the border, in the words of `mta`. Sets SPF, envelope and records.
  void receive(const Mta& mta, const Session& session, Notes notes = Notes::as_usual);
  /// The same by some server that can take the address.
  void receive(const Session& session, Notes notes = Notes::as_usual);
  /// Sessions of a sender's own hosts, of its service, and of strangers who use its name.
  Session from_hosts(const Sender& sender);
  Session from_stranger(const Sender& pretended);
  Session from_service(const Sender& service);

  /// States DMARC and standing of mail of that author, unless the scenario has stated them.
  CorpusMessage finish(const Sender* author);

 private:
  void deliver_own(const Mta& mta, const Session& session, Notes notes);
  void deliver_gmail(const Session& session);
  void deliver_microsoft(const Session& session);
  void deliver_yahoo(const Mta& mta, const Session& session);
  Checked check(const Session& session) const;
  Arrival arrival(const Session& session) const;
  void state_envelope(const Session& session);
  void record(const RecordedTruth& recorded);
  std::vector<SignatureTruth> observed() const;

  const World& world_;
  Prng prng_;
  std::uint64_t index_;
  bool small_;
  std::int64_t received_at_;
  std::string recipient_;
  Draft draft_;
  const Sender* author_ = nullptr;
  std::vector<SignatureField> signatures_;  ///< in the order of signing
  std::vector<ArcSet> sets_;
  ChainTruth chain_;
  SceneTruth truth_;
  const DamageKind* damage_ = nullptr;
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_JOURNEY_H
