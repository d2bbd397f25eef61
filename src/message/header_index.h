// Where each header field of a message lies. One pass, offsets only, nothing decoded.
// [RFC5322 2.2] with the tolerance that stored mail needs (bare LF, junk lines).
//
// A header block ends at the first line of zero length. A line of blanks only continues the field
// above it [RFC5322 4.2 obs-FWS]. Lines without a colon or with octets that no field name has are
// junk: they are no field, and lines that continue them are junk too. A `From ` or `>From ` line
// at the very top is what an mbox writer left there, not a field.
#ifndef MAILASSAY_MESSAGE_HEADER_INDEX_H
#define MAILASSAY_MESSAGE_HEADER_INDEX_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace mailassay::message {

/// One header field; offsets count octets from the start of the message.
struct HeaderField {
  std::uint32_t begin = 0;      ///< first octet of the name
  std::uint32_t name_size = 0;  ///< octets of the name, without white space before the colon
  std::uint32_t colon = 0;      ///< offset of the colon
  std::uint32_t end = 0;        ///< end of the value, without the final line end
  std::uint64_t name_hash = 0;  ///< of the lower-case name
};

/// Hash of a field name that does not distinguish case.
std::uint64_t hash_field_name(std::string_view name) noexcept;

/// Threads: one at a time while build() runs; const members from any thread.
/// Lifetime: keeps a view of the header block, not the octets.
class HeaderIndex {
 public:
  /// Indexes the header at the start of `message`, which is a whole message or as much of its
  /// front as there is. Buffers of an earlier call are used again.
  ///
  /// Demands: the header block is under 4 GiB; callers bound it by Limits::header_bytes.
  void build(std::string_view message);

  std::string_view text() const noexcept { return text_; }
  std::span<const HeaderField> fields() const noexcept { return fields_; }

  /// Octets before the separating empty line. The body starts at body_offset().
  std::size_t header_size() const noexcept { return header_size_; }
  std::size_t body_offset() const noexcept { return body_offset_; }
  /// False if the text ended before an empty line.
  bool has_separator() const noexcept { return has_separator_; }
  /// Lines that belong to no field, a postmark at the top not counted.
  std::size_t junk_lines() const noexcept { return junk_lines_; }

  std::string_view name(const HeaderField& field) const noexcept {
    return text_.substr(field.begin, field.name_size);
  }
  /// Everything after the colon, folding included, without the final line end.
  std::string_view value(const HeaderField& field) const noexcept {
    return text_.substr(field.colon + 1, field.end - field.colon - 1);
  }
  /// The whole field from its name on, without the final line end.
  std::string_view raw(const HeaderField& field) const noexcept {
    return text_.substr(field.begin, field.end - field.begin);
  }

  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  /// Index of the lowest field of this name in the block, kNone if there is none.
  ///
  /// Cost: O(log fields), as first().
  std::uint32_t last(std::string_view name) const noexcept;
  /// Index of the next one above `index` with the same name, kNone if there is none.
  std::uint32_t previous(std::uint32_t index) const noexcept;
  /// Index of the topmost field of this name, kNone if there is none.
  std::uint32_t first(std::string_view name) const noexcept;

 private:
  void add_line(std::size_t begin, std::size_t end, bool at_top);
  void link();
  void link_equal_hashes(std::size_t begin, std::size_t end);
  /// Order of two names by hash, then by their lower-case octets; negative: `a` comes first.
  static int compare(std::uint64_t hash_a, std::string_view a, std::uint64_t hash_b,
                     std::string_view b) noexcept;

  std::string_view text_;
  std::vector<HeaderField> fields_;
  /// Fields by name, those of one name from the top down: names that were chosen to collide in a
  /// hash table cost no more than others.
  std::vector<std::uint32_t> by_name_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys_;  ///< scratch of link()
  std::vector<std::uint32_t> above_;  ///< field -> next above it of the same name
  std::size_t header_size_ = 0;
  std::size_t body_offset_ = 0;
  std::size_t junk_lines_ = 0;
  bool has_separator_ = false;
  bool open_field_ = false;
};

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_HEADER_INDEX_H
