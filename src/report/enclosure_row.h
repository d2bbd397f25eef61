// What the origin of a row says of a message that lies in another one.
#ifndef MAILASSAY_REPORT_ENCLOSURE_ROW_H
#define MAILASSAY_REPORT_ENCLOSURE_ROW_H

#include <string>

#include "mailassay/enclosure.h"
#include "mailassay/message.h"

namespace mailassay::report {

/// Adds the keys `part`, `parent`, `role` and `encoded`.
void append_enclosure(const Origin& origin, const Enclosure& enclosure, std::string& out);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_ENCLOSURE_ROW_H
