#include "arc/reason.h"

#include <array>

#include "base/assert.h"

namespace mailassay::arc {
namespace {

constexpr std::array kReasons = {
    ReasonEntry{Reason::none, Result::pass, "none", "the chain verifies", "RFC8617 5.2"},
    ReasonEntry{Reason::too_many_sets, Result::fail, "too-many-sets",
                "a set has an instance over 50", "RFC8617 5.2"},
    ReasonEntry{Reason::sets_over_limit, Result::undetermined, "sets-over-limit",
                "the message has more sets than are looked at", "RFC8617 9.2"},
    ReasonEntry{Reason::field_over_limit, Result::undetermined, "field-over-limit",
                "an ARC header field is larger than is looked at", "RFC8617 9.2"},
    ReasonEntry{Reason::sealed_as_failed, Result::fail, "sealed-as-failed",
                "the newest seal says that the chain had failed already (cv=fail)", "RFC8617 5.2"},
    ReasonEntry{Reason::field_syntax, Result::fail, "field-syntax",
                "an ARC header field is not a tag-list", "RFC8617 4.1"},
    ReasonEntry{Reason::bad_instance, Result::fail, "bad-instance",
                "an ARC header field has no i= of 1 to 50 at its place", "RFC8617 4.2.1"},
    ReasonEntry{Reason::duplicate_field, Result::fail, "duplicate-field",
                "a set has one of its header fields more than once", "RFC8617 5.2"},
    ReasonEntry{Reason::missing_field, Result::fail, "missing-field",
                "a set lacks one of its three header fields", "RFC8617 5.2"},
    ReasonEntry{Reason::missing_set, Result::fail, "missing-set",
                "the instances are not a sequence from 1", "RFC8617 5.2"},
    ReasonEntry{Reason::bad_chain_status, Result::fail, "bad-chain-status",
                "cv= is not none in the first seal and pass in the others", "RFC8617 5.2"},
    ReasonEntry{Reason::seal_names_fields, Result::fail, "seal-names-fields",
                "an ARC-Seal has h=, which is not allowed", "RFC8617 4.1.3"},
    ReasonEntry{Reason::covers_seal, Result::fail, "covers-seal",
                "h= of the newest ARC-Message-Signature names ARC-Seal", "RFC8617 4.1.2"},
    ReasonEntry{Reason::message_signature_fails, Result::fail, "message-signature-fails",
                "the newest ARC-Message-Signature does not verify", "RFC8617 5.2"},
    ReasonEntry{Reason::seal_fails, Result::fail, "seal-fails", "an ARC-Seal does not verify",
                "RFC8617 5.2"},
    ReasonEntry{Reason::message_signature_unknown, Result::undetermined,
                "message-signature-unknown",
                "the key of the newest ARC-Message-Signature is not known", "RFC8617 5.2.1"},
    ReasonEntry{Reason::seal_unknown, Result::undetermined, "seal-unknown",
                "the key of an ARC-Seal is not known", "RFC8617 5.2.1"},
    ReasonEntry{Reason::internal_error, Result::undetermined, "internal-error",
                "a fault of this program; please report it", "-"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kReasons.size(); ++i) {
    if (static_cast<std::size_t>(kReasons[i].reason) != i) return false;
  }
  return kReasons.size() == static_cast<std::size_t>(Reason::internal_error) + 1;
}
static_assert(in_order(), "the table follows the enumeration");

}  // namespace

std::span<const ReasonEntry> reason_table() { return kReasons; }

const ReasonEntry& entry_of(Reason reason) {
  const auto index = static_cast<std::size_t>(reason);
  MAILASSAY_ASSERT(index < kReasons.size());
  return kReasons[index];
}

std::string_view word_of(Result result) {
  constexpr std::array<std::string_view, 4> kWords = {"none", "pass", "fail", "undetermined"};
  return kWords[static_cast<std::size_t>(result)];
}

std::string_view word_of(ChainStatus status) {
  constexpr std::array<std::string_view, 3> kWords = {"none", "fail", "pass"};
  return kWords[static_cast<std::size_t>(status)];
}

}  // namespace mailassay::arc
