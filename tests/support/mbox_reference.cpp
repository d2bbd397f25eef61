#include "support/mbox_reference.h"

#include <algorithm>
#include <array>

#include "support/exact_copy.h"

namespace mailassay::test {
namespace {

using mbox::MessageRange;
using mbox::PostmarkForm;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Lines with their line ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_empty_line(std::string_view line) { return line == "\n" || line == "\r\n"; }

bool begins_header(std::string_view line) {
  return line.starts_with(">From ") || mbox::looks_like_field(line);
}

bool is_separator(const std::vector<std::string_view>& lines, std::size_t at) {
  std::string_view line = lines[at];
  if (at == 0 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  const std::string_view text = without_line_end(line);
  const auto postmark = mbox::parse_postmark(text);
  if (!postmark || line.size() > mbox::kMaxPostmarkBytes + 2) return false;
  if (at == 0) return true;
  const bool whole = postmark->dated && postmark->form != PostmarkForm::tolerant;
  const std::string_view next = at + 1 < lines.size() ? lines[at + 1] : std::string_view();
  if (is_empty_line(lines[at - 1])) return whole || next.empty() || begins_header(next);
  return (whole || text == "From - ") && begins_header(next);
}

}  // namespace

std::vector<MessageRange> split_by_lines(std::string_view archive) {
  const std::vector<std::string_view> lines = lines_of(archive);
  std::vector<MessageRange> messages;
  std::size_t offset = 0;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const bool separator = is_separator(lines, at);
    if (!separator && !messages.empty()) messages.back().length += lines[at].size();
    const bool last = at + 1 == lines.size();
    // An empty line that ends the message: the one before this postmark, or the file's last.
    const std::size_t candidate = separator ? at - 1 : at;
    if (!messages.empty() && messages.back().length != 0 && (separator || last) &&
        is_empty_line(lines[candidate])) {
      messages.back().length -= lines[candidate].size();
    }
    if (separator) {
      const bool marked = at == 0 && lines[0].starts_with(kByteOrderMark);
      messages.push_back(
          {offset + (marked ? kByteOrderMark.size() : 0), offset + lines[at].size(), 0});
    }
    offset += lines[at].size();
  }
  return messages;
}

std::optional<std::vector<MessageRange>> split_by_windows(
    std::string_view archive, std::size_t capacity, const std::function<std::size_t()>& next_block,
    std::size_t begin, std::size_t end) {
  std::vector<MessageRange> messages;
  bool open = false;
  std::size_t from = std::min(begin, archive.size());
  std::size_t base = from - std::min(from, mbox::kLookBehindBytes);
  std::size_t filled = from;
  while (true) {
    const ExactCopy window(archive.substr(base, filled - base));
    const bool at_end = filled == archive.size();
    const mbox::Search search =
        mbox::find_separator(window.view(), from - base, {base == 0, at_end});
    if (base + search.resume < from || search.resume > window.view().size()) return std::nullopt;
    from = base + search.resume;
    if (search.found) {
      const std::size_t message_end = base + search.found->begin;
      if (open) messages.back().length = message_end - messages.back().offset;
      open = base + search.found->postmark < end;
      if (!open) return messages;
      messages.push_back({base + search.found->postmark, base + search.found->content, 0});
      continue;
    }
    if (at_end) {
      if (!open) return messages;
      MessageRange& last = messages.back();
      const std::size_t tail = std::max<std::size_t>(base, last.offset);
      last.length =
          filled - mbox::trailing_empty_line(window.view().substr(tail - base)) - last.offset;
      return messages;
    }
    base = std::max(base, from - std::min(from, mbox::kLookBehindBytes));
    const std::size_t room = base + capacity - filled;
    if (room == 0) return std::nullopt;
    filled += std::min({room, std::max<std::size_t>(next_block(), 1), archive.size() - filled});
  }
}

std::string account_error(std::string_view archive, const std::vector<MessageRange>& messages) {
  std::size_t at = 0;
  for (std::size_t index = 0; index < messages.size(); ++index) {
    const MessageRange& message = messages[index];
    const std::string where = "message " + std::to_string(index) + ": ";
    if (message.postmark < at || message.offset <= message.postmark ||
        message.offset + message.length > archive.size()) {
      return where + "out of order";
    }
    const std::string_view gap = archive.substr(at, message.postmark - at);
    if (index != 0 && !gap.empty() && !is_empty_line(gap)) return where + "octets are lost";
    const std::string_view line =
        archive.substr(message.postmark, message.offset - message.postmark);
    if (!line.starts_with("From ") || line.find('\n') < line.size() - 1) {
      return where + "no postmark line";
    }
    at = message.offset + message.length;
  }
  const std::string_view rest = archive.substr(at);
  const bool sound = messages.empty() || rest.empty() || is_empty_line(rest);
  return sound ? "" : "octets are lost at the end";
}

std::string random_archive(const std::function<std::size_t()>& random) {
  static constexpr std::array<std::string_view, 34> kPieces = {
      "From jo@example.com Mon Jan  5 10:00:00 2020",
      "From - Mon Jan  5 10:00:00 2020",
      "From 1844@xxx",
      "From - ",
      "From -",
      "From MAILER-DAEMON",
      "From here on we go",
      "From ",
      "From",
      "Fr",
      ">From ",
      ">From x",
      ">",
      "\n",
      "\n",
      "\n",
      "\n\n",
      "\n\n",
      "\r\n",
      "\r\n",
      "\r\n\r\n",
      "\r",
      "Subject: x\n",
      "A:",
      "b : c\r\n",
      "http://",
      "http:",
      ":",
      " ",
      "body",
      "\nFrom ",
      "\n\nFrom jo@example.com\nA: b\n",
      "\xEF\xBB\xBF",
      "\xEF",
  };
  std::string archive;
  if (random() % 4 == 0) archive = kByteOrderMark;
  const std::size_t pieces = random() % 60;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    if (random() % 64 == 0) {
      archive += std::string(random() % (2 * mbox::kMaxPostmarkBytes), "x: "[random() % 3]);
    }
    archive += kPieces[random() % kPieces.size()];
  }
  return archive;
}

}  // namespace mailassay::test
