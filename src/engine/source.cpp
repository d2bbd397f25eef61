#include "engine/source.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "mbox/sniff.h"
#include "mbox/splitter.h"

namespace mailassay::engine {
namespace {

/// A file goes into the rest of a block that is in use only if that rest is worth a read.
constexpr std::size_t kMinRoom = kBlockBytes / 16;
/// Share of --memory that one message may take as a whole.
constexpr std::uint64_t kWholeMessageShare = 8;
constexpr std::uint64_t kMaxWholeMessage = std::uint64_t{64} * 1024 * 1024;

std::size_t whole_message_bytes(const ScanOptions& options) {
  const std::uint64_t by_memory =
      std::min(options.memory_bytes / kWholeMessageShare, kMaxWholeMessage);
  // A header block within its limit always comes as a whole.
  const std::uint64_t by_header = options.limits.header_bytes + mbox::kSniffBytes;
  return static_cast<std::size_t>(std::max(by_memory, by_header));
}

/// What was tried and what the system says to it; the path stands elsewhere.
std::string reason_text(const io::IoError& error) {
  if (error.error_number == 0) return error.what;
  return error.what + ": " + std::generic_category().message(error.error_number);
}

}  // namespace

Source::Source(const ScanOptions& options, std::vector<FileId> own_outputs)
    : options_(options),
      own_outputs_(std::move(own_outputs)),
      whole_message_bytes_(whole_message_bytes(options)),
      digester_(options.limits) {}

std::unique_ptr<Batch> Source::next() {
  auto batch = std::make_unique<Batch>();
  while (!batch->full() && !options_.stop.stop_requested()) {
    if (!file_ && !next_file()) break;
    if (work_on_file(*batch)) break;
  }
  if (options_.stop.stop_requested() && file_) abandon_file();
  if (batch->messages.empty()) return nullptr;
  batch->number = next_number_++;
  return batch;
}

/// Opens the next file that can be opened.
///
/// Result: false if no path is left.
bool Source::next_file() {
  for (;;) {
    if (!walk_) {
      if (next_path_ == options_.paths.size()) return false;
      accounts_.emplace_back().path = options_.paths[next_path_];
      walk_.emplace(std::vector{options_.paths[next_path_]});
      walk_errors_taken_ = 0;
      ++next_path_;
    }
    const std::optional<std::string> path = walk_->next();
    take_walk_errors();
    if (!path) {
      const io::WalkCounts& counts = walk_->counts();
      passed_over_.hidden += counts.hidden;
      passed_over_.folder_links += counts.directory_links;
      passed_over_.special += counts.special;
      walk_.reset();
      continue;
    }
    if (is_own_output(*path)) {
      // Below a folder that is as it should be; by its name it was asked for.
      if (*path == accounts_.back().path)
        add_problem({*path, std::nullopt, "is an output of this scan"});
      continue;
    }
    auto opened = io::FileReader::open(*path, options_.stop);
    if (!opened) {
      add_problem({opened.error().path, std::nullopt, reason_text(opened.error())});
      continue;
    }
    ++accounts_.back().files;
    file_.emplace(std::move(*opened));
    return true;
  }
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
    add_problem({error.path, std::nullopt, reason_text(error)});
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
      end_file();
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
  auto read = file.reader.read(file.block->room());
  if (!read) {
    fail_file(read.error());
    return Refill::file_failed;
  }
  file.at_end = *read < room && !file.reader.error_follows();
  file.block->used += *read;
  bytes_done_.fetch_add(*read, std::memory_order_relaxed);
  return Refill::done;
}

/// A new file goes into the rest of the batch's block if it fits there.
bool Source::place_first_window(const Batch& batch) {
  File& file = *file_;
  const std::uint64_t wanted = file.reader.size().value_or(kBlockBytes) + 1;
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
  const mbox::Sniffed sniffed = mbox::sniff(file.window().substr(0, mbox::kSniffBytes));
  file.sniffed = true;
  file.is_mbox = sniffed.content == mbox::Content::mbox;
  if (file.is_mbox) return Step::go_on;
  if (sniffed.content == mbox::Content::message) {
    // What stands before the message (a byte order mark) is none of its header.
    file.message_begin = sniffed.offset;
    accounts_.back().gap_bytes += sniffed.offset;
    return Step::go_on;
  }
  add_problem({file.reader.path(), sniffed.offset, std::string(sniffed.reason)});
  // The rest of it is not read: it is rejected as a whole.
  accounts_.back().rejected_bytes += file.reader.size().value_or(file.window().size());
  return Step::file_done;
}

/// A file that is one message.
Source::Step Source::read_message(Batch& batch) {
  File& file = *file_;
  const std::size_t size = file.window().size();
  const bool is_large = size >= whole_message_bytes_;
  if (!file.streamed_from && (is_large || file.at_end)) look_for_postmarks();
  if (file.streamed_from || is_large) {
    stream_to(size);
    if (!file.at_end) return Step::need_octets;
    end_streamed(batch);
    return Step::file_done;
  }
  if (!file.at_end) return Step::need_octets;
  add_message(batch, *file.message_begin, size);
  return Step::file_done;
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
  file.holds_postmarks = true;
  if (file.reader.path().ends_with(".eml")) return;
  add_problem({file.reader.path(), file.base + search.found->postmark,
               "reads as an mbox from here on, but begins as a message: taken as one message; if "
               "its beginning was cut off, scan it from this offset on"});
}

Source::Step Source::read_mbox(Batch& batch) {
  File& file = *file_;
  while (!batch.full()) {
    const std::size_t size = file.window().size();
    const mbox::Search search =
        mbox::find_separator(file.window(), file.search_from,
                             {.at_file_start = file.base == 0, .at_file_end = file.at_end});
    file.search_from = search.resume;
    if (search.found) {
      take_separator(batch, search.found->begin, search.found->content);
      continue;
    }
    if (file.at_end) {
      take_end(batch);
      return Step::file_done;
    }
    // Octets that no postmark can reach any more belong to the message for certain.
    const std::size_t certain = search.resume - std::min(search.resume, mbox::kLookBehindBytes);
    if (file.streamed_from ||
        (file.message_begin && size - *file.message_begin >= whole_message_bytes_)) {
      stream_to(certain);
    }
    return Step::need_octets;
  }
  return Step::go_on;
}

/// A separator from `begin` to `content` ends the message at hand and begins the next.
void Source::take_separator(Batch& batch, std::size_t begin, std::size_t content) {
  File& file = *file_;
  ByteAccount& account = accounts_.back();
  if (file.streamed_from) {
    stream_to(begin);
    end_streamed(batch);
  } else if (file.message_begin) {
    add_message(batch, *file.message_begin, begin);
  } else {
    account.gap_bytes += file.base + begin;
  }
  account.gap_bytes += content - begin;
  file.message_begin = content;
}

/// The end of the file ends the message at hand.
void Source::take_end(Batch& batch) {
  File& file = *file_;
  const std::string_view tail = file.window().substr(
      file.streamed_from ? file.digested_to : file.message_begin.value_or(file.window().size()));
  const std::size_t blank = mbox::trailing_empty_line(tail);
  const std::size_t end = file.window().size() - blank;
  if (file.streamed_from) {
    stream_to(end);
    end_streamed(batch);
  } else if (file.message_begin) {
    add_message(batch, *file.message_begin, end);
  }
  accounts_.back().gap_bytes += blank;
}

Origin Source::next_origin(std::uint64_t offset, std::uint64_t length) {
  Origin origin;
  origin.archive = file_->reader.path();
  origin.index = file_->index++;
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
  message.holds_postmarks = file_->holds_postmarks;
  batch.block = file_->block;
  batch.bytes += end - begin;
}

/// Digests the window up to `end` as part of a message that is not held as a whole.
void Source::stream_to(std::size_t end) {
  File& file = *file_;
  const std::string_view window = file.window();
  if (!file.streamed_from) {
    file.streamed_from = file.base + *file.message_begin;
    file.digested_to = end;
    digester_.begin(window.substr(*file.message_begin, end - *file.message_begin));
    file.message_begin.reset();
    return;
  }
  if (end <= file.digested_to) return;
  digester_.feed(window.substr(file.digested_to, end - file.digested_to));
  file.digested_to = end;
}

void Source::end_streamed(Batch& batch) {
  File& file = *file_;
  BatchMessage& message = batch.messages.emplace_back();
  const std::uint64_t end = file.base + file.digested_to;
  message.origin = next_origin(*file.streamed_from, end - *file.streamed_from);
  message.path = accounts_.size() - 1;
  message.holds_postmarks = file.holds_postmarks;
  message.digested = digester_.finish();
  file.streamed_from.reset();
}

void Source::end_file() {
  const File& file = *file_;
  const bool rejected = !file.is_mbox && !file.message_begin && file.index == 0;
  const std::uint64_t read = file.base + file.window().size();
  accounts_.back().size += rejected ? file.reader.size().value_or(read) : read;
  file_.reset();
}

void Source::fail_file(const io::IoError& error) {
  if (!options_.stop.stop_requested()) {
    add_problem({error.path, error.offset, reason_text(error)});
  }
  abandon_file();
}

/// Leaves a file that is not read to its end.
void Source::abandon_file() {
  const File& file = *file_;
  // Complete messages have been taken; the one at hand and all behind it are rejected.
  const std::uint64_t read = file.base + (file.block ? file.window().size() : 0);
  const std::uint64_t size = std::max(file.reader.size().value_or(read), read);
  const std::uint64_t taken =
      file.streamed_from ? *file.streamed_from : file.base + file.message_begin.value_or(0);
  accounts_.back().size += size;
  accounts_.back().rejected_bytes += size - taken;
  file_.reset();
}

void Source::add_problem(ScanProblem problem) {
  ++problem_count_;
  if (problems_.size() < kMaxProblems) problems_.push_back(std::move(problem));
}

}  // namespace mailassay::engine
