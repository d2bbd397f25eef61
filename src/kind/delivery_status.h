// The part of a bounce that programs read: message/delivery-status. [RFC3464 2]
//
// Empty lines are where programs put them: some leave out the one between two recipients, others
// write two. So it is the fields that tell where a recipient begins.
#ifndef MAILASSAY_KIND_DELIVERY_STATUS_H
#define MAILASSAY_KIND_DELIVERY_STATUS_H

#include <string_view>

#include "mailassay/kind_reports.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

/// Reads the fields of the message and of its recipients into `out`, and categorizes these.
void read_delivery_status(std::string_view text, const Limits& limits, DsnFacts& out, bool& cut);

/// Adds a recipient within Limits::dsn_recipients; counts it in any case.
///
/// Result: where it was put, null if it was not.
DsnRecipient* add_recipient(const Limits& limits, DsnFacts& out, bool& cut);

/// Message-ID and From of the header of a message that came back.
struct OriginalFields {
  std::string message_id;
  std::string from;
};
OriginalFields read_original(std::string_view header, const Limits& limits, bool& cut);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_DELIVERY_STATUS_H
