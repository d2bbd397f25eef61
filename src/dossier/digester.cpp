#include "dossier/digester.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "dkim/coverage.h"
#include "dkim/signature.h"
#include "dossier/form_reader.h"
#include "envelope/transit_reader.h"
#include "kind/kind_reader.h"
#include "message/address.h"
#include "message/content_type.h"
#include "message/date.h"
#include "message/encoded_word.h"
#include "message/party_reader.h"

namespace mailassay {
namespace {

using message::HeaderField;
using message::HeaderIndex;

constexpr std::string_view kSignatureField = "dkim-signature";
/// An mbox writer may have put the `>` there, and then the body that was signed lacked it.
constexpr std::string_view kQuotedFrom = ">From ";

/// Cuts UTF-8 to `limit` octets at the border of a character.
bool cut_utf8(std::string& text, std::size_t limit) {
  if (text.size() <= limit) return false;
  std::size_t size = limit;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  text.resize(size);
  return true;
}

}  // namespace

std::size_t find_body(std::string_view text) {
  std::size_t line = 0;
  while (line < text.size()) {
    const std::size_t end = text.find('\n', line);
    if (end == std::string_view::npos) break;
    if (end == line || (end == line + 1 && text[line] == '\r')) return end + 1;
    line = end + 1;
  }
  return std::string_view::npos;
}

Dossier Digester::digest(std::string_view message) {
  read_front(message);
  if (evaluated_) {
    read_kind(message);
    add_body(message.substr(header_.body_offset()));
  }
  end_body();
  // Only where a body hash differs: sound mail pays nothing for it.
  if (body_differs()) {
    const std::string_view body = message.substr(header_.body_offset());
    quoted_from_.begin(kQuotedFrom);
    quoted_from_.feed(body);
    note_quoted_from();
    if (limits_.diagnosis) body_search_.search(body, header_, dossier_.signatures);
  }
  return std::move(dossier_);
}

void Digester::begin(std::string_view front) {
  read_front(front);
  quoted_from_.begin(kQuotedFrom);
  kept_.clear();
  is_over_kind_limit_ = false;
  if (!evaluated_) return;
  dossier_.kind = kind::read_kind_of_header(header_, limits_);
  keep(front.substr(0, header_.body_offset()));
  feed(front.substr(header_.body_offset()));
}

void Digester::feed(std::string_view body) {
  add_body(body);
  if (evaluated_) keep(body);
  // Whether a hash differs is known at the end only, when the octets are gone.
  if (evaluated_ && body_hash_.wanted()) quoted_from_.feed(body);
}

Dossier Digester::finish() {
  end_body();
  if (evaluated_ && !is_over_kind_limit_) {
    header_.build(kept_);
    read_kind(kept_);
  }
  if (body_differs()) {
    note_quoted_from();
    note_large_body();
  }
  return std::move(dossier_);
}

void Digester::read_front(std::string_view message) {
  dossier_ = Dossier{};
  evaluated_ = read_header(message);
  if (!evaluated_) return;
  read_shown_fields();
  read_author();
  read_signatures();
  keep_header_block();
  read_chain();
  read_transit();
  dossier_.parties = message::read_parties(header_, limits_);
  dossier_.form = read_form(header_);
  dossier_.form.has_body = false;
  body_hash_.begin(dossier_.signatures, chain_signatures());
  watch_for_parts();
}

/// Where l= ends before the body does, whoever can add octets can add a part. [RFC6376 8.2]
void Digester::watch_for_parts() {
  const bool any_length =
      std::any_of(dossier_.signatures.begin(), dossier_.signatures.end(),
                  [](const dkim::SignatureFacts& facts) { return facts.body_length.has_value(); });
  if (!any_length) return;
  bool watched = false;
  // Of two fields readers take the one or the other.
  const std::uint32_t top = header_.first("content-type");
  const std::uint32_t bottom = header_.last("content-type");
  for (const std::uint32_t index : {top, bottom}) {
    if (index == HeaderIndex::kNone || (watched && bottom == top)) continue;
    const auto content = message::parse_content_type(header_.value(header_.fields()[index]));
    if (!content.boundary.empty()) body_hash_.watch_for("--" + content.boundary);
    watched = true;
  }
}

/// Of a message that is too large the header alone tells, however it came.
void Digester::read_kind(std::string_view message) {
  dossier_.kind = message.size() > limits_.kind_message_bytes
                      ? kind::read_kind_of_header(header_, limits_)
                      : kind::read_kind(header_, message.substr(header_.body_offset()), limits_);
}

void Digester::keep(std::string_view octets) {
  if (is_over_kind_limit_) return;
  is_over_kind_limit_ = octets.size() > limits_.kind_message_bytes - kept_.size();
  if (is_over_kind_limit_) {
    kept_.clear();
    kept_.shrink_to_fit();
  } else {
    kept_.append(octets);
  }
}

void Digester::add_body(std::string_view body) {
  dossier_.body_bytes += body.size();
  if (!dossier_.form.has_body) {
    dossier_.form.has_body = body.find_first_not_of("\r\n") != std::string_view::npos;
  }
  if (evaluated_ && body_hash_.wanted()) body_hash_.feed(body);
}

void Digester::end_body() {
  if (evaluated_)
    dossier_.hashed_bytes += body_hash_.finish(dossier_.signatures, chain_signatures());
}

bool Digester::body_differs() const {
  return std::any_of(
      dossier_.signatures.begin(), dossier_.signatures.end(),
      [](const dkim::SignatureFacts& facts) { return facts.body_match == dkim::Match::mismatch; });
}

void Digester::note_quoted_from() {
  if (quoted_from_.found()) dossier_.notes.push_back(MessageNote::quoted_from_lines);
}

/// The octets are gone: whether a search was wanted at all depends on their number alone, so that
/// a row does not depend on how the message came.
void Digester::note_large_body() {
  if (!limits_.diagnosis || dossier_.body_bytes <= limits_.diagnosis_body_bytes) return;
  for (dkim::SignatureFacts& facts : dossier_.signatures) {
    if (facts.body_match == dkim::Match::mismatch) facts.body_repair.emplace().cut = true;
  }
}

/// Result: false if nothing of the message is to be evaluated.
bool Digester::read_header(std::string_view message) {
  // One octet over the limit is enough to know; the rest is never looked at.
  const std::string_view bounded = message.substr(0, limits_.header_bytes + 2);
  const std::size_t body = find_body(bounded);
  const std::size_t header_size =
      body != std::string_view::npos ? body : std::min(message.size(), bounded.size());
  if (header_size > limits_.header_bytes) {
    dossier_.notes.push_back(MessageNote::header_too_large);
    return false;
  }
  header_.build(message.substr(0, header_size));
  if (header_.fields().empty()) dossier_.notes.push_back(MessageNote::no_header);
  if (!header_.has_separator()) dossier_.notes.push_back(MessageNote::no_separator);
  if (header_.junk_lines() > 0) dossier_.notes.push_back(MessageNote::header_junk);
  return true;
}

std::string_view Digester::field_value(std::string_view name) const {
  const std::uint32_t index = header_.first(name);
  if (index == HeaderIndex::kNone) return {};
  return header_.value(header_.fields()[index]);
}

void Digester::read_shown_fields() {
  dossier_.message_id = message::to_valid_utf8(ascii::trim(field_value("message-id")));
  if (cut_utf8(dossier_.message_id, limits_.row_string_bytes)) {
    dossier_.truncated.emplace_back("message_id");
  }
  dossier_.date = message::parse_date(field_value("date"));
  if (const std::uint32_t subject = header_.first("subject"); subject != HeaderIndex::kNone) {
    dossier_.has_subject = true;
    // Bounded before it is decoded, so that a subject of 16 MiB costs no more than a long one.
    const std::string_view raw = header_.value(header_.fields()[subject]);
    const std::string_view bounded = raw.substr(0, 8 * limits_.row_string_bytes);
    dossier_.subject = message::decode_unstructured(bounded);
    if (cut_utf8(dossier_.subject, limits_.row_string_bytes) || bounded.size() < raw.size()) {
      dossier_.truncated.emplace_back("subject");
    }
  }
}

/// The newest plausible Received field: they are added on top. [RFC5321 4.4]
void Digester::read_transit() {
  dossier_.transit = envelope::read_transit(header_, limits_);
  for (const envelope::Hop& hop : dossier_.transit.hops) {
    dossier_.received_at = hop.date;
    if (dossier_.received_at) break;
  }
}

void Digester::read_author() {
  bool cut = false;
  for (const HeaderField& field : header_.fields()) {
    if (!ascii::equal_ignoring_case(header_.name(field), "from")) continue;
    ++dossier_.from_fields;
    // One more than is kept is enough to know that there are more.
    const std::size_t room = limits_.from_addresses - dossier_.from.size();
    for (message::Address& address : message::parse_address_list(header_.value(field), room + 1)) {
      if (dossier_.from.size() == limits_.from_addresses) {
        cut = true;
        break;
      }
      cut = cut_utf8(address.address, limits_.row_string_bytes) || cut;
      // No domain name is that long: what is left of it cannot equal one.
      cut = cut_utf8(address.domain, limits_.row_string_bytes) || cut;
      dossier_.from.push_back(std::move(address.address));
      dossier_.from_domains.push_back(std::move(address.domain));
    }
  }
  if (cut) dossier_.truncated.emplace_back("from");
  if (dossier_.from_fields > 1) dossier_.notes.push_back(MessageNote::many_from_fields);
}

void Digester::read_signatures() {
  const auto fields = header_.fields();
  std::optional<dkim::WatchedCounts> watched;  // once for all signatures, and not without one
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (!ascii::equal_ignoring_case(header_.name(fields[i]), kSignatureField)) continue;
    if (dossier_.signatures.size() == limits_.signatures) {
      // Said in one entry for all that were left out. [RFC6376 8.4]
      dossier_.signatures.emplace_back().fault = dkim::Reason::too_many_signatures;
      return;
    }
    dkim::ParsedSignature parsed = dkim::parse_signature(header_.value(fields[i]), limits_);
    if (parsed.facts.fault == dkim::Reason::none) {
      parsed.facts.header_hash = header_hash_.compute(header_, parsed, i);
      dossier_.hashed_bytes += header_hash_.last_input_size();
      if (!watched) watched = dkim::count_watched(header_);
      parsed.facts.coverage = dkim::coverage_of(*watched, parsed.facts.signed_fields);
    }
    if (cut_signature_strings(parsed.facts)) note_truncated("dkim");
    dossier_.signatures.push_back(std::move(parsed.facts));
  }
}

