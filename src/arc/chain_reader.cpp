#include "arc/chain_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace mailassay::arc {
namespace {

using message::HeaderIndex;

constexpr std::string_view kResultsField = "arc-authentication-results";
constexpr std::string_view kMessageSignatureField = "arc-message-signature";
constexpr std::string_view kSealField = "arc-seal";

/// Tag values are case-sensitive unless said otherwise. [RFC6376 3.2]
std::optional<ChainStatus> parse_chain_status(const dkim::Tag* tag) {
  if (tag == nullptr) return std::nullopt;
  if (tag->value == "none") return ChainStatus::none;
  if (tag->value == "pass") return ChainStatus::pass;
  if (tag->value == "fail") return ChainStatus::fail;
  return std::nullopt;
}

bool names_seal(std::string_view signed_fields) {
  std::size_t start = 0;
  while (start <= signed_fields.size()) {
    const std::size_t end = std::min(signed_fields.find(':', start), signed_fields.size());
    if (signed_fields.substr(start, end - start) == kSealField) return true;
    start = end + 1;
  }
  return false;
}

bool has_all_fields(const SetFacts& set) {
  return set.has_results && set.has_message_signature && set.has_seal;
}

/// cv= has to be none in set 1 and pass in all others. [RFC8617 5.2 step 3]
bool has_right_status(const SetFacts& set) {
  return set.chain_status == (set.instance == 1 ? ChainStatus::none : ChainStatus::pass);
}

bool any_of_sets(const ChainFacts& facts, bool (*is_so)(const SetFacts&)) {
  return std::any_of(facts.sets.begin(), facts.sets.end(), is_so);
}

}  // namespace

ChainFacts ChainReader::read(const HeaderIndex& header, const Limits& limits) {
  header_ = &header;
  limits_ = limits;
  hashed_bytes_ = 0;
  fields_ = 0;
  ChainFacts facts;
  if (header.last(kSealField) == HeaderIndex::kNone &&
      header.last(kMessageSignatureField) == HeaderIndex::kNone &&
      header.last(kResultsField) == HeaderIndex::kNone) {
    return facts;
  }
  found_.fill({});
  places_.clear();
  parsed_.clear();
  strays_ = {};
  highest_ = 0;
  collect(kResultsField, &SetPlaces::results);
  collect(kMessageSignatureField, &SetPlaces::message_signature);
  collect(kSealField, &SetPlaces::seal);
  facts.fields = fields_;
  facts.instances = highest_;
  const auto looked_at =
      std::min({std::size_t{highest_}, limits.arc_sets, std::size_t{kMaxInstance}});
  for (std::uint32_t i = 1; i <= looked_at; ++i) add_set(i, found_[i - 1], facts);
  facts.fault = find_fault(facts);
  if (facts.fault == Reason::none) hash_chain(facts);
  for (std::size_t i = 0; i < facts.sets.size(); ++i) {
    facts.message_signatures[i] = std::move(parsed_[i].message_signature.facts);
    facts.seals[i] = std::move(parsed_[i].seal.facts);
  }
  return facts;
}

/// Finds the set of each field of this name.
void ChainReader::collect(std::string_view name, Place place) {
  for (std::uint32_t index = header_->last(name); index != HeaderIndex::kNone;
       index = header_->previous(index)) {
    ++fields_;
    const std::uint32_t instance = instance_of(index, place);
    highest_ = std::max(highest_, instance);
    if (instance == 0 || instance > kMaxInstance) continue;
    FoundSet& set = found_[instance - 1];
    if (set.places.*place != HeaderIndex::kNone) set.is_duplicate = true;
    set.places.*place = index;
  }
}

/// Result: 0 if the field belongs to no set; strays_ says why.
std::uint32_t ChainReader::instance_of(std::uint32_t index, Place place) {
  const std::string_view value = header_->value(header_->fields()[index]);
  std::optional<std::uint32_t> instance;
  if (place == &SetPlaces::results) {
    if (const auto prefix = parse_results_prefix(value)) instance = prefix->instance;
  } else if (value.size() > limits_.signature_field_bytes) {
    strays_.over_limit = true;
    return 0;
  } else {
    // DEVIATION [RFC8617 4.1.2]: i= need not be the first tag, since signers put it anywhere; and
    // it has no comments, since no tag-list has.
    const auto tags = dkim::parse_tag_list(value);
    if (!tags) {
      strays_.bad_syntax = true;
      return 0;
    }
    if (const dkim::Tag* tag = tags->find("i")) instance = parse_instance(tag->value);
  }
  if (!instance) strays_.bad_instance = true;
  return instance.value_or(0);
}

