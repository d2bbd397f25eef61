// The one table of what large receivers ask of bulk senders.
#ifndef MAILASSAY_VERDICT_BULK_SENDER_WORD_H
#define MAILASSAY_VERDICT_BULK_SENDER_WORD_H

#include <span>
#include <string_view>

#include "mailassay/bulk_sender.h"

namespace mailassay::bulk_sender {

struct FaultEntry {
  Fault fault;
  std::string_view word;      ///< as rows have it
  std::string_view sentence;  ///< for a person
  bool gmail;                 ///< Gmail asks for it, since February 2024
  bool yahoo;                 ///< Yahoo does, since February 2024
  bool microsoft;             ///< outlook.com does, since May 2025
};

/// Every fault, in the order of the enumeration.
std::span<const FaultEntry> fault_table();

const FaultEntry& entry_of(Fault fault);

std::string_view word_of(Unknown unknown);

}  // namespace mailassay::bulk_sender

#endif  // MAILASSAY_VERDICT_BULK_SENDER_WORD_H
