// What the conditions and the reasons of the table of standings both ask of the evidence.
#ifndef MAILASSAY_VERDICT_STANDING_FACTS_H
#define MAILASSAY_VERDICT_STANDING_FACTS_H

#include "mailassay/standing_evidence.h"

namespace mailassay::standing {

/// B or H: the key of the domain made this signature, over another body or header.
constexpr bool differs(const Signature& signature) noexcept {
  return signature.outcome == SignatureClass::body_differs ||
         signature.outcome == SignatureClass::other_header;
}

/// G about which nothing can be said: the key may have been replaced since.
constexpr bool may_be_other_key(const Signature& signature) noexcept {
  return signature.outcome == SignatureClass::other_key &&
         (!signature.key_fresh || signature.is_ed25519);
}

/// G with the key of the time: that domain did not sign this.
constexpr bool is_forged(const Signature& signature) noexcept {
  return signature.outcome == SignatureClass::other_key && !may_be_other_key(signature);
}

/// The store keeps the octets of body and header.
constexpr bool keeps_octets(Form form) noexcept {
  return form == Form::raw || form == Form::known_additions;
}

/// The store keeps neither, or writes them anew.
constexpr bool loses_octets(Form form) noexcept {
  return form == Form::regenerated || form == Form::headers_only || form == Form::excerpt ||
         form == Form::enclosed;
}

/// SPF passes for certain, whichever domain it is for.
bool spf_passes(const Evidence& evidence) noexcept;

/// SPF might pass and align, if what decides were known.
bool spf_is_undecided(const Evidence& evidence) noexcept;

/// The answer that SPF waits for is one of DNS: the client is known.
bool spf_lacks_dns(const Evidence& evidence) noexcept;

/// A signature that might be an aligned one that verifies, if DNS said more.
bool might_verify(const Signature& signature) noexcept;

/// Whether the witness recorded this very signature as pass: d, s and b.
bool names(const Witness& witness, const Signature& signature) noexcept;

/// The set shows that a trusted sealer saw the message authenticated on its way.
bool vouches(const ArcSet& set) noexcept;

/// What the edition of DMARC says that was in force; where that is unsure, the milder.
DmarcOpinion opinion_in_force(const Dmarc& dmarc) noexcept;

}  // namespace mailassay::standing

#endif  // MAILASSAY_VERDICT_STANDING_FACTS_H
