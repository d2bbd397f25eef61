#include "diagnosis/header_search.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "diagnosis/header_reversal.h"
#include "dkim/signature.h"
#include "dkim/tag_list.h"
#include "message/content_type.h"

namespace mailassay::diagnosis {
namespace {

using message::HeaderIndex;

constexpr std::string_view kSignatureField = "dkim-signature";
constexpr std::size_t kShownOctets = 300;
constexpr std::size_t kShownChanges = 4;

/// Index of the signature number `ordinal` from the top; empty if there are not that many.
std::optional<std::uint32_t> find_signature(const HeaderIndex& header, std::size_t ordinal) {
  const auto fields = header.fields();
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (!ascii::equal_ignoring_case(header.name(fields[i]), kSignatureField)) continue;
    if (ordinal-- == 0) return i;
  }
  return std::nullopt;
}

/// The names of h= as they are written; of each the first spelling.
std::map<std::string, std::string> read_names(std::string_view list) {
  std::map<std::string, std::string> names;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(':'), list.size());
    const std::string_view name = ascii::trim(list.substr(0, end));
    names.emplace(ascii::lower(name), name);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return names;
}

/// Whether the message has been on a list that says so.
bool shows_a_list(const HeaderFields& fields) {
  constexpr std::array<std::string_view, 12> kNames = {"list-id",
                                                       "list-post",
                                                       "list-archive",
                                                       "list-subscribe",
                                                       "mailing-list",
                                                       "x-mailing-list",
                                                       "x-beenthere",
                                                       "x-mailman-version",
                                                       "x-mailman-original-from",
                                                       "x-original-from",
                                                       "x-google-original-from",
                                                       "original-from"};
  for (std::size_t place = 0; place < fields.size(); ++place) {
    const std::string name = fields.name(place);
    if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) return true;
    if (name == "from" && fields.value(place).find(" via ") != std::string_view::npos) return true;
  }
  return false;
}

SignatureAim aim_at(const HeaderIndex& header, std::uint32_t own, const HeaderFields& fields,
                    const dkim::ParsedSignature& signature) {
  SignatureAim aim;
  aim.own = own;
  aim.on_list = shows_a_list(fields);
  aim.is_simple = signature.facts.header_canon == dkim::HeaderCanon::simple;
  const auto tags = dkim::parse_tag_list(header.value(header.fields()[own]));
  if (!tags) return aim;
  if (const dkim::Tag* names = tags->find("h")) aim.signed_names = read_names(names->value);
  if (const dkim::Tag* copies = tags->find("z")) aim.copied_fields = copies->value;
  for (std::size_t place = 0; place < fields.size() && aim.covered.size() < kPlacesTried; ++place) {
    if (place == aim.own || aim.covers(fields.name(place))) aim.covered.push_back(place);
  }
  return aim;
}

std::string shown(std::string_view field) {
  return std::string(ascii::trim(field.substr(0, kShownOctets)));
}

std::vector<Change> changes_between(const HeaderFields& now, const HeaderFields& then) {
  std::vector<Change> changes;
  for (std::size_t place = 0; place < then.size() && changes.size() < kShownChanges; ++place) {
    const std::string present = place < now.size() ? now.field(place) : std::string();
    if (present == then.field(place)) continue;
    changes.push_back({0, shown(present), shown(then.field(place))});
  }
  return changes;
}

using Steps = std::vector<const HeaderReversal*>;
using Reversals = std::vector<HeaderReversal>;

/// The fields without those that are not hashed: a candidate costs as much as it is long.
HeaderFields hashed_fields(HeaderFields fields, const SignatureAim& aim) {
  for (std::size_t place = 0; place < fields.size(); ++place) {
    if (place != aim.own && !aim.covers(fields.name(place))) fields.take_out(place);
  }
  return fields;
}

/// One run over the catalogue. Steps are listed when their turn comes.
class Run {
 public:
  Run(const Limits& limits, const HeaderFields& fields, const SignatureAim& aim,
      const dkim::ParsedSignature& signature, const HeaderSearch::IsSigned& is_signed,
      SearchBudget& budget, HeaderSearch::Scratch& scratch)
      : limits_(limits),
        all_(fields),
        aim_(aim),
        signature_(signature),
        is_signed_(is_signed),
        budget_(budget),
        fields_(hashed_fields(fields, aim)),
        scratch_(scratch) {}

  Repair run() {
    HeaderReversals steps;
    // A tag of the subject is the commonest change of all, and costs a try or two. No form of a
    // field is like it.
    list_subjects(all_, aim_, steps.subjects);
    if (try_each(steps.subjects, {})) return repair_;
    list_forms(all_, aim_, steps.forms);
    list_encoded_words(all_, aim_, steps.forms);
    list_copies(aim_, steps.copies);
    list_instances(all_, aim_, steps);
    list_authors(all_, aim_, steps.authors);
    for (const Reversals* group :
         {&steps.forms, &steps.copies, &steps.replies, &steps.authors, &steps.instances}) {
      if (try_each(*group, {})) return repair_;
    }
    if (!try_two_instances(steps.instances)) try_combined(steps);
    return repair_;
  }

