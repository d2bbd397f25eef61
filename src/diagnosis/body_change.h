// Where a body differs from the one that was signed, as a short diff.
#ifndef MAILASSAY_DIAGNOSIS_BODY_CHANGE_H
#define MAILASSAY_DIAGNOSIS_BODY_CHANGE_H

#include <cstddef>
#include <string_view>
#include <vector>

#include "mailassay/finding.h"

namespace mailassay::diagnosis {

inline constexpr std::size_t kChangesShown = 3;
inline constexpr std::size_t kChangeBytes = 200;

/// The first few places at which the two differ, line by line.
std::vector<Change> changes_between(std::string_view present, std::string_view signed_body);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_BODY_CHANGE_H
