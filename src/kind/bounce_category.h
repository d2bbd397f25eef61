// What a status code and the words beside it tell a sender. [RFC3463 2] [RFC3463 3]
#ifndef MAILASSAY_KIND_BOUNCE_CATEGORY_H
#define MAILASSAY_KIND_BOUNCE_CATEGORY_H

#include <cstdint>
#include <string>
#include <string_view>

#include "mailassay/kind_reports.h"

namespace mailassay::kind {

/// The first enhanced status code in a text, "5.7.26"; empty if there is none.
std::string find_status(std::string_view text);

/// The first SMTP reply code in a text, 400 to 599 as a word of its own; 0 if there is none.
std::uint16_t find_reply(std::string_view text);

/// The cause by the code where it says enough, else by the words of the diagnostic.
Cause cause_of(std::string_view status, std::uint16_t reply, std::string_view diagnostic);

/// Fills in `category` and `cause` from the other members.
void categorize(DsnRecipient& recipient);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_BOUNCE_CATEGORY_H
