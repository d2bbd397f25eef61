// One message of a corpus, from its number alone: written, signed, carried, perhaps damaged.
#ifndef MAILASSAY_MKCORPUS_CORPUS_MESSAGE_H
#define MAILASSAY_MKCORPUS_CORPUS_MESSAGE_H

#include <cstdint>
#include <string>

#include "mkcorpus/arc_forwarding.h"
#include "mkcorpus/key_directory.h"
#include "mkcorpus/truth.h"

namespace mkcorpus {

/// What all messages of a corpus have in common.
struct CorpusPlan {
  const KeyDirectory* directory = nullptr;
  std::uint64_t seed = 0;
  bool small = false;                      ///< no attachments
  const Forwarders* forwarders = nullptr;  ///< null: nothing is forwarded
};

struct CorpusMessage {
  std::string text;      ///< header, empty line, body; CRLF line ends
  std::string postmark;  ///< the "From " line of an mbox, without line end
  MessageTruth truth;
};

/// Makes message number `index`.
///
/// Result:   depends on the plan and the number only.
/// Threads:  any number at once.
CorpusMessage make_message(const CorpusPlan& plan, std::uint64_t index);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_CORPUS_MESSAGE_H
