// Scanning whole archives: what the program's main job is, for programs.
#ifndef MAILASSAY_SCAN_H
#define MAILASSAY_SCAN_H

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "mailassay/archive_form.h"
#include "mailassay/copies.h"
#include "mailassay/limits.h"
#include "mailassay/problem.h"
#include "mailassay/records.h"
#include "mailassay/result.h"
#include "mailassay/verdict.h"

namespace mailassay {

/// How an mbox is to be read.
enum class MboxFormat : std::uint8_t {
  detect,   ///< Content-Length is read where the writer puts it into the messages
  mboxo,    ///< Content-Length is not looked at
  mboxrd,   ///< likewise
  mboxcl,   ///< Content-Length is looked for in each message; it counts where it is proven
  mboxcl2,  ///< likewise
};

/// What an mbox shows of its writer.
enum class MboxVariant : std::uint8_t {
  mboxo,      ///< lines are quoted as `>From `; it may as well be mboxrd
  mboxrd,     ///< lines are quoted as `>>From ` too
  mboxcl,     ///< Content-Length fits in most messages
  mboxcl2,    ///< Content-Length fits, and `From ` lines in bodies are not quoted
  unquoted,   ///< no quoted line was seen in its first 64 KiB
  pipermail,  ///< excerpts with disguised addresses: not verifiable
};
inline constexpr std::size_t kMboxVariants = 6;

struct MboxCounts {
  std::array<std::uint64_t, kMboxVariants> variants{};  ///< mboxes, by MboxVariant
  std::uint64_t lengths_believed = 0;     ///< Content-Length at whose end a message can end
  std::uint64_t lengths_refuted = 0;      ///< stale or the sender's
  std::uint64_t postmarks_in_bodies = 0;  ///< that such a length showed to be none
};

/// What a scan is told. Defaults are those of `mailassay scan`.
struct ScanOptions {
  std::vector<std::string> paths;  ///< mbox files, message files, folders, "-" for stdin
  /// Further paths, which are accounted for together under the name `list`.
  std::vector<std::string> listed_paths;
  std::string list;

  std::vector<std::string> dns_files;              ///< recordings and zone files, in order
  std::optional<std::chrono::sys_seconds> dns_at;  ///< date of the zone files
  std::vector<std::string> resolvers;  ///< ADDR[:PORT]; see `offline` for when the network is used
  bool offline = false;                ///< not a packet
  std::string record_file;             ///< empty: no recording
  unsigned dns_window = 128;           ///< questions in flight at most
  unsigned dns_rate = 0;               ///< questions per second at most; 0: no limit

  /// Rows go to this file, "-" is stdout; empty: no rows, the summary only.
  std::string output;
  std::string run_record;                    ///< empty: beside an output file
  bool evidence = false;                     ///< rows with canonical hashes and raw records
  std::optional<std::string> redaction_key;  ///< rows without local parts and subjects

  JudgeTime time;
  Limits limits;
  UnpackLimits unpack;
  RecordFields records;
  bool dedupe = false;  ///< marks copies of messages, see mailassay/copies.h
  bool hash = false;    ///< SHA-256 of each message, and of each archive before and after
  MboxFormat mbox_format = MboxFormat::detect;
  std::vector<std::string> trusted_sealers;  ///< this and the next: as in JudgeOptions
  std::vector<std::string> trusted_lists;
  std::vector<std::string> trusted_forwarders;
  envelope::TrustOptions receivers;
  std::vector<std::string> own_domains;
  std::vector<std::string> own_senders;
  std::vector<std::string> copy_addresses;
  std::vector<impersonation::Party> brands;  ///< protected beside the own domains
  std::chrono::seconds fresh = std::chrono::days(7);
  std::string suffix_list;       ///< file; empty: the system's, if it has one
  bool arc_rfc_wording = false;  ///< rows and summary call an undetermined ARC chain `fail`
  unsigned threads = 0;          ///< 0: one for each core
  std::uint64_t memory_bytes = std::uint64_t{512} * 1024 * 1024;

  std::vector<std::string> arguments;  ///< as the user gave them, for the run record
  std::string configuration_hash;      ///< SHA-256 of the file that set them too; empty: none did

