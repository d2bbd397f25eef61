// Addresses that carry another address in their local part.
#ifndef MAILASSAY_ENVELOPE_REWRITE_H
#define MAILASSAY_ENVELOPE_REWRITE_H

#include <string_view>
#include <vector>

#include "mailassay/envelope.h"

namespace mailassay::envelope {

/// Recognises SRS, BATV, VERP and Gmail's forwarding in a MAIL FROM address; the outermost first.
std::vector<Rewrite> find_rewrites(std::string_view address);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_REWRITE_H