void ChainReader::add_set(std::uint32_t instance, const FoundSet& found, ChainFacts& facts) {
  const SetPlaces& places = found.places;
  SetFacts set;
  set.instance = instance;
  set.is_duplicate = found.is_duplicate;
  set.has_results = places.results != HeaderIndex::kNone;
  set.has_message_signature = places.message_signature != HeaderIndex::kNone;
  set.has_seal = places.seal != HeaderIndex::kNone;
  if (!set.has_results && !set.has_message_signature && !set.has_seal) return;
  const auto value = [&](std::uint32_t place) { return header_->value(header_->fields()[place]); };
  Parsed parsed;
  if (set.has_results) read_results(value(places.results), set);
  if (set.has_message_signature) {
    parsed.message_signature = read_message_signature(value(places.message_signature), set);
  }
  if (set.has_seal) parsed.seal = read_seal(value(places.seal), set);
  facts.sets.push_back(std::move(set));
  facts.message_signatures.emplace_back();
  facts.seals.emplace_back();
  places_.push_back(places);
  parsed_.push_back(std::move(parsed));
}

void ChainReader::read_results(std::string_view value, SetFacts& set) const {
  const auto prefix = parse_results_prefix(value);
  if (!prefix) return;
  const std::string_view payload = value.substr(prefix->payload_begin);
  set.authentication_results = payload.substr(0, limits_.arc_results_bytes);
  set.results_cut = set.authentication_results.size() < payload.size();
}

dkim::ParsedSignature ChainReader::read_message_signature(std::string_view value,
                                                          SetFacts& set) const {
  const auto tags = dkim::parse_tag_list(value);
  auto parsed = dkim::read_signature(*tags, dkim::SignatureKind::arc_message_signature, limits_);
  // DEVIATION [RFC8617 4.1.2]: no ARC field may be in h=, but only ARC-Seal is refused, which no
  // signer can have known; chains with the others are in use and verify elsewhere.
  set.covers_seal = names_seal(parsed.facts.signed_fields);
  return parsed;
}

dkim::ParsedSignature ChainReader::read_seal(std::string_view value, SetFacts& set) const {
  const auto tags = dkim::parse_tag_list(value);
  // d= and s= may have U-labels, as in DKIM. [RFC8617 4.1.4]
  auto parsed = dkim::read_signature(*tags, dkim::SignatureKind::arc_seal, limits_);
  set.chain_status = parse_chain_status(tags->find("cv"));
  set.seal_names_fields = tags->find("h") != nullptr;
  return parsed;
}

/// Steps 1 to 3, in that order. [RFC8617 5.2]
Reason ChainReader::find_fault(const ChainFacts& facts) const {
  if (highest_ > kMaxInstance) return Reason::too_many_sets;
  if (highest_ > limits_.arc_sets) return Reason::sets_over_limit;
  // A field that was not looked at may be the newest seal.
  if (strays_.over_limit) return Reason::field_over_limit;
  if (!facts.sets.empty() && facts.sets.back().chain_status == ChainStatus::fail) {
    return Reason::sealed_as_failed;  // [RFC8617 5.2 step 2]
  }
  if (strays_.bad_syntax) return Reason::field_syntax;
  if (strays_.bad_instance) return Reason::bad_instance;
  // Exactly one of each of the three fields. [RFC8617 4.2.1] [RFC8617 5.2 step 3]
  if (any_of_sets(facts, [](const SetFacts& set) { return set.is_duplicate; })) {
    return Reason::duplicate_field;
  }
  if (any_of_sets(facts, [](const SetFacts& set) { return !has_all_fields(set); })) {
    return Reason::missing_field;
  }
  // A sequence from 1 to N without gaps. [RFC8617 5.2 step 3]
  if (facts.sets.size() != highest_) return Reason::missing_set;
  if (any_of_sets(facts, [](const SetFacts& set) { return !has_right_status(set); })) {
    return Reason::bad_chain_status;
  }
  // MUST result in "fail". [RFC8617 4.1.3]
  if (any_of_sets(facts, [](const SetFacts& set) { return set.seal_names_fields; })) {
    return Reason::seal_names_fields;
  }
  return Reason::none;
}

/// Fills the header hashes of all signatures that could be read.
void ChainReader::hash_chain(ChainFacts& facts) {
  seal_hash_.begin();
  for (std::size_t i = 0; i < facts.sets.size(); ++i) {
    dkim::ParsedSignature& seal = parsed_[i].seal;
    // rsa-sha1 MUST NOT be used for verifying. [RFC8301 3.1]
    if (seal.facts.fault == dkim::Reason::none &&
        seal.facts.algorithm == dkim::Algorithm::rsa_sha1) {
      seal.facts.fault = dkim::Reason::algorithm_obsolete;
    }
    const dkim::Digest digest = seal_hash_.add(*header_, places_[i], seal);
    if (seal.facts.fault == dkim::Reason::none) seal.facts.header_hash = digest;
    dkim::ParsedSignature& signature = parsed_[i].message_signature;
    if (signature.facts.fault != dkim::Reason::none) continue;
    signature.facts.header_hash =
        header_hash_.compute(*header_, signature, places_[i].message_signature);
    hashed_bytes_ += header_hash_.last_input_size();
  }
  hashed_bytes_ += seal_hash_.hashed_bytes();
}

}  // namespace mailassay::arc
