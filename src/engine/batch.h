// What goes through the pipeline: some messages of an archive, in order, and what became of them.
#ifndef MAILASSAY_ENGINE_BATCH_H
#define MAILASSAY_ENGINE_BATCH_H

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/archive_watch.h"
#include "engine/block.h"
#include "engine/copy_identity.h"
#include "mailassay/dns.h"
#include "mailassay/dossier.h"
#include "mailassay/message.h"
#include "mailassay/scan.h"
#include "report/row.h"

namespace mailassay::engine {

inline constexpr std::size_t kBatchMessages = 256;
inline constexpr std::size_t kBatchBytes = std::size_t{8} * 1024 * 1024;

struct BatchMessage {
  std::string_view bytes;  ///< points into Batch::block; empty once it is digested
  Origin origin;
  std::size_t path = 0;             ///< which PATH argument it is of
  std::vector<MessageNote> notes;   ///< what the source saw of it
  std::optional<Dossier> digested;  ///< filled for a message too large to be held as a whole
};

/// Adds what the source saw to what digest() saw. Where the source hands on a header alone, that
/// nothing follows it is no remark.
inline void add_source_notes(const std::vector<MessageNote>& notes, Dossier& dossier) {
  const auto header_alone = std::find(notes.begin(), notes.end(), MessageNote::header_alone);
  if (header_alone != notes.end()) std::erase(dossier.notes, MessageNote::no_separator);
  dossier.notes.insert(dossier.notes.end(), notes.begin(), notes.end());
}

/// One owner at a time: it is handed from stage to stage.
struct Batch {
  std::uint64_t number = 0;      ///< place in the order of output
  std::shared_ptr<Block> block;  ///< let go of after digest
  std::vector<BatchMessage> messages;
  std::uint64_t bytes = 0;             ///< octets of the messages
  std::vector<Dossier> dossiers;       ///< one for each message, after digest
  dns::Needs needs;                    ///< answers that are waited for
  report::RowText rows;                ///< after judge
  std::vector<CopyIdentity> copies;    ///< one for each row, after judge, if they are asked for
  ScanSummary counts;                  ///< after judge
  std::vector<ArchiveSample> samples;  ///< after judge, in the order of the messages
  std::uint64_t charge = 0;            ///< octets of memory charged for what is not the block
  bool dropped = false;                ///< the scan was stopped before this was judged

  bool full() const noexcept { return messages.size() >= kBatchMessages || bytes >= kBatchBytes; }
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_BATCH_H
