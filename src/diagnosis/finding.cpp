#include "diagnosis/finding.h"

#include <algorithm>
#include <string_view>

#include "diagnosis/undo.h"

namespace mailassay::diagnosis {
namespace {

bool is_found(const Repair* repair) { return repair != nullptr && !repair->undone.empty(); }

bool concerns_encoding(Undo undo) {
  switch (undo) {
    case Undo::quoted_printable_decode:
    case Undo::quoted_printable_encode:
    case Undo::base64_decode:
    case Undo::base64_encode:
    case Undo::transfer_encoding_restore:
      return true;
    default:
      return false;
  }
}

/// `is_form`: another transfer encoding is nothing but form here.
void take(const Repair& repair, bool is_form, Finding& finding) {
  finding.removes_content = finding.removes_content || repair.shows_other_text;
  for (const Undo undo : repair.undone) {
    finding.verifies_after.push_back(undo);
    const bool content = entry_of(undo).removes_content && !(is_form && concerns_encoding(undo));
    finding.removes_content = finding.removes_content || content;
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

/// Whether the text is the same to a reader, another transfer encoding apart: then what says the
/// encoding is in the body that was signed, or is a field that the signature fits once it is put
/// back, or a single one that no signature over that body covers.
bool is_same_text(const Repair& body, std::optional<dkim::Match> signature, const Repair* header,
                  bool encoding_signed) {
  if (!body.same_text) return false;
  if (body.encoding_before.empty()) return true;
  if (header != nullptr) return header->encoding_before == body.encoding_before;
  return signature == dkim::Match::match && body.one_encoding_field && !encoding_signed;
}

}  // namespace

bool fixes_encoding(const dkim::SignatureFacts& facts, std::optional<dkim::Match> signature) {
  constexpr std::string_view kName = "content-transfer-encoding";
  if (signature != dkim::Match::match || facts.body_match != dkim::Match::mismatch) return false;
  std::string_view names = facts.signed_fields;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(':'), names.size());
    if (names.substr(0, end) == kName) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

std::optional<Finding> finding_of(const dkim::SignatureFacts& facts,
                                  std::optional<dkim::Match> signature, const Repair* header,
                                  bool other_key, bool encoding_signed) {
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
  const bool is_form = body_found && is_same_text(*body, signature, header_found ? header : nullptr,
                                                  encoding_signed);
  if (body_found) take(*body, is_form, finding);
  if (header_found) take(*header, is_form, finding);
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
