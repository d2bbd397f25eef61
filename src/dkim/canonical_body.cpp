#include "dkim/canonical_body.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/ascii.h"
#include "base/assert.h"
#include "dkim/octet_scan.h"

namespace mailassay::dkim {
namespace {

constexpr std::string_view kCrlf = "\r\n";
/// A slice of line feeds doubles; a blank and a CR may be pending before it, and whole blocks are
/// stored where only a part of one counts.
constexpr std::size_t kBufferBytes = 2 * BodyCanonicalizer::kPieceBytes + 2 * kScanWidth;

constexpr std::array<char, 1024> kLineEnds = [] {
  std::array<char, 1024> text{};
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = kCrlf[i % 2];
  return text;
}();

/// Where a run of white space ends that begins at or behind `at`.
std::size_t end_of_blanks(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && ascii::is_wsp(text[at])) ++at;
  return at;
}

/// True if a line end (LF or CR LF) stands at `at`.
bool is_line_end(std::string_view text, std::size_t at) noexcept {
  return text[at] == '\n' || (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n');
}

/// The octets of a block, and the one behind it, that cannot be copied as they are. What is a line
/// end or white space is always among them; the work at each looks closer.
template <BodyCanon canon>
std::uint64_t find_events(const char* block) noexcept {
  const ScanMasks masks = scan_octets(block);
  if constexpr (canon == BodyCanon::simple) return masks.line_feed;
  // A single space between text is already canonical. One that is followed by white space or by a
  // line end is not.
  const std::uint64_t behind = is_low(block[kScanWidth]) ? 1U : 0U;
  const std::uint64_t before_low = masks.low >> 1U | behind << (kScanWidth - 1U);
  return masks.low & ~(masks.space & ~before_low);
}

}  // namespace

BodyCanonicalizer::BodyCanonicalizer(BodyCanon canon) : canon_(canon), buffer_(kBufferBytes) {}

void BodyCanonicalizer::begin(ByteSink& sink) {
  sink_ = &sink;
  used_ = 0;
  written_ = 0;
  pending_line_ends_ = 0;
  pending_cr_ = false;
  pending_blank_ = false;
  any_text_ = false;
}

void BodyCanonicalizer::feed(std::string_view octets) {
  while (!octets.empty()) {
    const std::string_view slice = octets.substr(0, BodyCanonicalizer::kPieceBytes);
    octets.remove_prefix(slice.size());
    feed_slice(slice);
  }
}

void BodyCanonicalizer::feed_slice(std::string_view slice) {
  if (pending_cr_ && slice.front() != '\n') put_pending_text();
  pending_cr_ = slice.back() == '\r';
  if (pending_cr_) slice.remove_suffix(1);
  if (canon_ == BodyCanon::simple) {
    copy_slice<BodyCanon::simple>(slice);
  } else {
    copy_slice<BodyCanon::relaxed>(slice);
  }
  hand_on();
}

/// The buffer while a slice is copied. A local object can stay in registers; members cannot, since
/// an octet that is stored may be one of theirs for all that the compiler knows.
struct BodyCanonicalizer::Output {
  void put(char c) noexcept { octets[used++] = c; }
  /// Stores a whole block; the caller says with `used` how much of it counts.
  void store(const char* block) const noexcept { std::memcpy(octets + used, block, kScanWidth); }

