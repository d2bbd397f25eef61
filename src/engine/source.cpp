#include "engine/source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "io/container_kind.h"
#include "io/mail_store_name.h"
#include "io/record_reader.h"
#include "mbox/sniff.h"
#include "mbox/splitter.h"

namespace mailassay::engine {
namespace {

/// A file goes into the rest of a block that is in use only if that rest is worth a read.
constexpr std::size_t kMinRoom = kBlockBytes / 16;
/// Octets that tell a property list behind the message of an emlx.
constexpr std::size_t kPlistBytes = 6;
/// Share of --memory that one message may take as a whole.
constexpr std::uint64_t kWholeMessageShare = 8;
constexpr std::uint64_t kMaxWholeMessage = std::uint64_t{64} * 1024 * 1024;

/// An opening that takes so long waits for the disk, or for the processor, which does no harm here.
constexpr std::chrono::microseconds kSlowOpening(60);
constexpr std::size_t kFilesAfterSlowOpening = 256;

std::size_t whole_message_bytes(const ScanOptions& options) {
  const std::uint64_t by_memory =
      std::min(options.memory_bytes / kWholeMessageShare, kMaxWholeMessage);
  // A header block within its limit always comes as a whole.
  const std::uint64_t by_header = options.limits.header_bytes + mbox::kSniffBytes;
  return static_cast<std::size_t>(std::max(by_memory, by_header));
}

}  // namespace

std::string reason_text(const io::IoError& error) {
  if (error.error_number == 0) return error.what;
  return error.what + ": " + std::generic_category().message(error.error_number);
}

Source::Source(const ScanOptions& options, std::vector<FileId> own_outputs)
    : options_(options),
      own_outputs_(std::move(own_outputs)),
      whole_message_bytes_(whole_message_bytes(options)),
      unpacker_(options.unpack, options.records, options.stop),
      digester_(options.limits) {
  if (options.hash) hasher_.emplace(crypto::HashAlgorithm::sha256);
}

std::unique_ptr<Batch> Source::next() {
  auto batch = std::make_unique<Batch>();
  while (!batch->full() && !options_.stop.stop_requested()) {
    if (!file_ && !next_file()) break;
    if (work_on_file(*batch)) break;
  }
  if (options_.stop.stop_requested()) close();
  if (batch->messages.empty()) return nullptr;
  batch->number = next_number_++;
  return batch;
}

void Source::close() {
  closed_ = true;
  if (file_) abandon_file();
  if (container_) abandon_container();
}

/// Opens the next file or member that can be opened.
///
/// Result: false if no path is left.
bool Source::next_file() {
  for (;;) {
    if (container_) {
      if (next_member()) return true;
      if (options_.stop.stop_requested()) return false;
      continue;
    }
    if (!walk_) {
      if (!begin_path()) return false;
    }
    const std::optional<std::string> path = walk_->next();
    take_walk_errors();
    if (!path) {
      const io::WalkCounts& counts = walk_->counts();
      passed_over_.hidden += counts.hidden;
      passed_over_.folder_links += counts.directory_links;
      passed_over_.special += counts.special;
      passed_over_.unfinished += counts.unfinished;
      walk_.reset();
      continue;
    }
    if (open_file(*path)) return true;
  }
}

/// Begins the next PATH, and behind the last one the list.
bool Source::begin_path() {
  const std::size_t count = options_.paths.size();
  if (next_path_ > count || (next_path_ == count && options_.listed_paths.empty())) return false;
  const bool is_list = next_path_ == count;
  accounts_.emplace_back().path = is_list ? options_.list : options_.paths[next_path_];
  walk_.emplace(is_list ? options_.listed_paths : std::vector{options_.paths[next_path_]});
  walk_errors_taken_ = 0;
  ++next_path_;
  return true;
}

bool Source::open_file(const std::string& path) {
  if (is_own_output(path)) {
    // Below a folder that is as it should be; by its name it was asked for.
    if (path == accounts_.back().path) {
      add_problem({path, std::nullopt, "is an output of this scan", {}, ProblemReason::own_output});
    }
    return false;
  }
  const auto begin = std::chrono::steady_clock::now();
  auto opened = io::FileReader::open(path, options_.stop);
  read_ahead(std::chrono::steady_clock::now() - begin);
  if (!opened) {
    add_problem({opened.error().path, std::nullopt, reason_text(opened.error())});
    return false;
  }
  ++accounts_.back().files;
  index_ = 0;
  File& file = file_.emplace();
  file.path = path;
  file.file = std::make_unique<io::FileReader>(std::move(*opened));
  file.reader = file.file.get();
  return true;
}

/// Where a file takes long to open, the next ones are not in memory either: they are read ahead.
void Source::read_ahead(std::chrono::steady_clock::duration opening) {
  if (cold_files_ > 0) --cold_files_;
  if (files_ahead_ > 0) --files_ahead_;
  if (opening >= kSlowOpening) cold_files_ = kFilesAfterSlowOpening;
  if (cold_files_ == 0 || files_ahead_ > io::ReadAhead::kFiles / 2) return;
  std::vector<std::string> next = walk_->upcoming(io::ReadAhead::kFiles);
  files_ahead_ = next.size();
  if (!next.empty()) read_ahead_.want(std::move(next));
}

bool Source::is_own_output(const std::string& path) const {
  struct stat status {};
  return !own_outputs_.empty() && ::stat(path.c_str(), &status) == 0 &&
         std::find(own_outputs_.begin(), own_outputs_.end(),
                   FileId(status.st_dev, status.st_ino)) != own_outputs_.end();
}

void Source::take_walk_errors() {
  for (; walk_errors_taken_ < walk_->errors().size(); ++walk_errors_taken_) {
    const io::IoError& error = walk_->errors()[walk_errors_taken_];
    add_problem({error.path, std::nullopt, reason_text(error), {}, error.reason});
  }
}

/// Works until the batch is full or the file is done.
///
/// Result: true if the batch has to leave first, because the file needs a block of its own.
bool Source::work_on_file(Batch& batch) {
  Step step = Step::need_octets;
  if (file_->block) step = Step::go_on;
  while (!batch.full() && !options_.stop.stop_requested()) {
    if (step == Step::need_octets) {
      const Refill refilled = refill(batch);
      if (refilled == Refill::batch_has_to_leave) return true;
      if (refilled == Refill::file_failed) return false;
    }
    step = file_->sniffed ? Step::go_on : sniff_file();
    if (step == Step::go_on) step = file_->is_mbox ? read_mbox(batch) : read_message(batch);
    if (step == Step::file_done) {
      if (file_) end_file();
      return false;
    }
  }
  return false;
}

/// Gets more octets of the file into its window.
Source::Refill Source::refill(Batch& batch) {
  File& file = *file_;
  const bool placed = file.block ? move_window(batch) : place_first_window(batch);
  if (!placed) return Refill::batch_has_to_leave;
  const std::size_t room = file.block->room().size();
  auto read = file.reader->read(file.block->room());
  if (!read) {
    fail_file(read.error());
    return Refill::file_failed;
  }
  file.at_end = *read < room && !file.reader->error_follows();
  // The message at hand of a file that has shrunk is cut off: it is no message that was stored.
  if (file.at_end && file.file && file.file->offset() < file.file->size().value_or(0)) {
    if (*read == 0) {
      fail_file({0, file.path, file.file->offset(), "has become shorter while it was read"});
      return Refill::file_failed;
    }
    file.at_end = false;
  }
  file.block->used += *read;
  if (file.file) bytes_done_.fetch_add(*read, std::memory_order_relaxed);
  return Refill::done;
}

/// A new file goes into the rest of the batch's block if it fits there.
bool Source::place_first_window(const Batch& batch) {
  File& file = *file_;
  const std::uint64_t wanted = file.reader->size().value_or(kBlockBytes) + 1;
  const bool fits =
      batch.block && batch.block->room().size() >= std::max<std::uint64_t>(wanted, kMinRoom);
  if (!fits && !batch.messages.empty()) return false;
  file.block = fits ? batch.block : pool_.get(kBlockBytes);
  file.begin = file.block->used;
  return true;
}

/// Moves what is still needed of the window to the front of a new block.
bool Source::move_window(const Batch& batch) {
  File& file = *file_;
  if (!batch.messages.empty()) return false;
  const std::size_t keep_from = first_octet_to_keep();
  const std::string_view kept = file.window().substr(keep_from);
  // Twice the octets at hand, so that a long message is not copied again and again.
  const std::size_t size = std::max(
      kBlockBytes, std::min(kept.size() * 2, whole_message_bytes_) + 2 * mbox::kLookAheadBytes);
  std::shared_ptr<Block> block = pool_.get(size);
  std::memcpy(block->data.get(), kept.data(), kept.size());
  block->used = kept.size();
  file.block = std::move(block);
  file.begin = 0;
  file.base += keep_from;
  file.search_from -= std::min(file.search_from, keep_from);
  file.digested_to -= std::min(file.digested_to, keep_from);
  if (file.message_begin) *file.message_begin -= keep_from;
  return true;
}

std::size_t Source::first_octet_to_keep() const {
  const File& file = *file_;
  // The search for a postmark looks back on the few octets before it.
  std::size_t keep_from =
      file.is_mbox ? file.search_from - std::min(file.search_from, mbox::kLookBehindBytes)
                   : file.window().size();
  if (file.streamed_from) keep_from = std::min(keep_from, file.digested_to);
  if (file.message_begin) keep_from = std::min(keep_from, *file.message_begin);
  return file.sniffed ? keep_from : 0;
}

Source::Step Source::sniff_file() {
  File& file = *file_;
  if (file.file && (io::sniff_container(file.window()) != io::ContainerKind::none ||
                    io::sniff_records(file.window().substr(0, io::kRecordSniffBytes),
                                      options_.records) != io::RecordForm::none)) {
    begin_container();
    return Step::file_done;
  }
  const mbox::Sniffed sniffed = mbox::sniff(file.window().substr(0, mbox::kSniffBytes));
  file.sniffed = true;
  if (sniffed.content == mbox::Content::mbox) {
    begin_mbox(sniffed.offset);
    return Step::go_on;
  }
  if (sniffed.content == mbox::Content::message || sniffed.content == mbox::Content::emlx) {
    // What stands before the message (a byte order mark) is none of its header.
    file.message_begin = sniffed.offset;
    const bool is_emlx = sniffed.content == mbox::Content::emlx;
    add_gap(is_emlx ? GapKind::store_data : GapKind::leading, 0, sniffed.offset);
    if (is_emlx) {
      file.message_end = sniffed.offset + sniffed.length;
      if (io::is_partial_emlx(file.name())) file.notes.push_back(MessageNote::partial_message);
    }
    return Step::go_on;
  }
  if (pass_over_companion()) return Step::file_done;
  add_problem(problem_here(sniffed.offset, std::string(sniffed.reason), ProblemReason::no_mail));
  file.rejected = true;
  return Step::file_done;
}

/// A file that is one message.
Source::Step Source::read_message(Batch& batch) {
  File& file = *file_;
  if (file.rest_from) return read_rest();
  const std::uint64_t seen = file.base + file.window().size();
  const std::uint64_t end = std::min(seen, file.message_end.value_or(seen));
  const auto end_in_window = static_cast<std::size_t>(end - file.base);
  const bool ends = file.at_end || (file.message_end && seen >= *file.message_end + kPlistBytes);
  const bool is_large = end_in_window >= whole_message_bytes_;
  if (ends && file.message_end && (end != *file.message_end || !ends_or_plist(end_in_window))) {
    file.notes.push_back(MessageNote::size_differs);
  }
  if (!file.message_end && !file.streamed_from && (is_large || ends)) look_for_postmarks();
  if (file.streamed_from || is_large) {
    stream_to(end_in_window);
    if (!ends) return Step::need_octets;
    end_streamed(batch);
  } else {
    if (!ends) return Step::need_octets;
    add_message(batch, *file.message_begin, end_in_window);
    file.message_begin.reset();
  }
  file.rest_from = end;
  return read_rest();
}

/// True if at `at` the file ends, or a property list begins.
bool Source::ends_or_plist(std::size_t at) const {
  const std::string_view rest = file_->window().substr(at);
  return rest.empty() || rest.starts_with("<?xml") || rest.starts_with("<plist") ||
         rest.starts_with("bplist");
}

/// What stands behind the one message of a file: the property list of an emlx.
Source::Step Source::read_rest() {
  const File& file = *file_;
  if (!file.at_end) return Step::need_octets;
  add_gap(GapKind::store_data, *file.rest_from, file.base + file.window().size() - *file.rest_from);
  return Step::file_done;
}

/// A file without mail that belongs to a mail store is a gap and no problem.
bool Source::pass_over_companion() {
  const File& file = *file_;
  const bool is_empty_folder =
      file.file && file.window().empty() && ::access((file.path + ".msf").c_str(), F_OK) == 0;
  if (!is_empty_folder && !io::is_companion(file.name())) return false;
  ++passed_over_.companions;
  file_->passed_over = true;
  return true;
}

/// Whether the message has the size that its name in a Maildir says.
void Source::note_sizes(BatchMessage& message) const {
  const io::MaildirSizes sizes = io::maildir_sizes(file_->name());
  bool differs = sizes.stored && *sizes.stored != message.origin.length;
  if (sizes.with_crlf && !message.digested) {
    std::uint64_t with_crlf = message.bytes.size();
    for (std::size_t at = message.bytes.find('\n'); at != std::string_view::npos;
         at = message.bytes.find('\n', at + 1)) {
      if (at == 0 || message.bytes[at - 1] != '\r') ++with_crlf;
    }
    differs = differs || *sizes.with_crlf != with_crlf;
  }
  if (differs) message.notes.push_back(MessageNote::size_differs);
}

/// An mbox whose first postmark was cut off begins like a message. It is not split, since a message
/// may well hold an mbox; but it is said, and where its name does not say that it is a message, it
/// counts as a problem.
void Source::look_for_postmarks() {
  File& file = *file_;
  const mbox::Search search =
      mbox::find_separator(file.window(), std::min<std::size_t>(1, file.window().size()),
                           {.at_file_start = false, .at_file_end = file.at_end});
  if (!search.found || search.found->form != mbox::PostmarkForm::strict) return;
  file.notes.push_back(MessageNote::holds_postmarks);
  if (file.name().ends_with(".eml")) return;
  add_problem(problem_here(
      file.base + search.found->postmark,
      "reads as an mbox from here on, but begins as a message: taken as one message; if its "
      "beginning was cut off, scan it from this offset on",
      ProblemReason::begins_cut_off));
}

Origin Source::next_origin(std::uint64_t offset, std::uint64_t length) {
  Origin origin;
  origin.archive = file_->path;
  origin.member = file_->member;
  origin.index = index_++;
  origin.offset = offset;
  origin.length = length;
  ByteAccount& account = accounts_.back();
  ++account.messages;
  account.message_bytes += length;
  return origin;
}

void Source::add_message(Batch& batch, std::size_t begin, std::size_t end) {
  BatchMessage& message = batch.messages.emplace_back();
  message.bytes = file_->window().substr(begin, end - begin);
  message.origin = next_origin(file_->base + begin, end - begin);
  message.path = accounts_.size() - 1;
  add_notes(message);
  batch.block = file_->block;
  batch.bytes += end - begin;
}

void Source::add_notes(BatchMessage& message) {
  if (file_->is_pipermail) message.notes.push_back(MessageNote::not_verifiable_form);
  if (!file_->is_mbox) {
    message.notes.insert(message.notes.end(), file_->notes.begin(), file_->notes.end());
    file_->notes.clear();
    note_sizes(message);
  }
  if (file_->note) message.notes.push_back(*file_->note);
}

/// Digests the window up to `end` as part of a message that is not held as a whole.
void Source::stream_to(std::size_t end) {
  File& file = *file_;
  const std::string_view window = file.window();
  if (!file.streamed_from) {
    file.streamed_from = file.base + *file.message_begin;
    file.digested_to = end;
    const std::string_view front = window.substr(*file.message_begin, end - *file.message_begin);
    digester_.begin(front);
    if (hasher_) {
      hasher_->begin();
      hasher_->update(front);
    }
    file.message_begin.reset();
    return;
  }
  if (end <= file.digested_to) return;
  const std::string_view piece = window.substr(file.digested_to, end - file.digested_to);
  digester_.feed(piece);
  if (hasher_) hasher_->update(piece);
  file.digested_to = end;
}

void Source::end_streamed(Batch& batch) {
  File& file = *file_;
  BatchMessage& message = batch.messages.emplace_back();
  const std::uint64_t end = file.base + file.digested_to;
  message.origin = next_origin(*file.streamed_from, end - *file.streamed_from);
  message.path = accounts_.size() - 1;
  message.digested = digester_.finish();
  if (hasher_) message.digested->sha256 = hasher_->finish();
  add_notes(message);
  if (options_.limits.nested && message.digested->kind.may_hold_messages) {
    message.notes.push_back(MessageNote::nested_not_read);
  }
  file.streamed_from.reset();
}

/// Octets of a file, or of a member whose container counts for itself.
void Source::add_to_size(std::uint64_t file_bytes) {
  if (file_->file) {
    accounts_.back().size += file_bytes;
  } else {
    container_leaves_ += file_bytes;
  }
}

void Source::end_file() {
  const File& file = *file_;
  const std::uint64_t read = file.base + file.window().size();
  std::uint64_t size = read;
  if (file.rejected || file.passed_over) {
    // The rest of it is not read: it is rejected as a whole.
    size = file.reader->size().value_or(read);
    if (!file.file) size = leave_member();
    if (file.rejected) {
      accounts_.back().rejected_bytes += size;
    } else {
      add_gap(GapKind::passed_over, 0, size);
    }
  }
  add_to_size(size);
  file_.reset();
}

void Source::fail_file(const io::IoError& error) {
  if (!options_.stop.stop_requested()) {
    ScanProblem problem = problem_here(error.offset, reason_text(error), error.reason);
    add_problem(std::move(problem));
  }
  abandon_file();
}

/// Leaves a file that is not read to its end.
void Source::abandon_file() {
  const File& file = *file_;
  // Complete messages have been taken; the one at hand and all behind it are rejected.
  const std::uint64_t read = file.base + (file.block ? file.window().size() : 0);
  std::uint64_t size = read;
  if (file.file) size = std::max(file.reader->size().value_or(read), read);
  if (!file.file && !is_stopped()) size = leave_member();
  std::uint64_t taken = file.base + file.message_begin.value_or(0);
  if (file.streamed_from) taken = *file.streamed_from;
  if (file.rest_from) taken = *file.rest_from;
  add_to_size(size);
  accounts_.back().rejected_bytes += size - taken;
  file_.reset();
}

ScanProblem Source::problem_here(std::uint64_t offset, std::string what,
                                 ProblemReason reason) const {
  return {file_->path, offset, std::move(what), file_->member, reason};
}

/// A gap in the file at hand.
void Source::add_gap(GapKind kind, std::uint64_t offset, std::uint64_t length) {
  if (length == 0) return;
  ByteAccount& account = accounts_.back();
  account.gap_bytes += length;
  account.gaps[static_cast<std::size_t>(kind)] += length;
  if (kind == GapKind::separator) return;
  ++gap_count_;
  if (gaps_.size() >= kMaxGaps) return;
  if (file_) {
    gaps_.push_back({file_->path, file_->member, offset, length, kind});
  } else {
    gaps_.push_back({*container_, {}, offset, length, kind});
  }
}

void Source::add_problem(ScanProblem problem) {
  ++problem_count_;
  ++problem_reasons_[static_cast<std::size_t>(problem.reason)];
  if (problems_.size() < kMaxProblems) problems_.push_back(std::move(problem));
}

}  // namespace mailassay::engine
