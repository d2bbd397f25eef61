// The standing of a message, told to a person.
#ifndef MAILASSAY_REPORT_STANDING_TEXT_H
#define MAILASSAY_REPORT_STANDING_TEXT_H

#include <optional>
#include <string>

#include "mailassay/axes.h"
#include "mailassay/standing.h"

namespace mailassay::report {

/// Tells the standing, its reasons, and why each row before the one that decided did not match.
std::string explain_standing(const standing::Standing& standing);

/// The axes beside it, one line each. `basis` is empty if the standing rests on no evidence.
std::string explain_axes(const standing::IntegrityVerdict& integrity,
                         std::optional<standing::Basis> basis, FormVerdict form,
                         standing::Direction direction);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_STANDING_TEXT_H
