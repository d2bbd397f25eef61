#include "dkim/coverage.h"

#include <algorithm>

namespace mailassay::dkim {
namespace {

using message::HeaderIndex;

struct Watched {
  WatchedField field;
  std::string_view name;
  std::optional<Note> is_unsigned;  ///< empty for From, without which a signature is refused
  Note has_extra;
};

constexpr std::array<Watched, kWatchedFields> kWatched = {{
    {WatchedField::from, "from", std::nullopt, Note::unsigned_extra_from},
    {WatchedField::subject, "subject", Note::unsigned_subject, Note::unsigned_extra_subject},
    {WatchedField::date, "date", Note::unsigned_date, Note::unsigned_extra_date},
    {WatchedField::to, "to", Note::unsigned_to, Note::unsigned_extra_to},
    {WatchedField::content_type, "content-type", Note::unsigned_content_type,
     Note::unsigned_extra_content_type},
    {WatchedField::reply_to, "reply-to", Note::unsigned_reply_to, Note::unsigned_extra_reply_to},
}};

void add_note(std::vector<Note>& notes, Note note) {
  if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

}  // namespace

WatchedCounts count_watched(const HeaderIndex& header) {
  WatchedCounts counts{};
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    for (std::uint32_t at = header.last(kWatched[i].name); at != HeaderIndex::kNone;
         at = header.previous(at)) {
      ++counts[i];
    }
  }
  return counts;
}

Coverage coverage_of(const WatchedCounts& present, std::string_view signed_fields) {
  WatchedCounts named{};
  std::size_t start = 0;
  while (start <= signed_fields.size()) {
    const std::size_t end = std::min(signed_fields.find(':', start), signed_fields.size());
    const std::string_view name = signed_fields.substr(start, end - start);
    start = end + 1;
    for (std::size_t i = 0; i < kWatched.size(); ++i) {
      if (name == kWatched[i].name) ++named[i];
    }
  }
  Coverage coverage;
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    // Each name in h= covers one field, from the bottom up; what stands above is not covered, and
    // readers may show just that. [RFC6376 5.4.2] [RFC6376 8.15]
    if (present[i] <= named[i]) continue;
    coverage.set(named[i] == 0 ? coverage.unsigned_fields : coverage.extra_fields,
                 kWatched[i].field);
  }
  return coverage;
}

void note_coverage(const SignatureFacts& facts, std::optional<std::chrono::sys_seconds> received_at,
                   std::vector<Note>& notes) {
  for (const Watched& watched : kWatched) {
    if (watched.is_unsigned && facts.coverage.leaves_unsigned(watched.field)) {
      add_note(notes, *watched.is_unsigned);
    }
    if (facts.coverage.has_extra(watched.field)) add_note(notes, watched.has_extra);
  }
  // l= is there for lists that add text; it lets anybody add it. [RFC6376 8.2]
  if (unsigned_octets(facts).value_or(0) > 0) add_note(notes, Note::body_partly_signed);
  if (facts.mime_part_beyond_length) add_note(notes, Note::mime_part_beyond_length);
  // Told whatever reason decided: a missing key or another time of the check may hide it.
  if (facts.algorithm == Algorithm::rsa_sha1)
    add_note(notes, Note::algorithm_sha1);  // [RFC8301 3.1]
  const bool is_read = facts.fault == Reason::none || facts.fault == Reason::body_length_exceeds;
  if (is_read && received_at && facts.expires_at &&
      received_at->time_since_epoch().count() > *facts.expires_at) {  // [RFC6376 3.5 x=]
    add_note(notes, Note::expired_at_receipt);
  }
}

std::optional<std::uint64_t> unsigned_octets(const SignatureFacts& facts) {
  if (!facts.body_length || !facts.body_match) return std::nullopt;
  return facts.canonical_body_length - *facts.body_length;
}

}  // namespace mailassay::dkim