  char* octets;
  std::size_t used;
};

/// Copies the slice to the buffer, block by block; only at events is anything looked at closer.
template <BodyCanon canon>
void BodyCanonicalizer::copy_slice(std::string_view slice) {
  Output out{buffer_.data(), used_};
  // A blank that was pending may go on in this slice.
  std::size_t at = pending_blank_ ? take_blanks(slice, 0, out) : 0;
  // While there are two blocks, a whole block can be read from anywhere in the first of them. What
  // is stored too much is stored over again.
  for (std::size_t base = 0; slice.size() - base >= 2 * kScanWidth; base += kScanWidth) {
    const std::size_t next = base + kScanWidth;
    if (at >= next) continue;  // inside of a run of blanks
    out.store(slice.data() + at);
    std::uint64_t events = find_events<canon>(slice.data() + base);
    for (; events != 0 && at < next; events &= events - 1U) {
      const std::size_t event = base + static_cast<std::size_t>(std::countr_zero(events));
      if (event < at) continue;
      out.used += event - at;
      at = take_octets(slice, event, out);
      if (at < next) out.store(slice.data() + at);
    }
    if (at < next) {
      out.used += next - at;
      at = next;
    }
  }
  while (at < slice.size()) {
    if (canon == BodyCanon::simple && slice[at] != '\n') {
      out.put(slice[at++]);
    } else {
      at = take_octets(slice, at, out);
    }
  }
  used_ = out.used;
}

/// Writes what a line end, white space or another octet at `at` becomes.
///
/// Result: where the slice goes on.
inline std::size_t BodyCanonicalizer::take_octets(std::string_view slice, std::size_t at,
                                                  Output& out) {
  const char c = slice[at];
  if (c == '\n') {
    // A CR before the line feed has been copied already, as text.
    if (at == 0 || slice[at - 1] != '\r') out.put('\r');
    out.put('\n');
    return at + 1;
  }
  if (ascii::is_wsp(c)) return take_blanks(slice, at, out);
  if (is_line_end(slice, at)) {
    out.put('\r');
    out.put('\n');
    return at + 2;
  }
  out.put(c);
  return at + 1;
}

/// A run of white space becomes one space, or nothing at the end of a line. [RFC6376 3.4.4 a]
///
/// Result: where the slice goes on.
inline std::size_t BodyCanonicalizer::take_blanks(std::string_view slice, std::size_t at,
                                                  Output& out) {
  const std::size_t end = end_of_blanks(slice, at);
  // What follows the last octet of a slice is not known yet.
  pending_blank_ = end == slice.size();
  if (!pending_blank_ && !is_line_end(slice, end)) out.put(' ');
  return end;
}

/// Puts the blank and the CR that turn out to be text.
void BodyCanonicalizer::put_pending_text() {
  if (pending_blank_) buffer_[used_++] = ' ';
  pending_blank_ = false;
  buffer_[used_++] = '\r';
}

/// Writes the buffer, but for the line ends at its end: they may be the last ones of the body.
void BodyCanonicalizer::hand_on() {
  MAILASSAY_ASSERT(used_ <= buffer_.size());
  std::uint64_t line_ends = 0;
  // A line feed is never text, and there is always a CR before it.
  for (; used_ > 0 && buffer_[used_ - 1] == '\n'; used_ -= kCrlf.size()) ++line_ends;
  if (used_ > 0) {
    write_pending_line_ends();
    write({buffer_.data(), used_});
    used_ = 0;
    any_text_ = true;
  }
  pending_line_ends_ += line_ends;
}

void BodyCanonicalizer::write_pending_line_ends() {
  while (pending_line_ends_ > 0) {
    const auto count = std::min<std::uint64_t>(pending_line_ends_, kLineEnds.size() / 2);
    write({kLineEnds.data(), static_cast<std::size_t>(2 * count)});
    pending_line_ends_ -= count;
  }
}

void BodyCanonicalizer::write(std::string_view octets) {
  written_ += octets.size();
  sink_->write(octets);
}

std::uint64_t BodyCanonicalizer::finish() {
  if (pending_cr_) {
    put_pending_text();
    hand_on();
  }
  if (!closing().empty()) write(closing());
  return written_;
}

std::string_view BodyCanonicalizer::closing() const noexcept {
  // Empty lines at the end are ignored; a line end is added where the last line lacks it. A body
  // without text is one CRLF when simple [RFC6376 3.4.3], nothing when relaxed [RFC6376 3.4.4].
  return any_text_ || canon_ == BodyCanon::simple ? kCrlf : std::string_view{};
}

}  // namespace mailassay::dkim
