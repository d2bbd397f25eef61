#include "dkim/canonical_body.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/ascii.h"
#include "base/assert.h"
#include "dkim/octet_scan.h"

namespace mailassay::dkim {
namespace {

constexpr std::string_view kCrlf = "\r\n";
constexpr std::size_t kSliceBytes = std::size_t{32} * 1024;
/// A slice of line feeds doubles; there is room for a line end and a blank pending before it.
constexpr std::size_t kRoom = 16;
constexpr std::size_t kBufferBytes = 2 * kSliceBytes + 16 * kRoom;

}  // namespace

BodyCanonicalizer::BodyCanonicalizer(BodyCanon canon) : canon_(canon), buffer_(kBufferBytes) {}

void BodyCanonicalizer::begin(ByteSink& sink) {
  sink_ = &sink;
  used_ = 0;
  written_ = 0;
  pending_line_ends_ = 0;
  pending_cr_ = false;
  pending_blank_ = false;
  in_line_ = false;
  any_text_ = false;
}

void BodyCanonicalizer::feed(std::string_view octets) {
  while (!octets.empty()) {
    const std::string_view slice = octets.substr(0, kSliceBytes);
    octets.remove_prefix(slice.size());
    feed_slice(slice);
  }
}

void BodyCanonicalizer::feed_slice(std::string_view slice) {
  if (pending_cr_) {
    pending_cr_ = false;
    if (slice.front() == '\n') {
      end_line({});
      slice.remove_prefix(1);
    } else {
      add_text("\r");
    }
  }
  if (slice.empty()) return;
  if (slice.back() == '\r') {
    pending_cr_ = true;
    slice.remove_suffix(1);
  }
  if (canon_ == BodyCanon::simple) {
    simple_slice(slice);
  } else {
    relaxed_slice(slice);
  }
  flush();
}

void BodyCanonicalizer::simple_slice(std::string_view slice) {
  std::size_t start = 0;
  for (;;) {
    const std::size_t line_feed = slice.find('\n', start);
    if (line_feed == std::string_view::npos) break;
    end_line(slice.substr(start, line_feed - start));
    start = line_feed + 1;
  }
  add_text(slice.substr(start));
}

void BodyCanonicalizer::relaxed_slice(std::string_view slice) {
  std::size_t start = 0;  // text from here on is not written yet
  // A blank that was pending may go on in this slice.
  if (pending_blank_) {
    while (start < slice.size() && ascii::is_wsp(slice[start])) ++start;
  }
  for (std::size_t base = 0; base < slice.size(); base += kScanWidth) {
    const std::size_t width = std::min(kScanWidth, slice.size() - base);
    ScanMasks masks;
    if (width == kScanWidth) {
      masks = scan_octets(slice.data() + base);
    } else {
      char block[kScanWidth] = {};
      std::memcpy(block, slice.data() + base, width);
      masks = scan_octets(block);
    }
    // A single space between text is already canonical. One that is followed by white space or by
    // a line end is not; what follows the last octet of a slice is not known yet.
    const std::uint64_t stops = masks.line_feed | masks.carriage_return | masks.tab | masks.space;
    const std::size_t next = base + width;
    const bool stop_follows = next == slice.size() || ascii::is_fws_octet(slice[next]);
    const std::uint64_t before_stop =
        stops >> 1U | (stop_follows ? std::uint64_t{1} << (width - 1U) : 0U);
    std::uint64_t events = masks.line_feed | masks.tab | (masks.space & before_stop);
    while (events != 0) {
      const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(events));
      events &= events - 1U;
      if (at < start) continue;  // inside a run that is done with
      if (slice[at] == '\n') {
        end_line(slice.substr(start, at - start));
        start = at + 1;
      } else {
        add_text(slice.substr(start, at - start));
        start = at;
        while (start < slice.size() && ascii::is_wsp(slice[start])) ++start;
        pending_blank_ = true;
      }
    }
  }
  add_text(slice.substr(start));
}

/// Adds text of the line at hand; it holds no line feed and, when relaxed, no pending blank.
void BodyCanonicalizer::add_text(std::string_view text) {
  if (text.empty()) return;
  if (!in_line_) {
    put_pending_line_ends();
    in_line_ = true;
    any_text_ = true;
  }
  // Relaxed: runs of white space become one space. [RFC6376 3.4.4 a]
  if (pending_blank_) {
    put(" ");
    pending_blank_ = false;
  }
  put(text);
}

/// Ends the line at hand with the text before its line feed.
void BodyCanonicalizer::end_line(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  add_text(line);
  pending_blank_ = false;  // white space at the end of a line is dropped [RFC6376 3.4.4 a]
  in_line_ = false;
  ++pending_line_ends_;
}

void BodyCanonicalizer::put(std::string_view octets) {
  // feed() bounds what one slice can make; a longer text is a fault of ours, not of the input.
  MAILASSAY_ASSERT(octets.size() <= buffer_.size() - used_);
  std::memcpy(buffer_.data() + used_, octets.data(), octets.size());
  used_ += octets.size();
}

void BodyCanonicalizer::put_pending_line_ends() {
  for (; pending_line_ends_ > 0; --pending_line_ends_) {
    // Line ends of earlier slices may be more than the buffer has room for.
    if (buffer_.size() - used_ < kSliceBytes + kRoom) flush();
    put(kCrlf);
  }
}

void BodyCanonicalizer::flush() {
  if (used_ == 0) return;
  written_ += used_;
  sink_->write({buffer_.data(), used_});
  used_ = 0;
}

std::uint64_t BodyCanonicalizer::finish() {
  if (pending_cr_) {
    pending_cr_ = false;
    add_text("\r");
  }
  // Empty lines at the end are ignored; a line end is added where the last line lacks it. A body
  // without text is one CRLF when simple [RFC6376 3.4.3], nothing when relaxed [RFC6376 3.4.4].
  if (any_text_ || canon_ == BodyCanon::simple) put(kCrlf);
  flush();
  return written_;
}

}  // namespace mailassay::dkim
