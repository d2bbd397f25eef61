// Kinds of damage that can be asked for by name (`--damage`), and what a diagnosis has to say of
// each. The tables stand in body_damage.cpp and its like; this is what they have in common.
#ifndef MAILASSAY_MKCORPUS_DAMAGE_KIND_H
#define MAILASSAY_MKCORPUS_DAMAGE_KIND_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/draft.h"
#include "mkcorpus/prng.h"

namespace mkcorpus {

using DraftChange = void (*)(Draft&, Prng&);

/// How messages are signed that are to be damaged so.
enum class Signing : std::uint8_t {
  usual,
  with_cc,        ///< Cc is in h= once more than it is present
  with_encoding,  ///< Content-Transfer-Encoding is in h=
  with_copies,    ///< z= has the Subject
  by_other_key,   ///< not by the key that is published
};

struct DamageKind {
  std::string_view name;  ///< begins with its group: "body-", "header-", "key-" or "text-"
  /// Before signing: gives the message what can be damaged. Null if every message has it.
  DraftChange prepare = nullptr;
  /// After signing, before delivery.
  DraftChange apply = nullptr;
  /// What the finding has to name: words of reversals with a blank between them; alternatives
  /// that are right as well stand behind a `|`. Empty: nothing brings the signature back;
  /// "another-key": it was made with another key, which is no change.
  std::string_view undone;
  bool removes_content = false;
  bool keeps_line_ends = false;  ///< stored as it is, since LF line ends would hide the damage
  Signing signing = Signing::usual;
};

/// All kinds that a list of names asks for: NAME[,NAME...], each a kind, a group ("body", "header",
/// "key", "text") or "all".
///
/// Result:   empty if a name is none of these.
std::vector<const DamageKind*> damages_named(std::string_view list);

/// The names of all kinds, with blanks between them.
std::string damage_names();

/// The value of the key `finding` in truth.ndjson.
std::string finding_json(const DamageKind& kind);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DAMAGE_KIND_H
