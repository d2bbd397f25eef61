#include "diagnosis/finding.h"

#include <algorithm>

#include "diagnosis/undo.h"

namespace mailassay::diagnosis {
namespace {

bool is_found(const Repair* repair) { return repair != nullptr && !repair->undone.empty(); }

void take(const Repair& repair, Finding& finding) {
  finding.removes_content = finding.removes_content || repair.shows_other_text;
  for (const Undo undo : repair.undone) {
    finding.verifies_after.push_back(undo);
    finding.removes_content = finding.removes_content || entry_of(undo).removes_content;
  }
  finding.changes.insert(finding.changes.end(), repair.changes.begin(), repair.changes.end());
}

Finding::State state_without(const Repair* body, bool body_differs, const Repair* header,
                             bool header_differs) {
  const bool cut = (body != nullptr && body->cut) || (header != nullptr && header->cut);
  if (cut) return Finding::State::cut;
  const bool looked = (!body_differs || body != nullptr) && (!header_differs || header != nullptr);
  return looked ? Finding::State::none : Finding::State::not_available;
}

}  // namespace

std::optional<Finding> finding_of(const dkim::SignatureFacts& facts,
                                  std::optional<dkim::Match> signature, const Repair* header,
                                  bool other_key) {
  const bool body_differs = facts.body_match == dkim::Match::mismatch;
  const bool header_differs = signature == dkim::Match::mismatch && !other_key;
  if (!body_differs && !header_differs) return std::nullopt;
  const Repair* body = facts.body_repair ? &*facts.body_repair : nullptr;
  const bool body_found = body_differs && is_found(body);
  const bool header_found = header_differs && is_found(header);
  Finding finding;
  if (!body_found && !header_found) {
    finding.state = state_without(body, body_differs, header, header_differs);
    return finding;
  }
  finding.state = Finding::State::found;
  if (body_found) take(*body, finding);
  if (header_found) take(*header, finding);
  finding.part = body_found && header_found ? Finding::Part::both
                 : body_found               ? Finding::Part::body
                                            : Finding::Part::header;
  finding.complete = (body_found || facts.body_match == dkim::Match::match) &&
                     (header_found || signature == dkim::Match::match);
  return finding;
}

std::optional<std::size_t> leading_finding(std::span<const dkim::SignatureVerdict> signatures) {
  std::optional<std::size_t> leading;
  int best = 0;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const dkim::SignatureVerdict& signature = signatures[i];
    if (!signature.finding) continue;
    const int weight = signature.finding->state != Finding::State::found ? 1
                       : signature.aligned                               ? 3
                                                                         : 2;
    if (weight > best) {
      best = weight;
      leading = i;
    }
  }
  return leading;
}

}  // namespace mailassay::diagnosis