/// Whether a header signature fails is known when the key is, and then the message is gone.
void Digester::keep_header_block() {
  const std::string_view block = header_.text().substr(0, header_.header_size());
  if (!limits_.diagnosis || block.size() > limits_.header_block_bytes) return;
  const bool any_to_check =
      std::any_of(dossier_.signatures.begin(), dossier_.signatures.end(),
                  [](const dkim::SignatureFacts& facts) { return facts.header_hash.has_value(); });
  if (any_to_check) dossier_.header_block = block;
}

void Digester::read_chain() {
  dossier_.arc = chain_reader_.read(header_, limits_);
  dossier_.hashed_bytes += chain_reader_.hashed_bytes();
  if (dossier_.arc.fields == 0) return;
  for (const arc::SetFacts& set : dossier_.arc.sets) {
    if (set.results_cut) note_truncated("arc");
  }
  for (auto* list : {&dossier_.arc.message_signatures, &dossier_.arc.seals}) {
    for (dkim::SignatureFacts& facts : *list) {
      if (cut_signature_strings(facts)) note_truncated("arc");
    }
  }
}

/// Of a chain that has failed already no body is hashed.
std::span<dkim::SignatureFacts> Digester::chain_signatures() {
  if (dossier_.arc.fault != arc::Reason::none) return {};
  return dossier_.arc.message_signatures;
}

/// What only a refused field can have: names that are none, of any length. And the local part of
/// i=, which nothing is decided by.
///
/// Result: true if something was cut.
bool Digester::cut_signature_strings(dkim::SignatureFacts& facts) {
  bool cut = cut_utf8(facts.auid, limits_.row_string_bytes);
  if (facts.fault != dkim::Reason::none) {
    for (std::string* text : {&facts.domain, &facts.selector, &facts.auid_domain}) {
      cut = cut_utf8(*text, limits_.row_string_bytes) || cut;
    }
    for (std::string* text : {&facts.signature, &facts.signed_fields}) {
      text->clear();
      text->shrink_to_fit();
    }
  }
  return cut;
}

void Digester::note_truncated(std::string_view key) {
  std::vector<std::string>& keys = dossier_.truncated;
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.emplace_back(key);
}

Dossier digest(MessageView message, const Limits& limits) {
  return Digester(limits).digest(message.bytes);
}

}  // namespace mailassay
