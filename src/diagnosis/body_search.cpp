#include "diagnosis/body_search.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diagnosis/banner_reversal.h"
#include "diagnosis/body_change.h"
#include "diagnosis/body_traits.h"
#include "diagnosis/encoding_reversal.h"
#include "diagnosis/line_reversal.h"
#include "diagnosis/link_reversal.h"
#include "diagnosis/mime_parts.h"
#include "diagnosis/part_reversal.h"
#include "diagnosis/part_text.h"

namespace mailassay::diagnosis {
namespace {

struct Variant {
  std::vector<Undo> undone;
  std::string body;
};

/// One search: tries what it is given, and keeps what is worth to be combined.
class Attempts final : public CandidateSink {
 public:
  Attempts(BodyTrial& trial, WorkBudget& budget, const Limits& limits)
      : trial_(trial), budget_(budget), limits_(limits) {}

  bool take(Undo undo, std::string body, Combine combine) override {
    const bool fits = trial_.fits(body);
    std::vector<Undo> undone = before_;
    undone.push_back(undo);
    if (fits) {
      found_ = {std::move(undone), std::move(body)};
      return true;
    }
    if (combine == Combine::yes && before_.empty()) keep({std::move(undone), std::move(body)});
    return budget_.exhausted();
  }

  bool encodings(std::string_view body, const MimeParts& parts, dkim::BodyCanon canon) {
    const BodyTraits traits = traits_in(body, canon);
    const bool flowed = parts.parts.front().header.content.flowed;
    const Guess guess = guess_on(body);
    cut_ = cut_ || guess == Guess::no;
    return try_store_reversals(body, traits, guess, *this) ||
           (guess == Guess::yes && try_white_space_reversals(body, traits, canon, flowed, *this)) ||
           try_encoding_reversals(body, parts, *this);
  }

  bool contents(std::string_view body, const MimeParts& parts) {
    count_look(body);
    return try_footers(body) || try_part_reversals(body, parts, *this) ||
           try_link_reversal(body, parts, *this) ||
           try_banner_reversals(body, parts, guess_on(body), *this);
  }

  /// A second reversal behind each that was kept: first those that remove nothing.
  bool pairs(const message::HeaderIndex& header, dkim::BodyCanon canon,
             std::size_t encoding_count) {
    const std::vector<Variant> kept = std::move(kept_);
    for (std::size_t i = 0; i < encoding_count; ++i) {
      before_ = kept[i].undone;
      const std::string& once = kept[i].body;
      if (try_store_reversals(once, traits_in(once, canon), guess_on(once), *this)) return true;
    }
    for (const Variant& variant : kept) {
      before_ = variant.undone;
      if (contents(variant.body, parts_of(variant.body, header))) return true;
    }
    return false;
  }

  MimeParts parts_of(std::string_view body, const message::HeaderIndex& header) {
    count_look(body);
    MimeParts parts = find_parts(body, header, limits_.diagnosis_parts);
    cut_ = cut_ || parts.cut;
    for (const MimePart& part : parts.parts) {
      const bool is_text = part.header.content.type.starts_with("text/");
      cut_ = cut_ || (is_text && part.text(body).size() > kMostText);
    }
    return parts;
  }

  std::size_t kept_count() const { return kept_.size(); }
  const std::vector<Undo>& undone() const { return found_.undone; }
  std::string take_body() { return std::move(found_.body); }
  bool cut() const { return cut_ || budget_.exhausted(); }

 private:
  Guess guess_on(std::string_view body) const {
    return body.size() <= limits_.diagnosis_guess_bytes ? Guess::yes : Guess::no;
  }

  /// Looking at a body takes a part of the time of hashing it.
  void count_look(std::string_view body) {
    constexpr std::size_t kLooksForAHash = 8;
    budget_.spend(body.size() / kLooksForAHash);
  }

  BodyTraits traits_in(std::string_view body, dkim::BodyCanon canon) {
    count_look(body);
    return traits_of(body, canon);
  }

  void keep(Variant variant) {
    // What is kept takes memory: no more than two of the largest bodies.
    kept_bytes_ += variant.body.size();
    if (kept_bytes_ > 2 * limits_.diagnosis_body_bytes) {
      cut_ = true;
      return;
    }
    kept_.push_back(std::move(variant));
  }

  bool try_footers(std::string_view body) {
    const FooterCuts cuts = footer_cuts(body, limits_.diagnosis_footer_cuts);
    cut_ = cut_ || cuts.cut;
    const auto cut = trial_.fitting_prefix(body, cuts.offsets);
    if (!cut) return budget_.exhausted();
    found_.undone = before_;
    found_.undone.push_back(Undo::footer_remove);
    found_.body = std::string(body.substr(0, *cut));
    return true;
  }