  /// Ends the scan early; the rows that are written are complete.
  std::stop_token stop;
};

/// Octets that belong to no message.
enum class GapKind : std::uint8_t {
  separator,       ///< postmark lines and the empty lines before them
  leading,         ///< before the first message: a byte order mark, what precedes a postmark
  store_data,      ///< the length and the property list of an emlx
  passed_over,     ///< files of mail programs, hidden and unfinished members
  container_tail,  ///< behind the end of a container or of compressed octets
};
inline constexpr std::size_t kGapKinds = 5;

/// A gap that is no separator.
struct Gap {
  std::string path;
  std::string member;  ///< empty when there is none
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  GapKind kind = GapKind::leading;
};

/// Where the octets of one PATH argument went:
/// messages + gaps + rejected = size - packed + unpacked.
struct ByteAccount {
  std::string path;
  std::uint64_t files = 0;
  std::uint64_t members = 0;         ///< files in containers, and compressed files
  std::uint64_t size = 0;            ///< of the files as stored
  std::uint64_t packed_bytes = 0;    ///< octets that were read as a container or as compressed
  std::uint64_t unpacked_bytes = 0;  ///< octets that came out of those
  std::uint64_t messages = 0;
  std::uint64_t message_bytes = 0;
  std::uint64_t gap_bytes = 0;       ///< octets in no message; by GapKind in `gaps`
  std::uint64_t rejected_bytes = 0;  ///< of files that hold no mail or could not be read on
  std::array<std::uint64_t, kGapKinds> gaps{};
  std::string sha256_before = {};  ///< with ScanOptions::hash, in hex; see engine/custody.h
  std::string sha256_after = {};
};

/// An archive whose store or export changed the bodies of its mail.
struct DamagedArchive {
  std::string path;  ///< the file, or the PATH with many files
  ArchiveFormVerdict form;
  std::uint64_t altered = 0;  ///< messages of the standing `altered` that this explains
};

/// Time spent by stage, added up over the threads, in nanoseconds.
struct StageTimes {
  std::uint64_t read = 0;
  std::uint64_t digest = 0;
  std::uint64_t judge = 0;
  std::uint64_t write = 0;
};

struct DnsCounts {
  std::uint64_t questions = 0;   ///< distinct names asked for
  std::uint64_t from_files = 0;  ///< answered by recordings and zone files
  std::uint64_t live = 0;        ///< sent to the network at least once
  std::uint64_t packets = 0;     ///< queries sent, retries and TCP counted
  std::uint64_t timeouts = 0;
  bool any_server_answered = false;
};

/// Names in folders and containers that were not looked into, without being a problem.
struct PassedOver {
  std::uint64_t hidden = 0;           ///< names that begin with a dot; a folder counts once
  std::uint64_t folder_links = 0;     ///< symbolic links to folders
  std::uint64_t special = 0;          ///< FIFOs, sockets, devices
  std::uint64_t companions = 0;       ///< files beside mail that mail programs keep, without mail
  std::uint64_t unfinished = 0;       ///< what lies in tmp of a Maildir; a folder counts once
  std::uint64_t hidden_members = 0;   ///< members of containers whose name begins with a dot
  std::uint64_t link_members = 0;     ///< symbolic and hard links in containers
  std::uint64_t special_members = 0;  ///< devices and the like in containers
};

/// The public suffix list of a run.
struct SuffixListUsed {
  std::string path;    ///< empty: there was none
  std::string date;    ///< "2026-11-01T08:00:00Z"; empty if it is not known
  std::string sha256;  ///< of its octets, hexadecimal
};

struct ScanSummary {
  std::uint64_t messages = 0;
  std::uint64_t message_bytes = 0;
  /// Messages that lie in others. They are in no other count but the octets hashed, the notes and
  /// the internal errors. That which a journal report is about stands for the report in the
  /// standings and results.
  std::uint64_t nested_messages = 0;
  std::uint64_t unsigned_messages = 0;  ///< without those that were not evaluated
  std::uint64_t signatures = 0;
  /// By dkim::Reason: how often each decided; Reason::none counts the passes.
  std::array<std::uint64_t, static_cast<std::size_t>(dkim::Reason::internal_error) + 1> reasons{};
  /// By arc::Reason: how many chains each decided; Reason::none counts the passes.
  std::array<std::uint64_t, static_cast<std::size_t>(arc::Reason::internal_error) + 1>
      chain_reasons{};
  bool arc_rfc_wording = false;  ///< that of the options
  /// Signatures and passes by signing domain.
  struct DomainCount {
    std::uint64_t signatures = 0;
    std::uint64_t passes = 0;
  };
  std::map<std::string, DomainCount> domains;
  bool domains_cut = false;  ///< more domains than are counted one by one
  /// By MessageNote.
  std::array<std::uint64_t, kMessageNotes> notes{};
  /// Signatures that fail, by what was found of the cause; by Finding::State.
  std::array<std::uint64_t, 4> findings{};
  std::array<std::uint64_t, kUndoCount> undone{};  ///< by Undo: signatures it brings back
  /// By standing::Value, and by kind::Kind: messages.
  std::array<std::uint64_t, standing::kValueCount> standings{};
  /// By standing::Value: messages that lie in others, without those of journal reports.
  std::array<std::uint64_t, standing::kValueCount> nested_standings{};
  std::array<std::uint64_t, kind::kKinds> kinds{};
  /// By spf::Status, dmarc::Status: messages; without those that SPF could not be evaluated of.
  std::array<std::uint64_t, 7> spf_results{};
  std::uint64_t spf_absent = 0;  ///< messages whose client address or MAIL FROM is not known
  std::array<std::uint64_t, 5> dmarc_results{};
  /// Recorded results that agree with ours, differ, cannot be compared; by envelope::Agreement.
  std::array<std::uint64_t, 3> agreements{};
  /// Messages of own streams against the rules of bulk senders.
  struct StreamCount {
    std::uint64_t messages = 0;
    std::uint64_t faultless = 0;   ///< nothing is wrong, and all that is asked is known
    std::uint64_t incomplete = 0;  ///< something that is asked is not known
    std::array<std::uint64_t, bulk_sender::kFaultCount> faults{};  ///< by bulk_sender::Fault
  };
  std::map<std::string, StreamCount> own_streams;  ///< by own domain
  std::uint64_t hashed_bytes = 0;
  std::uint64_t verifications = 0;

