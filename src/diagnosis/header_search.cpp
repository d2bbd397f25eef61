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

SignatureAim aim_at(const HeaderIndex& header, std::uint32_t own, const HeaderFields& fields,
                    const dkim::ParsedSignature& signature) {
  SignatureAim aim;
  aim.own = own;
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

/// One run over the catalogue.
class Run {
 public:
  Run(const Limits& limits, const HeaderFields& fields, std::size_t ordinal,
      const HeaderSearch::IsSigned& is_signed, SearchBudget& budget, dkim::HeaderHash& hash,
      HeaderIndex& index)
      : limits_(limits),
        fields_(fields),
        ordinal_(ordinal),
        is_signed_(is_signed),
        budget_(budget),
        hash_(hash),
        index_(index) {}

  Repair run(const HeaderReversals& all) {
    const std::array<const Reversals*, 6> groups = {&all.forms,   &all.copies,  &all.subjects,
                                                    &all.replies, &all.authors, &all.instances};
    for (const Reversals* group : groups) {
      if (try_each(*group, {})) return repair_;
    }
    // A list tags the subject, takes From and puts a Reply-To; a store folds anew beside it. Added
    // fields come alone: with others there would be too many pairs.
    const std::array<const Reversals*, 3> of_lists = {&all.subjects, &all.replies, &all.authors};
    for (std::size_t a = 0; a < of_lists.size(); ++a) {
      for (std::size_t b = a + 1; b < of_lists.size(); ++b) {
        if (try_pairs(*of_lists[a], *of_lists[b])) return repair_;
      }
    }
    for (const HeaderReversal& subject : all.subjects) {
      for (const HeaderReversal& reply : all.replies) {
        if (try_each(all.authors, {&subject, &reply})) return repair_;
      }
    }
    for (const Reversals* group : of_lists) {
      if (try_pairs(*group, all.instances) || try_pairs(*group, all.forms)) return repair_;
    }
    return repair_;
  }

 private:
  bool try_pairs(const Reversals& first, const Reversals& second) {
    return std::any_of(first.begin(), first.end(),
                       [&](const HeaderReversal& step) { return try_each(second, {&step}); });
  }

  /// Tries `before` and then each of `last`.  Result: true if the search is at its end.
  bool try_each(const Reversals& last, Steps before) {
    return std::any_of(last.begin(), last.end(), [&](const HeaderReversal& step) {
      Steps steps = before;
      steps.push_back(&step);
      return try_steps(steps);
    });
  }

  bool try_steps(const Steps& steps) {
    if (budget_.candidates == 0 || budget_.bytes == 0) {
      repair_.cut = true;
      return true;
    }
    HeaderFields changed = fields_;
    for (const HeaderReversal* step : steps) step->apply(changed);
    if (changed == fields_) return false;
    --budget_.candidates;
    if (!is_signed_form(changed)) return false;
    for (const HeaderReversal* step : steps) repair_.undone.push_back(step->undo);
    repair_.changes = changes_between(fields_, changed);
    return true;
  }

  bool is_signed_form(const HeaderFields& fields) {
    const std::string text = fields.text();
    index_.build(text);
    budget_.bytes -= std::min<std::uint64_t>(budget_.bytes, text.size());
    // A value with a line end in it would be another field: that is no reversal but a forgery.
    if (index_.fields().size() != fields.count()) return false;
    const auto own = find_signature(index_, ordinal_);
    if (!own) return false;
    const dkim::ParsedSignature signature =
        dkim::parse_signature(index_.value(index_.fields()[*own]), limits_);
    if (signature.facts.fault != dkim::Reason::none) return false;
    return is_signed_(hash_.compute(index_, signature, *own));
  }

  const Limits& limits_;
  const HeaderFields& fields_;
  std::size_t ordinal_;
  const HeaderSearch::IsSigned& is_signed_;
  SearchBudget& budget_;
  dkim::HeaderHash& hash_;
  HeaderIndex& index_;
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
  const HeaderFields fields(header);
  const HeaderReversals reversals = list_reversals(fields, aim_at(header, *own, fields, parsed));
  return Run(limits_, fields, signature, is_signed, budget, hash_, index_).run(reversals);
}

}  // namespace mailassay::diagnosis