  BodyTrial& trial_;
  WorkBudget& budget_;
  const Limits& limits_;
  std::vector<Undo> before_;  ///< undone already in the body that is looked at
  std::vector<Variant> kept_;
  std::uint64_t kept_bytes_ = 0;
  Variant found_;
  bool cut_ = false;
};

/// Whether a reader is shown the same parts: white space at the wrong place turns the text of a
/// part into a header field, or a part into text. Their encodings are another question.
bool have_same_parts(const MimeParts& a, const MimeParts& b) {
  return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                    [](const MimePart& one, const MimePart& other) {
                      return one.depth == other.depth &&
                             one.header.content.type == other.header.content.type &&
                             one.header.content.boundary == other.header.content.boundary &&
                             one.header.is_attachment == other.header.is_attachment &&
                             one.header_lines == other.header_lines;
                    });
}

bool have_same_encodings(const MimeParts& a, const MimeParts& b) {
  return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                    [](const MimePart& one, const MimePart& other) {
                      return one.header.encoding == other.header.encoding;
                    });
}

/// The transfer encoding that texts had before; empty if no undo concerns it.
std::optional<message::TransferEncoding> encoding_before(const std::vector<Undo>& undone) {
  for (const Undo undo : undone) {
    if (undo == Undo::quoted_printable_decode || undo == Undo::base64_decode) {
      return message::TransferEncoding::identity;
    }
    if (undo == Undo::quoted_printable_encode) return message::TransferEncoding::quoted_printable;
    if (undo == Undo::base64_encode) return message::TransferEncoding::base64;
  }
  return std::nullopt;
}

/// A body and its parts.
struct Shown {
  std::string_view body;
  const MimeParts& parts;
};

/// Whether every part says its encoding once where it is another one now, and reads the same.
bool read_the_same(const Shown& now, const Shown& then) {
  for (std::size_t i = 0; i < now.parts.parts.size(); ++i) {
    const MimePart& part = now.parts.parts[i];
    const MimePart& was = then.parts.parts[i];
    if (part.header.content.type.starts_with("multipart/")) continue;
    const bool recoded = part.header.encoding != was.header.encoding;
    // The whole body is left to what the fields of the message say.
    if (recoded && i > 0 && part.header.encoding_fields != 1) return false;
    if (!read_the_same(now.body, part, then.body, was)) return false;
  }
  return true;
}

/// Says what a reader saw before, and what of it hangs on the fields of the message.
void compare_texts(const Shown& now, std::string_view then, MimeParts then_parts, Repair& repair) {
  repair.shows_other_text = !have_same_parts(now.parts, then_parts);
  const auto before = encoding_before(repair.undone);
  if (!before) {
    repair.shows_other_text =
        repair.shows_other_text || !have_same_encodings(now.parts, then_parts);
    return;
  }
  if (repair.shows_other_text) return;
  const PartHeader& whole = now.parts.parts.front().header;
  if (!whole.content.type.starts_with("multipart/") && whole.encoding != *before) {
    then_parts.parts.front().header.encoding = *before;
    repair.encoding_before = message::word_of(*before);
    repair.one_encoding_field = whole.encoding_fields == 1;
  }
  repair.same_text = read_the_same(now, {then, then_parts});
}

BodyWish wish_of(const dkim::SignatureFacts& facts) {
  const bool sha1 = facts.algorithm == dkim::Algorithm::rsa_sha1;
  return {sha1 ? crypto::HashAlgorithm::sha1 : crypto::HashAlgorithm::sha256, *facts.body_canon,
          facts.body_length, facts.declared_body_hash};
}

}  // namespace

Repair BodySearch::search_one(std::string_view body, const message::HeaderIndex& header,
                              const BodyWish& wish) {
  trial_.begin(wish, budget_);
  Attempts attempts(trial_, budget_, limits_);
  const MimeParts parts = attempts.parts_of(body, header);
  const bool ended = attempts.encodings(body, parts, wish.canon);
  const std::size_t encodings = attempts.kept_count();
  if (!ended && !attempts.contents(body, parts)) attempts.pairs(header, wish.canon, encodings);
  Repair repair;
  repair.undone = attempts.undone();
  found_body_ = attempts.take_body();
  repair.cut = repair.undone.empty() && attempts.cut();
  if (!repair.undone.empty()) {
    repair.changes = changes_between(body, found_body_);
    compare_texts({body, parts}, found_body_,
                  find_parts(found_body_, header, limits_.diagnosis_parts), repair);
  }
  return repair;
}

std::uint64_t BodySearch::search(std::string_view body, const message::HeaderIndex& header,
                                 std::span<dkim::SignatureFacts> signatures) {
  budget_.begin(limits_.diagnosis_work_bytes);
  std::vector<std::pair<BodyWish, Repair>> done;
  for (dkim::SignatureFacts& facts : signatures) {
    if (facts.body_match != dkim::Match::mismatch) continue;
    const BodyWish wish = wish_of(facts);
    for (const auto& [other, repair] : done) {
      if (other == wish) facts.body_repair = repair;
    }
    if (facts.body_repair) continue;
    facts.body_repair.emplace();
    if (body.size() > limits_.diagnosis_body_bytes) {
      facts.body_repair->cut = true;
    } else {
      facts.body_repair = search_one(body, header, wish);
    }
    done.emplace_back(wish, *facts.body_repair);
  }
  return budget_.spent();
}

}  // namespace mailassay::diagnosis