  std::vector<ScanProblem> problems;  ///< the first ones; `problem_count` counts all
  std::uint64_t problem_count = 0;
  std::array<std::uint64_t, kProblemReasons> problem_reasons{};  ///< by ProblemReason
  PassedOver passed_over;
  MboxCounts mboxes;
  std::uint64_t internal_errors = 0;
  std::optional<CopySummary> copies;             ///< with ScanOptions::dedupe
  std::vector<ByteAccount> accounts;             ///< one for each PATH
  std::vector<Gap> gaps;                         ///< the first ones that are no separators
  std::uint64_t gap_count = 0;                   ///< all that are no separators
  std::vector<DamagedArchive> damaged_archives;  ///< the first ones
  std::uint64_t damaged_archive_count = 0;       ///< counts all
  SuffixListUsed suffix_list;
  StageTimes stages;
  DnsCounts dns;
  double seconds = 0;          ///< wall clock
  bool stopped = false;        ///< by ScanOptions::stop
  bool output_closed = false;  ///< the reader of the output went away
  std::optional<std::string> write_error;
};

/// Why a scan could not be started.
struct ScanError {
  std::string what;
  bool is_output = false;  ///< it is the output that cannot be made
  bool is_input = false;   ///< it is the mail that cannot be read or found
};

/// How far a scan is; handed to the progress function now and then.
struct ScanProgress {
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0;  ///< 0: not known
  std::uint64_t messages = 0;
  std::uint64_t dns_outstanding = 0;
  double seconds = 0;
};
using ProgressFunction = std::function<void(const ScanProgress&)>;

/// Scans all paths, writes a row for each message, and returns what was seen.
///
/// Errors:  only what keeps the scan from starting (broken DNS file, output cannot be made, bad
///          resolver address). What goes wrong later is in the summary.
/// Threads: blocks until done; `progress` is called from one thread at a time.
Result<ScanSummary, ScanError> scan(const ScanOptions& options,
                                    const ProgressFunction& progress = {});

}  // namespace mailassay

#endif  // MAILASSAY_SCAN_H