 private:
  /// A list tags the subject, takes From and puts a Reply-To; a store folds anew beside it. Added
  /// fields come alone: with others there would be too many pairs.
  void try_combined(const HeaderReversals& steps) {
    // A tag of the subject is a sign of a list by itself.
    if (!aim_.on_list && steps.subjects.empty()) return;
    const std::array<const Reversals*, 3> of_lists = {&steps.subjects, &steps.replies,
                                                      &steps.authors};
    for (std::size_t a = 0; a < of_lists.size(); ++a) {
      for (std::size_t b = a + 1; b < of_lists.size(); ++b) {
        if (try_pairs(*of_lists[a], *of_lists[b])) return;
      }
    }
    for (const HeaderReversal& subject : steps.subjects) {
      for (const HeaderReversal& reply : steps.replies) {
        if (try_each(steps.authors, {&subject, &reply})) return;
      }
    }
    for (const Reversals* group : of_lists) {
      if (!aim_.on_list && group != &steps.subjects) continue;
      if (try_pairs(*group, steps.instances) || try_pairs(*group, steps.forms)) return;
    }
  }

  /// Two fields that were added, where of both names there are several.
  bool try_two_instances(const Reversals& instances) {
    Steps steps(2);
    for (std::size_t a = 0; a < instances.size(); ++a) {
      for (std::size_t b = a + 1; b < instances.size(); ++b) {
        const bool several = instances[a].undo == Undo::instance_remove &&
                             instances[b].undo == Undo::instance_remove;
        steps = {&instances[a], &instances[b]};
        if (several && try_steps(steps)) return true;
      }
    }
    return false;
  }

  bool try_pairs(const Reversals& first, const Reversals& second) {
    return std::any_of(first.begin(), first.end(),
                       [&](const HeaderReversal& step) { return try_each(second, {&step}); });
  }

  /// Tries `before` and then each of `last`.  Result: true if the search is at its end.
  bool try_each(const Reversals& last, Steps steps) {
    steps.push_back(nullptr);
    return std::any_of(last.begin(), last.end(), [&](const HeaderReversal& step) {
      steps.back() = &step;
      return try_steps(steps);
    });
  }

  bool try_steps(const Steps& steps) {
    if (budget_.candidates == 0 || budget_.bytes == 0) {
      repair_.cut = true;
      return true;
    }
    HeaderFields& changed = scratch_.changed;
    changed = fields_;
    for (const HeaderReversal* step : steps) step->apply(changed);
    if (changed == fields_) return false;
    --budget_.candidates;
    if (!is_signed_form(changed)) return false;
    for (const HeaderReversal* step : steps) repair_.undone.push_back(step->undo);
    repair_.changes = changes_between(fields_, changed);
    tell_encoding(changed);
    return true;
  }

  void tell_encoding(const HeaderFields& changed) {
    const auto restores = Undo::transfer_encoding_restore;
    if (std::count(repair_.undone.begin(), repair_.undone.end(), restores) == 0) return;
    const auto places = changed.places_of("content-transfer-encoding");
    if (places.size() != 1) return;
    repair_.encoding_before =
        message::word_of(message::parse_transfer_encoding(changed.value(places.front())));
  }

  bool is_signed_form(const HeaderFields& fields) {
    fields.write_text(scratch_.text);
    scratch_.index.build(scratch_.text);
    budget_.spend(scratch_.text.size());
    // A value with a line end in it would be another field: that is no reversal but a forgery.
    if (scratch_.index.fields().size() != fields.count()) return false;
    const std::uint32_t own = fields.count_before(aim_.own);
    if (scratch_.index.raw(scratch_.index.fields()[own]) != fields.field(aim_.own)) return false;
    if (fields.field(aim_.own) == fields_.field(aim_.own)) {
      return is_signed_(scratch_.hash.compute(scratch_.index, signature_, own));
    }
    const dkim::ParsedSignature signature =
        dkim::parse_signature(scratch_.index.value(scratch_.index.fields()[own]), limits_);
    if (signature.facts.fault != dkim::Reason::none) return false;
    return is_signed_(scratch_.hash.compute(scratch_.index, signature, own));
  }

  const Limits& limits_;
  const HeaderFields& all_;
  const SignatureAim& aim_;
  const dkim::ParsedSignature& signature_;
  const HeaderSearch::IsSigned& is_signed_;
  SearchBudget& budget_;
  HeaderFields fields_;  ///< those that are hashed, at their places
  HeaderSearch::Scratch& scratch_;
  Repair repair_;
};

}  // namespace

Repair HeaderSearch::search(std::string_view header_block, std::size_t signature,
                            const IsSigned& is_signed, SearchBudget& budget) {
  HeaderIndex header;
  header.build(header_block);
  const auto own = find_signature(header, signature);
  if (!own) return {};
  const dkim::ParsedSignature parsed =
      dkim::parse_signature(header.value(header.fields()[*own]), limits_);
  if (parsed.facts.fault != dkim::Reason::none) return {};
  const HeaderFields fields(header);
  const SignatureAim aim = aim_at(header, *own, fields, parsed);
  return Run(limits_, fields, aim, parsed, is_signed, budget, scratch_).run();
}

}  // namespace mailassay::diagnosis
