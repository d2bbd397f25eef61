// Mail that is forwarded by hosts which seal it, and what its chain is then worth. [RFC8617 5]
#ifndef MAILASSAY_MKCORPUS_ARC_FORWARDING_H
#define MAILASSAY_MKCORPUS_ARC_FORWARDING_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/draft.h"
#include "mkcorpus/key_directory.h"

namespace mkcorpus {

/// What was done to a chain.
enum class ChainKind : std::uint8_t {
  none,              ///< no chain: the message was not forwarded
  whole,             ///< nothing was done
  changed_between,   ///< a forwarder changed the message before he sealed it: the chain passes
  seal_broken,       ///< the results of a set were changed after sealing
  signature_broken,  ///< the message was changed after the last seal
  key_missing,       ///< the keys of one set do not exist
  field_dropped,     ///< one of the fields is gone
  sealed_as_failed,  ///< the last forwarder says cv=fail
};

std::string_view kind_word(ChainKind kind);

/// The outcome of a chain, in the words of the NDJSON rows of mailassay.
struct ChainTruth {
  ChainKind kind = ChainKind::none;
  std::string_view result = "none";
  std::string_view reason;  ///< empty: null
  std::size_t instances = 0;
  std::optional<std::size_t> oldest_pass;
  std::vector<std::string> sealers;
};

/// The forwarders and their keys, which are published beside those of the signers.
class Forwarders {
 public:
  /// Demands: `pool` outlives the object.
  Forwarders(const KeyPool& pool, std::uint64_t seed);

  const std::vector<KeyName>& names() const { return names_; }

  /// Forwards the message, or not, as the numbers of `prng` say.
  ///
  /// Demands: `at` is the time of receipt.
  ChainTruth forward(Draft& draft, std::int64_t at, Prng& prng) const;

 private:
  std::vector<KeyName> names_;  ///< the last one has no key record
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_ARC_FORWARDING_H
