#include "mkcorpus/damage.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mkcorpus/reference_canon.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kListFooter =
    "_______________________________________________\r\n"
    "team mailing list\r\nhttps://lists.inbox.example.net/team\r\n";

bool is_lower_case(char c) { return c >= 'a' && c <= 'z'; }

/// Replaces one lower-case letter by another one; adds a line if the body has none.
void change_letter(std::string& body, Prng& prng) {
  const std::size_t start = body.empty() ? 0 : prng.below(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    char& c = body[(start + i) % body.size()];
    if (!is_lower_case(c)) continue;
    c = c == 'z' ? 'a' : static_cast<char>(c + 1);
    return;
  }
  body += "this line was added\r\n";
}

/// Puts a mark before the value of the field `name`, as gateways do with subjects.
void mark_field(Draft& draft, std::string_view name, std::string_view mark) {
  for (std::string& field : draft.fields) {
    if (!field.starts_with(name)) continue;
    field.insert(name.size(), mark);
    return;
  }
}

void change_header(Draft& draft, Prng& prng) {
  // All of these fields are in h= of every signature.
  switch (prng.below(4)) {
    case 0:
      mark_field(draft, "To:", " undisclosed");
      break;
    case 1:
      mark_field(draft, "From:", " \"via list\"");
      break;
    default:
      mark_field(draft, "Subject:", " [EXTERNAL]");
      break;
  }
}

Match body_match(const SignatureField& field, const Draft& draft) {
  const auto octets =
      reference::canonical_body_prefix(draft.body, field.body_canon, field.body_length);
  return octets && hash_octets(field.hash, *octets) == field.body_hash ? Match::match
                                                                       : Match::mismatch;
}

Match header_match(const SignatureField& field, const Draft& draft) {
  if (field.by_other_key) return Match::mismatch;
  const auto own = std::find(draft.fields.begin(), draft.fields.end(), field.text);
  const auto index = static_cast<std::size_t>(own - draft.fields.begin());
  const std::string input =
      reference::header_hash_input(draft.fields, index, field.signed_names, field.header_canon);
  return hash_octets(field.hash, input) == field.header_hash ? Match::match : Match::mismatch;
}

bool was_changed(Kind kind) {
  return kind == Kind::damaged || kind == Kind::body_altered || kind == Kind::body_appended ||
         kind == Kind::header_altered;
}

}  // namespace

void do_damage(Kind kind, std::span<const SignatureField> signatures, Draft& draft, Prng& prng) {
  if (signatures.empty()) return;
  if (kind == Kind::header_altered) change_header(draft, prng);
  if (kind == Kind::body_appended) draft.body += kListFooter;
  if (kind != Kind::body_altered) return;
  if (prng.chance(30)) {
    draft.body += kListFooter;
  } else {
    change_letter(draft.body, prng);
  }
}

std::vector<SignatureTruth> observed_truth(std::span<const SignatureField> signatures,
                                           const Draft& draft, Kind kind, std::int64_t received_at,
                                           bool was_forwarded) {
  std::vector<SignatureTruth> out;
  for (const SignatureField& field : signatures) {
    const bool changed = was_changed(kind) || was_forwarded;
    out.push_back(signature_truth(field, changed ? body_match(field, draft) : Match::match,
                                  changed ? header_match(field, draft) : Match::match,
                                  received_at));
  }
  return out;
}

}  // namespace mkcorpus
