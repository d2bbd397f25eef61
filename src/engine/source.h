// The serial first stage: paths -> files -> members -> messages -> batches.
//
// A file that begins like a container or a compressed file is handed to the unpacker, and its
// members take the place of the file.
//
// A file is read block by block. Messages that lie in one block are handed on as views; the
// beginning of a message at the end of a block is copied to the front of the next. A message that
// is larger than a block gets a larger block; one over the limit for whole messages is digested
// right here, piece by piece, by the same code.
#ifndef MAILASSAY_ENGINE_SOURCE_H
#define MAILASSAY_ENGINE_SOURCE_H

#include <sys/types.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "crypto/hasher.h"
#include "dossier/digester.h"
#include "engine/batch.h"
#include "engine/block.h"
#include "io/file_reader.h"
#include "io/input_walk.h"
#include "io/read_ahead.h"
#include "io/unpacker.h"
#include "mailassay/scan.h"
#include "mbox/content_length.h"
#include "mbox/splitter.h"

namespace mailassay::engine {

/// Problems kept with their text; further ones are only counted.
inline constexpr std::size_t kMaxProblems = 1000;

/// Gaps that are listed one by one; further ones are only counted.
inline constexpr std::size_t kMaxGaps = 1000;

/// Device and inode of a file.
using FileId = std::pair<dev_t, ino_t>;

/// What was tried and what the system says to it; the path stands elsewhere.
std::string reason_text(const io::IoError& error);

/// Threads: one at a time; bytes_done() from any.
class Source {
 public:
  /// `own_outputs`: files that are being written and must not be read.
  Source(const ScanOptions& options, std::vector<FileId> own_outputs);

  /// The next messages; null at the end or when the scan is stopped.
  std::unique_ptr<Batch> next();

  /// Ends the reading, which may have been stopped between two batches: what of a file that is
  /// under way was not taken is accounted for as rejected. After it next() is not called.
  void close();

  const std::vector<ScanProblem>& problems() const noexcept { return problems_; }
  std::uint64_t problem_count() const noexcept { return problem_count_; }
  const auto& problem_reasons() const noexcept { return problem_reasons_; }
  const PassedOver& passed_over() const noexcept { return passed_over_; }
  const MboxCounts& mbox_counts() const noexcept { return mbox_counts_; }
  const std::vector<Gap>& gaps() const noexcept { return gaps_; }
  std::uint64_t gap_count() const noexcept { return gap_count_; }
  const std::vector<ByteAccount>& accounts() const noexcept { return accounts_; }

  std::uint64_t bytes_done() const noexcept {
    return bytes_done_.load(std::memory_order_relaxed) + unpacker_.read_bytes();
  }

 private:
  enum class Step : std::uint8_t { go_on, need_octets, file_done };
  enum class Refill : std::uint8_t { done, batch_has_to_leave, file_failed };

  /// Content-Length in an mbox, and what else tells its variant.
  struct Lengths {
    bool done = false;                     ///< none is looked for any more
    bool all = false;                      ///< one is looked for in each message
    bool learned = false;                  ///< that of the message at hand was looked for
    bool refuted = false;                  ///< that of the message at hand is wrong
    std::optional<std::uint64_t> end;      ///< file offset at which it ends the message at hand
    std::optional<std::uint64_t> skip_to;  ///< no postmark before this file offset counts
    std::uint64_t looked = 0;              ///< messages in which one was looked for
    std::uint64_t found = 0;
    std::uint64_t believed = 0;
    std::uint64_t refuted_count = 0;
    std::uint64_t skipped = 0;  ///< postmarks in bodies
    bool quoted = false;        ///< a line `>From `
    bool quoted_twice = false;  ///< a line `>>From `
  };
  enum class Ending : std::uint8_t { here, further_on, open };

  /// The file or member at hand and the window of it that is in memory. Positions count from the
  /// window's first octet.
  struct File {
    std::string_view window() const noexcept { return block->filled().substr(begin); }
    /// The name that it has where it lies.
    std::string_view name() const noexcept { return member.empty() ? path : member; }

