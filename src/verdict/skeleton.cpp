#include "verdict/skeleton.h"

#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/ascii.h"

namespace mailassay::impersonation {
namespace {

struct SpoofCloser {
  void operator()(USpoofChecker* checker) const noexcept { uspoof_close(checker); }
};

bool is_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// UTF-16 of the text, with case folded; empty if it cannot be had.
std::u16string folded(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  std::u16string wide(text.size(), u'\0');
  std::int32_t size = 0;
  u_strFromUTF8(wide.data(), static_cast<std::int32_t>(wide.size()), &size, text.data(),
                static_cast<std::int32_t>(text.size()), &error);
  if (U_FAILURE(error) != 0) return {};
  // Folding makes at most three units of one.
  std::u16string out(3 * static_cast<std::size_t>(size), u'\0');
  size = u_strFoldCase(out.data(), static_cast<std::int32_t>(out.size()), wide.data(), size,
                       U_FOLD_CASE_DEFAULT, &error);
  if (U_FAILURE(error) != 0) return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace

struct Skeletons::Checker {
  std::unique_ptr<USpoofChecker, SpoofCloser> spoof;
};

Skeletons::Skeletons() : checker_(std::make_unique<Checker>()) {
  UErrorCode error = U_ZERO_ERROR;
  checker_->spoof.reset(uspoof_open(&error));
  if (U_FAILURE(error) != 0) checker_->spoof.reset();
  for (std::size_t i = 0; i < ascii_.size(); ++i) {
    const char c = ascii::to_lower(static_cast<char>(i));
    ascii_[i] = of_any_script({&c, 1});
  }
}

Skeletons::~Skeletons() = default;
Skeletons::Skeletons(Skeletons&&) noexcept = default;
Skeletons& Skeletons::operator=(Skeletons&&) noexcept = default;

std::string Skeletons::of(std::string_view text) const {
  text = text.substr(0, kMostOctets);
  if (!is_ascii(text)) return of_any_script(text);
  std::string out;
  out.reserve(text.size() + 4);
  for (const char c : text) out += ascii_[static_cast<unsigned char>(c)];
  return out;
}

std::string Skeletons::of_any_case(std::string_view text) const {
  std::string out = of(text);
  std::replace(out.begin(), out.end(), 'i', 'l');
  return out;
}

std::string Skeletons::of_any_script(std::string_view text) const {
  const std::u16string wide = folded(text);
  if (wide.empty() || !checker_->spoof) return ascii::lower(text);
  UErrorCode error = U_ZERO_ERROR;
  // The skeleton of one character is a few at most; a text for which this is not enough is kept.
  std::u16string skeleton(18 * wide.size(), u'\0');
  const std::int32_t size = uspoof_getSkeleton(
      checker_->spoof.get(), 0, wide.data(), static_cast<std::int32_t>(wide.size()),
      skeleton.data(), static_cast<std::int32_t>(skeleton.size()), &error);
  if (U_FAILURE(error) != 0) return ascii::lower(text);
  std::string out(3 * static_cast<std::size_t>(size), '\0');
  std::int32_t octets = 0;
  u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &octets, skeleton.data(), size,
              &error);
  if (U_FAILURE(error) != 0) return ascii::lower(text);
  out.resize(static_cast<std::size_t>(octets));
  return ascii::lower(out);
}

}  // namespace mailassay::impersonation
