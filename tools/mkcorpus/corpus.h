// A whole corpus: all messages made in parallel and written in order.
#ifndef MAILASSAY_MKCORPUS_CORPUS_H
#define MAILASSAY_MKCORPUS_CORPUS_H

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "mkcorpus/damage_kind.h"
#include "mkcorpus/fixture.h"

namespace mkcorpus {

struct CorpusOptions {
  std::uint64_t messages = 0;
  std::uint64_t seed = 1;
  std::filesystem::path folder;
  std::size_t domains = 0;  ///< of authors; 0: one for 115 messages, which makes about one key
                            ///< name for 50 messages; with envelopes 0 is 500
  std::size_t threads = 0;  ///< 0: one for each core
  std::vector<std::string> containers;  ///< of container_kinds(): the corpus in these too
  bool eml = false;                     ///< write each message as a file of its own too
  bool small = false;                   ///< no attachments
  bool arc = false;                     ///< some messages are forwarded and sealed on the way
  /// Kinds of damage, in turn. Not empty: the corpus has these and sound messages, no others.
  std::vector<const DamageKind*> damages;
  std::size_t damage_percent = 100;  ///< of the messages are damaged; only with `damages`
  /// Each message has the envelope of stored mail, and the truth is that of a full verdict. Without
  /// `arc` and `damages`.
  bool envelope = false;
  /// Scenarios, in turn; implies `envelope`. Demands: not more than messages.
  std::vector<const Fixture*> fixtures;
  std::size_t fixture_percent =
      20;  ///< of the messages are fixtures, or as many as there are kinds
};

struct CorpusSummary {
  std::uint64_t messages = 0;
  std::uint64_t signatures = 0;
  std::uint64_t mbox_bytes = 0;
  std::uint64_t message_bytes = 0;  ///< with LF line ends
  std::size_t key_names = 0;
};

/// Called by the writing thread now and then with the number of messages written.
using Progress = std::function<void(std::uint64_t)>;

/// Writes mail.mbox, dns.ndjson, dns.zone, truth.ndjson and perhaps eml/ into the folder, which is
/// made if it is absent; with envelopes mailassay.toml and scan.args too.
///
/// Result:   the files depend on all options but threads.
/// Errors:   WriteError; std::runtime_error if OpenSSL fails.
/// Memory:   bounded by the number of threads, not by the number of messages.
CorpusSummary write_corpus(const CorpusOptions& options, const Progress& progress);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_CORPUS_H
