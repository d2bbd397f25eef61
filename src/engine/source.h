// The serial first stage: paths -> files -> messages -> batches.
//
// A file is read block by block. Messages that lie in one block are handed on as views; the
// beginning of a message at the end of a block is copied to the front of the next. A message that
// is larger than a block gets a larger block; one over the limit for whole messages is digested
// right here, piece by piece, by the same code.
#ifndef MAILASSAY_ENGINE_SOURCE_H
#define MAILASSAY_ENGINE_SOURCE_H

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "dossier/digester.h"
#include "engine/batch.h"
#include "engine/block.h"
#include "io/file_reader.h"
#include "io/input_walk.h"
#include "mailassay/scan.h"

namespace mailassay::engine {

/// Problems kept with their text; further ones are only counted.
inline constexpr std::size_t kMaxProblems = 1000;

/// Device and inode of a file.
using FileId = std::pair<dev_t, ino_t>;

/// Threads: one at a time; bytes_done() from any.
class Source {
 public:
  /// `own_outputs`: files that are being written and must not be read.
  Source(const ScanOptions& options, std::vector<FileId> own_outputs);

  /// The next messages; null at the end or when the scan is stopped.
  std::unique_ptr<Batch> next();

  const std::vector<ScanProblem>& problems() const noexcept { return problems_; }
  std::uint64_t problem_count() const noexcept { return problem_count_; }
  const PassedOver& passed_over() const noexcept { return passed_over_; }
  const std::vector<ByteAccount>& accounts() const noexcept { return accounts_; }

  std::uint64_t bytes_done() const noexcept { return bytes_done_.load(std::memory_order_relaxed); }

 private:
  enum class Step : std::uint8_t { go_on, need_octets, file_done };
  enum class Refill : std::uint8_t { done, batch_has_to_leave, file_failed };

  /// The file at hand and the window of it that is in memory. Positions count from the window's
  /// first octet.
  struct File {
    explicit File(io::FileReader&& opened) : reader(std::move(opened)) {}
    std::string_view window() const noexcept { return block->filled().substr(begin); }

    io::FileReader reader;
    std::shared_ptr<Block> block;
    std::size_t begin = 0;   ///< where the window begins in the block
    std::uint64_t base = 0;  ///< offset in the file of the window's first octet
    bool at_end = false;     ///< nothing is left to read
    bool sniffed = false;
    bool is_mbox = false;
    std::size_t search_from = 0;                 ///< where the next postmark is looked for
    std::optional<std::size_t> message_begin;    ///< of the message at hand, if it is in the window
    std::optional<std::uint64_t> streamed_from;  ///< file offset of a message digested in pieces
    std::size_t digested_to = 0;                 ///< end of what was digested of that message
    std::uint64_t index = 0;                     ///< of the next message
    bool holds_postmarks = false;  ///< taken as one message, but reads like an mbox further down
  };

  bool next_file();
  bool is_own_output(const std::string& path) const;
  bool work_on_file(Batch& batch);
  Refill refill(Batch& batch);
  bool place_first_window(const Batch& batch);
  bool move_window(const Batch& batch);
  std::size_t first_octet_to_keep() const;
  Step sniff_file();
  Step read_message(Batch& batch);
  void look_for_postmarks();
  Step read_mbox(Batch& batch);
  void take_separator(Batch& batch, std::size_t begin, std::size_t content);
  void take_end(Batch& batch);
  void add_message(Batch& batch, std::size_t begin, std::size_t end);
  void stream_to(std::size_t end);
  void end_streamed(Batch& batch);
  Origin next_origin(std::uint64_t offset, std::uint64_t length);
  void end_file();
  void fail_file(const io::IoError& error);
  void abandon_file();
  void add_problem(ScanProblem problem);
  void take_walk_errors();

  const ScanOptions& options_;
  std::vector<FileId> own_outputs_;
  std::size_t whole_message_bytes_;  ///< larger messages are digested piece by piece
  BlockPool pool_;
  std::size_t next_path_ = 0;
  std::optional<io::InputWalk> walk_;
  std::size_t walk_errors_taken_ = 0;
  std::optional<File> file_;
  Digester digester_;
  std::uint64_t next_number_ = 0;
  std::vector<ScanProblem> problems_;
  std::uint64_t problem_count_ = 0;
  PassedOver passed_over_;
  std::vector<ByteAccount> accounts_;
  std::atomic<std::uint64_t> bytes_done_{0};
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_SOURCE_H
