#include "diagnosis/header_fields.h"

#include <algorithm>

#include "base/ascii.h"

namespace mailassay::diagnosis {

HeaderFields::HeaderFields(const message::HeaderIndex& header) {
  fields_.reserve(header.fields().size());
  for (const message::HeaderField& field : header.fields()) {
    fields_.emplace_back(header.raw(field));
  }
}

std::size_t HeaderFields::colon(std::string_view field) noexcept {
  return std::min(field.find(':'), field.size());
}

std::string HeaderFields::name(std::size_t place) const {
  const std::string_view field = fields_[place];
  return ascii::lower(ascii::trim(field.substr(0, colon(field))));
}

std::string_view HeaderFields::value(std::size_t place) const noexcept {
  const std::string_view field = fields_[place];
  const std::size_t end = colon(field);
  return end == field.size() ? std::string_view() : field.substr(end + 1);
}

void HeaderFields::set_value(std::size_t place, std::string_view value) {
  std::string& field = fields_[place];
  field = field.substr(0, colon(field)).append(":").append(value);
}

void HeaderFields::set_name(std::size_t place, std::string_view name) {
  std::string& field = fields_[place];
  const std::size_t end = colon(field);
  const std::size_t size = std::min(field.find_last_not_of(" \t", end - 1) + 1, end);
  field.replace(0, size, name);
}

std::vector<std::size_t> HeaderFields::places_of(std::string_view name) const {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < fields_.size(); ++place) {
    const std::string_view field = fields_[place];
    if (ascii::equal_ignoring_case(ascii::trim(field.substr(0, colon(field))), name)) {
      places.push_back(place);
    }
  }
  return places;
}

void HeaderFields::write_text(std::string& out) const {
  out.clear();
  for (const std::string& field : fields_) {
    if (!field.empty()) out.append(field).append("\r\n");
  }
}

std::uint32_t HeaderFields::count_before(std::size_t place) const noexcept {
  return static_cast<std::uint32_t>(
      std::count_if(fields_.begin(), fields_.begin() + static_cast<std::ptrdiff_t>(place),
                    [](const std::string& field) { return !field.empty(); }));
}

std::size_t HeaderFields::count() const noexcept {
  return static_cast<std::size_t>(std::count_if(
      fields_.begin(), fields_.end(), [](const std::string& field) { return !field.empty(); }));
}

}  // namespace mailassay::diagnosis
