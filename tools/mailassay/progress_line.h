// One line on a terminal that says how far a scan is.
#ifndef MAILASSAY_MAILASSAY_PROGRESS_LINE_H
#define MAILASSAY_MAILASSAY_PROGRESS_LINE_H

#include <string>

#include "mailassay/scan.h"

namespace mailassay::program {

/// "  41 %  1.2 of 3.0 GiB  52,100 messages  24,300/s  612.0 MiB/s  DNS 12  3 s left"
std::string progress_text(const ScanProgress& progress);

/// Writes the line over the one before it; `erase` takes it away.
void show_progress(const ScanProgress& progress);
void erase_progress();

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_PROGRESS_LINE_H
