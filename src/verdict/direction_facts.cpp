#include "verdict/direction_facts.h"

#include <algorithm>

#include "base/ascii.h"
#include "verdict/standing_gatherer.h"

namespace mailassay {
namespace {

bool is_copy_address(std::string_view address, const JudgeOptions& options) {
  return std::any_of(
      options.copy_addresses.begin(), options.copy_addresses.end(),
      [&](const std::string& copy) { return ascii::equal_ignoring_case(copy, address); });
}

/// Where it was delivered, by who delivered it; To and Cc are the sender's word.
bool was_delivered_to_copy(const Dossier& dossier, const JudgeOptions& options) {
  if (options.copy_addresses.empty()) return false;
  const auto& marks = dossier.transit.marks;
  const auto& hops = dossier.transit.hops;
  return std::any_of(marks.begin(), marks.end(),
                     [&](const envelope::Mark& mark) {
                       return mark.kind == envelope::MarkKind::envelope_to &&
                              is_copy_address(mark.value, options);
                     }) ||
         std::any_of(hops.begin(), hops.end(), [&](const envelope::Hop& hop) {
           return is_copy_address(hop.recipient, options);
         });
}

standing::Recipients recipients_of(const Dossier& dossier, const JudgeOptions& options) {
  const auto& domains = dossier.parties.recipient_domains;
  if (domains.empty() || options.own_domains.empty()) return standing::Recipients::unknown;
  const bool all_own = !dossier.parties.is_cut &&
                       std::all_of(domains.begin(), domains.end(), [&](const std::string& domain) {
                         return is_within(domain, options.own_domains);
                       });
  return all_own ? standing::Recipients::all_own : standing::Recipients::some_foreign;
}

}  // namespace

standing::Direction direction_of(const Dossier& dossier, const standing::Evidence& evidence,
                                 const standing::Standing& standing, const JudgeOptions& options) {
  // Whoever wrote the outer message may have written all that tells of transit.
  if (dossier.enclosure) return standing::Direction::unknown;
  standing::Transit transit;
  transit.border = evidence.border;
  transit.hops = evidence.hops;
  transit.from_is_own = evidence.from_is_own;
  transit.is_local = standing.value == standing::Value::local;
  transit.recipients = recipients_of(dossier, options);
  transit.delivered_to_copy_address = was_delivered_to_copy(dossier, options);
  return standing::direction_of(transit);
}

}  // namespace mailassay
