// ARC: the facts of a message's chain of custody, and the verdict on it. [RFC8617]
//
// dossier.h includes this file for the facts and verdict.h for the verdict. Both kinds of ARC
// signature are DKIM signatures with other tags, so their facts and verdicts are those of DKIM:
// include verdict.h to look into them.
#ifndef MAILASSAY_ARC_H
#define MAILASSAY_ARC_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailassay {

namespace dkim {
struct SignatureFacts;
struct SignatureVerdict;
}  // namespace dkim

namespace arc {

/// Results of a chain. [RFC8617 4.4]
enum class Result : std::uint8_t {
  none,          ///< the message has no ARC header field
  pass,          ///< the chain verifies
  fail,          ///< it does not
  undetermined,  ///< what would decide is not known; RFC 8617 calls it `fail` [RFC8617 5.2.1]
};

/// The one rule that decided against a plain `pass` or `none`. A closed list; arc/reason.h has the
/// result, the sentence and the section of each.
enum class Reason : std::uint8_t {
  none,  ///< nothing to report: the chain verifies, or there is none
  // Collecting and structure: steps 1 to 3 of [RFC8617 5.2]. They need no key.
  too_many_sets,      ///< an instance over 50
  sets_over_limit,    ///< more sets than Limits::arc_sets
  field_over_limit,   ///< a field or its h= is over a limit of ours
  sealed_as_failed,   ///< the newest seal says cv=fail
  field_syntax,       ///< an ARC-Message-Signature or ARC-Seal is not a tag-list
  bad_instance,       ///< a field has no i= of 1 to 50, or not at its place
  duplicate_field,    ///< two fields of one name and instance
  missing_field,      ///< a set lacks one of its three fields
  missing_set,        ///< an instance between 1 and the highest has no set
  bad_chain_status,   ///< cv= is not none in set 1 and pass in the others
  seal_names_fields,  ///< an ARC-Seal has h=
  // Signatures: steps 4 and 6.
  covers_seal,                ///< h= of the newest ARC-Message-Signature names ARC-Seal
  message_signature_fails,    ///< the newest ARC-Message-Signature does not verify
  seal_fails,                 ///< an ARC-Seal does not verify
  message_signature_unknown,  ///< the key of the newest ARC-Message-Signature cannot be had
  seal_unknown,               ///< the key of an ARC-Seal cannot be had
  internal_error,             ///< a fault of ours; never silent
};

/// cv= of an ARC-Seal. [RFC8617 4.4]
enum class ChainStatus : std::uint8_t { none, fail, pass };

/// What one set says beside its two signatures.
struct SetFacts {
  std::uint32_t instance = 0;               ///< i=, 1 to 50
  std::optional<ChainStatus> chain_status;  ///< cv=; empty if it is absent or no word of the list
  /// What follows `i=N;` in the ARC-Authentication-Results field, octets as stored; at most
  /// Limits::arc_results_bytes of them.
  std::string authentication_results;
  bool has_results = false;            ///< there is an ARC-Authentication-Results field
  bool has_message_signature = false;  ///< there is an ARC-Message-Signature field
  bool has_seal = false;               ///< there is an ARC-Seal field
  bool results_cut = false;            ///< `authentication_results` is not all
  bool is_duplicate = false;           ///< one of the three stands more than once
  bool seal_names_fields = false;      ///< the seal has h=, which is not allowed [RFC8617 4.1.3]
  bool covers_seal = false;  ///< h= of the message signature names ARC-Seal [RFC8617 4.1.2]
};

/// What the ARC header fields of one message say, and what the message's own octets say to them.
///
/// When `fault` is not Reason::none, steps 1 to 3 of [RFC8617 5.2] have decided: no hash is
/// filled, no key will be asked for, and `sets` holds the sets as far as they could be read, by
/// rising instance, with gaps. Otherwise `sets[k]` is the set of instance k + 1.
struct ChainFacts {
  Reason fault = Reason::none;
  std::uint32_t fields = 0;     ///< counts the ARC header fields, readable or not
  std::uint32_t instances = 0;  ///< the highest instance found
  std::vector<SetFacts> sets;
  std::vector<dkim::SignatureFacts> message_signatures;  ///< one for each set; empty if it has none
  std::vector<dkim::SignatureFacts> seals;               ///< the same for its seal
};

/// What became of a chain. The lists are those of ChainFacts.
struct ChainVerdict {
  Result result = Result::none;
  Reason reason = Reason::none;
  std::uint32_t instances = 0;  ///< the highest instance found
  /// The lowest instance from which on all ARC-Message-Signatures verify, 0 if all of them do
  /// [RFC8617 5.2 step 5]. Empty if the chain does not pass, or a key that decides is unknown.
  std::optional<std::uint32_t> oldest_pass;
  std::vector<std::string> sealers;  ///< d= of each seal that can be read, by rising instance
  /// Whether the chain passes and the d= of every seal is one of JudgeOptions::trusted_sealers.
  /// Empty without a chain, or if nobody is named there.
  std::optional<bool> trusted;
  /// Of a chain that passes: the lowest instance from which on all seals, up to the newest, are
  /// by trusted sealers. Empty if the newest is not.
  std::optional<std::uint32_t> trusted_from;
  std::vector<dkim::SignatureVerdict> message_signatures;
  std::vector<dkim::SignatureVerdict> seals;
};

}  // namespace arc
}  // namespace mailassay

#endif  // MAILASSAY_ARC_H