    std::string path;
    std::string member;                    ///< empty for a file of its own
    std::unique_ptr<io::FileReader> file;  ///< null for a member
    io::OctetStream* reader = nullptr;
    std::shared_ptr<Block> block;
    std::size_t begin = 0;   ///< where the window begins in the block
    std::uint64_t base = 0;  ///< offset in the file of the window's first octet
    bool at_end = false;     ///< nothing is left to read
    bool sniffed = false;
    bool rejected = false;     ///< holds no mail
    bool passed_over = false;  ///< holds no mail and is not expected to
    bool is_mbox = false;
    std::size_t search_from = 0;                 ///< where the next postmark is looked for
    std::optional<std::size_t> message_begin;    ///< of the message at hand, if it is in the window
    std::optional<std::uint64_t> streamed_from;  ///< file offset of a message digested in pieces
    std::size_t digested_to = 0;                 ///< end of what was digested of that message
    std::vector<MessageNote> notes;              ///< of the one message in it
    /// File offset of the end of the one message in it, as the store says.
    std::optional<std::uint64_t> message_end;
    std::optional<std::uint64_t> rest_from;  ///< file offset of what stands behind that message
    Lengths lengths;
    bool is_pipermail = false;        ///< an mbox of excerpts with disguised addresses
    std::optional<MessageNote> note;  ///< of each message in it
  };

  bool next_file();
  bool begin_path();
  bool open_file(const std::string& path);
  void begin_container();
  bool next_member();
  std::uint64_t leave_member();
  void end_container();
  void abandon_container();
  bool is_own_output(const std::string& path) const;
  bool work_on_file(Batch& batch);
  Refill refill(Batch& batch);
  bool place_first_window(const Batch& batch);
  bool move_window(const Batch& batch);
  std::size_t first_octet_to_keep() const;
  Step sniff_file();
  Step read_message(Batch& batch);
  void look_for_postmarks();
  bool pass_over_companion();
  Step read_rest();
  bool ends_or_plist(std::size_t at) const;
  void add_notes(BatchMessage& message);
  void note_sizes(BatchMessage& message) const;
  void begin_mbox(std::size_t postmark);
  Step read_mbox(Batch& batch);
  void learn_length(std::size_t end);
  Ending settle_end(const mbox::Separator& separator, std::size_t& end);
  void refute_length();
  std::optional<std::size_t> believed_end(std::size_t found, std::size_t next) const;
  mbox::Proof prove_length(std::uint64_t end);
  void count_variant();
  void take_separator(Batch& batch, std::size_t begin, std::size_t content);
  void take_end(Batch& batch);
  void add_message(Batch& batch, std::size_t begin, std::size_t end);
  void stream_to(std::size_t end);
  void end_streamed(Batch& batch);
  Origin next_origin(std::uint64_t offset, std::uint64_t length);
  void end_file();
  void add_to_size(std::uint64_t file_bytes);
  void fail_file(const io::IoError& error);
  void abandon_file();
  bool is_stopped() const { return closed_ || options_.stop.stop_requested(); }
  void add_gap(GapKind kind, std::uint64_t offset, std::uint64_t length);
  void add_problem(ScanProblem problem);
  void add_problem(const io::IoError& error);
  ScanProblem problem_here(std::uint64_t offset, std::string what, ProblemReason reason) const;
  void take_walk_errors();
  void read_ahead(std::chrono::steady_clock::duration opening);

  const ScanOptions& options_;
  std::vector<FileId> own_outputs_;
  std::size_t whole_message_bytes_;  ///< larger messages are digested piece by piece
  BlockPool pool_;
  std::size_t next_path_ = 0;
  std::optional<io::InputWalk> walk_;
  std::size_t walk_errors_taken_ = 0;
  io::ReadAhead read_ahead_;
  std::size_t cold_files_ = 0;   ///< files to be opened for which it is worth reading ahead
  std::size_t files_ahead_ = 0;  ///< files to be opened that were read ahead
  io::Unpacker unpacker_;
  std::optional<std::string> container_;  ///< path of the file that is being unpacked
  std::uint64_t container_leaves_ = 0;    ///< octets of its members that went to the account
  std::uint64_t index_ = 0;               ///< of the next message in the file, members together
  std::optional<File> file_;
  Digester digester_;
  std::optional<crypto::Hasher> hasher_;  ///< of a message digested in pieces, if it is asked for
  std::uint64_t next_number_ = 0;
  bool closed_ = false;
  std::vector<ScanProblem> problems_;
  std::uint64_t problem_count_ = 0;
  std::array<std::uint64_t, kProblemReasons> problem_reasons_{};
  PassedOver passed_over_;
  MboxCounts mbox_counts_;
  std::vector<ByteAccount> accounts_;
  std::vector<Gap> gaps_;
  std::uint64_t gap_count_ = 0;
  std::atomic<std::uint64_t> bytes_done_{0};
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_SOURCE_H
