// Own streams against the rules of bulk senders: in rows, in counts, and told to a person.
#ifndef MAILASSAY_REPORT_BULK_SENDER_TEXT_H
#define MAILASSAY_REPORT_BULK_SENDER_TEXT_H

#include <optional>
#include <string>

#include "mailassay/scan.h"
#include "mailassay/verdict.h"

namespace mailassay::report {

/// The value of the key `bulk_sender`: null for mail of no own stream.
void append_bulk_sender(const std::optional<bulk_sender::StreamVerdict>& stream, std::string& out);

/// What the message lacks and who asks for it; empty for mail of no own stream.
std::string explain_bulk_sender(const Verdict& verdict);

void count_bulk_sender(const bulk_sender::StreamVerdict& stream, ScanSummary& summary);
void merge_bulk_senders(const ScanSummary& part, ScanSummary& whole);

/// The lines on own streams; empty without any.
std::string bulk_sender_summary(const ScanSummary& summary);

/// The value of the key `bulk_sender` of a run record: an object by own domain.
void append_bulk_sender_counts(const ScanSummary& summary, std::string& out);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_BULK_SENDER_TEXT_H
