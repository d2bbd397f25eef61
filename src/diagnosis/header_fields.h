// The header fields of a message as a list that a search may change, and one of its signatures.
#ifndef MAILASSAY_DIAGNOSIS_HEADER_FIELDS_H
#define MAILASSAY_DIAGNOSIS_HEADER_FIELDS_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/limits.h"
#include "message/header_index.h"

namespace mailassay::diagnosis {

/// Every field as it stands: name, colon, value, folding; without its last line end. A field that
/// was taken out is an empty string, so that places stay what they are.
class HeaderFields {
 public:
  HeaderFields() = default;
  /// Lines that belong to no field are left out; no signature covers them.
  explicit HeaderFields(const message::HeaderIndex& header);

  std::size_t size() const noexcept { return fields_.size(); }
  const std::string& field(std::size_t place) const noexcept { return fields_[place]; }

  /// Lower case; empty for a field that was taken out.
  std::string name(std::size_t place) const;
  /// What follows the colon, folding included.
  std::string_view value(std::size_t place) const noexcept;
  void set_value(std::size_t place, std::string_view value);
  void set_name(std::size_t place, std::string_view name);
  void take_out(std::size_t place) { fields_[place].clear(); }
  /// Adds a field below all others.
  void add(std::string field) { fields_.push_back(std::move(field)); }

  /// Places of the fields of that lower-case name, from the top down.
  std::vector<std::size_t> places_of(std::string_view name) const;

  /// Fields that are not taken out.
  std::size_t count() const noexcept;

  /// Those of them that stand above `place`.
  std::uint32_t count_before(std::size_t place) const noexcept;

  /// Writes the header block, with CR LF and without the empty line.
  void write_text(std::string& out) const;

  friend bool operator==(const HeaderFields&, const HeaderFields&) = default;

 private:
  static std::size_t colon(std::string_view field) noexcept;

  std::vector<std::string> fields_;
};

/// What reversals have to know of the signature that they are tried for.
struct SignatureAim {
  std::size_t own = 0;                              ///< place of its DKIM-Signature field
  bool is_simple = false;                           ///< header canonicalization
  bool on_list = false;                             ///< the message shows that it was on a list
  std::map<std::string, std::string> signed_names;  ///< h=, by lower-case name, as first written
  std::vector<std::size_t>
      covered;                ///< places of fields that it names, its own too; the first ones
  std::string copied_fields;  ///< z=, as written; empty if absent

  /// Whether h= has that lower-case name.
  bool covers(const std::string& name) const { return signed_names.contains(name); }
};

/// Covered fields that are changed back, and signed names that are looked at: a message may have
/// any number of them, and steps are listed before one is tried.
inline constexpr std::size_t kPlacesTried = 64;

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_HEADER_FIELDS_H
