// The text of one MIME part, decoded, and encoded again as it was: a gateway that changes a text
// decodes it, changes it and encodes it.
#ifndef MAILASSAY_DIAGNOSIS_PART_TEXT_H
#define MAILASSAY_DIAGNOSIS_PART_TEXT_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/mime_parts.h"

namespace mailassay::diagnosis {

/// Octets of one text that are read: each of its lines takes memory. A larger one is left alone,
/// and the search says that it was cut.
inline constexpr std::size_t kMostText = std::size_t{256} * 1024;

/// Lifetime: keeps a view of the body.
class PartText {
 public:
  /// Reads the begin of a part's text: up to the end of the line that reaches `head` octets; all of
  /// it where the encoding cannot be cut.
  ///
  /// Result: empty if the encoding is not known or not kept to, or above kMostText.
  static std::optional<PartText> read(std::string_view body, const MimePart& part,
                                      std::size_t head = std::string_view::npos);

  std::string_view text() const noexcept { return text_; }

  /// Where the octets that were read begin and end in the body.
  std::size_t begin() const noexcept { return begin_; }
  std::size_t end() const noexcept { return begin_ + raw_.size(); }

  /// Encodes `text`, which is text() with changes. What is the same keeps its octets.
  std::string encode(std::string_view text) const;

 private:
  PartText() = default;
  std::string encode_quoted_printable(std::string_view text) const;
  std::string encode_base64(std::string_view text) const;
  void decode_lines();

  /// Ends of one line, its line end included: in the decoded text and in the octets.
  struct LineEnds {
    std::size_t text;
    std::size_t raw;
  };
  std::string_view decoded_line(std::size_t i) const noexcept {
    const std::size_t begin = i == 0 ? 0 : lines_[i - 1].text;
    return std::string_view(text_).substr(begin, lines_[i].text - begin);
  }
  std::string_view raw_line(std::size_t i) const noexcept {
    const std::size_t begin = i == 0 ? 0 : lines_[i - 1].raw;
    return raw_.substr(begin, lines_[i].raw - begin);
  }

  message::TransferEncoding encoding_ = message::TransferEncoding::identity;
  std::size_t begin_ = 0;
  std::string_view raw_;
  std::string text_;
  std::vector<LineEnds> lines_;  ///< of quoted-printable
};

/// Whether two parts read the same, whatever their transfer encodings and line ends. False where
/// one of them keeps not to its encoding, so that readers may differ.
bool read_the_same(std::string_view body_a, const MimePart& a, std::string_view body_b,
                   const MimePart& b);

/// Puts `octets` in the place of body[begin, end).
std::string spliced(std::string_view body, std::size_t begin, std::size_t end,
                    std::string_view octets);

/// Base64 in lines of `width` octets, each ended by `line_end` but the last.
std::string base64_lines(std::string_view octets, std::size_t width, std::string_view line_end);

/// How the lines of `text` end: as the first one does.
std::string_view line_end_of(std::string_view text);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_PART_TEXT_H
