// Messages of an mbox: the windows of it, and what Content-Length says.
#include <algorithm>
#include <string>

#include "base/bytes.h"
#include "engine/source.h"
#include "mbox/content_length.h"
#include "mbox/postmark.h"
#include "mbox/splitter.h"

namespace mailassay::engine {
namespace {

/// Messages of an mbox by which it is decided whether its writer puts Content-Length into each.
constexpr std::uint64_t kLengthSamples = 16;
/// So far ahead a length is proven where nothing can be read out of order.
constexpr std::uint64_t kProofAhead = std::uint64_t{8} * 1024 * 1024;
/// An mbox with so many more refuted lengths than believed ones is not asked any more.
constexpr std::uint64_t kMaxRefuted = 64;
/// Octets at the front of an mbox in which quoted lines are looked for.
constexpr std::size_t kQuoteSample = std::size_t{64} * 1024;

}  // namespace

/// Looks at the front of an mbox for what tells the variants apart.
void Source::begin_mbox(std::size_t postmark) {
  File& file = *file_;
  file.is_mbox = true;
  const std::string_view front = file.window().substr(0, kQuoteSample);
  const std::string_view first = front.substr(postmark);
  const std::size_t line = first.find('\n');
  file.is_pipermail = line != std::string_view::npos &&
                      mbox::is_disguised(first.substr(0, line), first.substr(line + 1));
  for (std::size_t at = front.find(">From "); at != std::string_view::npos;
       at = front.find(">From ", at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && front[begin - 1] == '>') --begin;
    if (begin == 0 || front[begin - 1] != '\n') continue;
    // A stray postmark behind the postmark is no quoted line of a body.
    const std::string_view rest = front.substr(at + 1);
    if (begin == at && mbox::parse_postmark(rest.substr(0, rest.find_first_of("\r\n")))) continue;
    (begin == at ? file.lengths.quoted : file.lengths.quoted_twice) = true;
  }
  const MboxFormat format = options_.mbox_format;
  if (format == MboxFormat::mboxo || format == MboxFormat::mboxrd) file.lengths.done = true;
  file.lengths.all = format == MboxFormat::mboxcl || format == MboxFormat::mboxcl2;
}

Source::Step Source::read_mbox(Batch& batch) {
  File& file = *file_;
  while (!batch.full()) {
    const std::size_t size = file.window().size();
    if (file.lengths.skip_to) {
      file.search_from = static_cast<std::size_t>(
          std::min<std::uint64_t>(size, std::max(*file.lengths.skip_to, file.base) - file.base));
      if (file.base + size >= *file.lengths.skip_to) file.lengths.skip_to.reset();
    }
    const mbox::Search search =
        mbox::find_separator(file.window(), file.search_from,
                             {.at_file_start = file.base == 0, .at_file_end = file.at_end});
    file.search_from = search.resume;
    if (search.found) {
      std::size_t end = search.found->begin;
      switch (settle_end(*search.found, end)) {
        case Ending::here:
          take_separator(batch, end, search.found->content);
          continue;
        case Ending::further_on:
          continue;
        case Ending::open:
          file.search_from = search.found->postmark;
          return Step::need_octets;
      }
    }
    if (file.at_end) {
      take_end(batch);
      return Step::file_done;
    }
    // Octets that no postmark can reach any more belong to the message for certain.
    const std::size_t certain = search.resume - std::min(search.resume, mbox::kLookBehindBytes);
    if (file.streamed_from ||
        (file.message_begin && size - *file.message_begin >= whole_message_bytes_)) {
      learn_length(size);
      stream_to(certain);
    }
    return Step::need_octets;
  }
  return Step::go_on;
}

/// Reads Content-Length of the message at hand, once, from the window up to `end`.
void Source::learn_length(std::size_t end) {
  File& file = *file_;
  Lengths& lengths = file.lengths;
  if (lengths.learned || lengths.done || !file.message_begin) return;
  lengths.learned = true;
  ++lengths.looked;
  const std::size_t begin = *file.message_begin;
  if (const auto bytes = mbox::declared_message_bytes(file.window().substr(begin, end - begin))) {
    lengths.end = file.base + begin + *bytes;
    ++lengths.found;
  }
  // A writer of lengths puts one into each message.
  if (!lengths.all && lengths.looked >= kLengthSamples && lengths.found == 0) lengths.done = true;
}

/// Decides whether a separator ends the message at hand, and where exactly.
Source::Ending Source::settle_end(const mbox::Separator& separator, std::size_t& end) {
  File& file = *file_;
  Lengths& lengths = file.lengths;
  learn_length(separator.postmark);
  if (!lengths.end) return Ending::here;
  const std::uint64_t postmark = file.base + separator.postmark;
  if (*lengths.end > postmark) {
    if (lengths.refuted) return Ending::here;
    switch (prove_length(*lengths.end)) {
      case mbox::Proof::proven:
        ++lengths.skipped;
        lengths.skip_to = *lengths.end;
        return Ending::further_on;
      case mbox::Proof::open:
        return Ending::open;
      case mbox::Proof::refuted:
        refute_length();
        return Ending::here;
    }
  }
  if (const auto exact = believed_end(separator.begin, separator.postmark)) {
    end = *exact;
    ++lengths.believed;
  } else {
    refute_length();
  }
  return Ending::here;
}

void Source::refute_length() {
  Lengths& lengths = file_->lengths;
  if (lengths.refuted) return;
  lengths.refuted = true;
  ++lengths.refuted_count;
  if (!lengths.all && lengths.refuted_count > kMaxRefuted + lengths.believed) lengths.done = true;
}

/// Where Content-Length ends the message, if it is between the end found without it and `next`, or
/// a line end before.
std::optional<std::size_t> Source::believed_end(std::size_t found, std::size_t next) const {
  const File& file = *file_;
  if (!file.lengths.end || *file.lengths.end < file.base) return std::nullopt;
  const auto end = static_cast<std::size_t>(*file.lengths.end - file.base);
  if (end > next) return std::nullopt;
  if (end >= found || mbox::is_line_end_or_nothing(file.window().substr(end, next - end))) {
    return end;
  }
  return std::nullopt;
}

/// Whether a message can end at this offset of the file.
mbox::Proof Source::prove_length(std::uint64_t end) {
  File& file = *file_;
  const std::string_view window = file.window();
  const std::uint64_t in_window = end - file.base;
  if (in_window <= window.size()) {
    const auto proof =
        mbox::prove_end(window, static_cast<std::size_t>(in_window),
                        {.at_file_start = file.base == 0, .at_file_end = file.at_end});
    if (proof != mbox::Proof::open) return proof;
  }
  if (file.at_end) return mbox::Proof::refuted;
  if (file.file && file.file->size()) {
    std::string around(mbox::kLookBehindBytes + mbox::kProofBytes, '\0');
    const auto got = file.file->read_at(end - mbox::kLookBehindBytes, around);
    if (!got || *got < mbox::kLookBehindBytes) return mbox::Proof::refuted;
    const bool to_end = *got < around.size();
    const auto proof = mbox::prove_end(std::string_view(around).substr(0, *got),
                                       mbox::kLookBehindBytes, {false, to_end});
    return proof == mbox::Proof::open ? mbox::Proof::refuted : proof;
  }
  // Only what is still to be held as a whole can be waited for.
  const bool near = in_window <= kProofAhead && file.message_begin &&
                    in_window - *file.message_begin < whole_message_bytes_;
  return near ? mbox::Proof::open : mbox::Proof::refuted;
}

/// A separator from `begin` to `content` ends the message at hand and begins the next.
void Source::take_separator(Batch& batch, std::size_t begin, std::size_t content) {
  File& file = *file_;
  if (file.streamed_from) {
    stream_to(begin);
    end_streamed(batch);
  } else if (file.message_begin) {
    add_message(batch, *file.message_begin, begin);
  } else {
    add_gap(GapKind::leading, 0, file.base + begin);
  }
  add_gap(GapKind::separator, file.base + begin, content - begin);
  file.message_begin = content;
  file.lengths.end.reset();
  file.lengths.learned = file.lengths.refuted = false;
}

/// The end of the file ends the message at hand.
void Source::take_end(Batch& batch) {
  File& file = *file_;
  const std::size_t size = file.window().size();
  learn_length(size);
  const std::string_view tail = file.window().substr(
      file.streamed_from ? file.digested_to : file.message_begin.value_or(size));
  std::size_t end = size - mbox::trailing_empty_line(tail);
  if (file.lengths.end) {
    const auto exact = believed_end(end, size);
    if (exact && *exact >= size - tail.size()) {
      end = *exact;
      ++file.lengths.believed;
    } else {
      refute_length();
    }
  }
  if (file.streamed_from) {
    stream_to(end);
    end_streamed(batch);
  } else if (file.message_begin) {
    add_message(batch, *file.message_begin, end);
  }
  add_gap(GapKind::separator, file.base + end, size - end);
  count_variant();
}

/// Which variant this mbox is, as far as it shows.
void Source::count_variant() {
  const Lengths& lengths = file_->lengths;
  MboxVariant variant = MboxVariant::unquoted;
  if (file_->is_pipermail) {
    variant = MboxVariant::pipermail;
  } else if (options_.mbox_format != MboxFormat::detect) {
    variant = static_cast<MboxVariant>(static_cast<int>(options_.mbox_format) - 1);
  } else if (lengths.skipped > 0) {
    variant = MboxVariant::mboxcl2;
  } else if (lengths.believed > 0 && lengths.believed * 2 >= lengths.looked) {
    variant = MboxVariant::mboxcl;
  } else if (lengths.quoted_twice) {
    variant = MboxVariant::mboxrd;
  } else if (lengths.quoted) {
    variant = MboxVariant::mboxo;
  }
  MboxCounts& counts = mbox_counts_;
  ++counts.variants[static_cast<std::size_t>(variant)];
  counts.lengths_believed += lengths.believed;
  counts.lengths_refuted += lengths.refuted_count;
  counts.postmarks_in_bodies += lengths.skipped;
}

}  // namespace mailassay::engine
