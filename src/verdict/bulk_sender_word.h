// The one table of what large receivers ask of bulk senders.
#ifndef MAILASSAY_VERDICT_BULK_SENDER_WORD_H
#define MAILASSAY_VERDICT_BULK_SENDER_WORD_H

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "mailassay/bulk_sender.h"

namespace mailassay::bulk_sender {

struct FaultEntry {
  Fault fault;
  std::string_view word;      ///< as rows have it
  std::string_view sentence;  ///< for a person
  bool gmail;                 ///< Gmail asks for it
  bool yahoo;                 ///< Yahoo does
  bool microsoft;             ///< outlook.com does
  bool is_of_one_click;       ///< it is about unsubscription, asked for later than the rest
};

/// Every fault, in the order of the enumeration.
std::span<const FaultEntry> fault_table();

const FaultEntry& entry_of(Fault fault);

std::string_view word_of(Unknown unknown);

/// Whether anyone asked for it then. An unknown time counts as today.
bool is_asked_at(Fault fault, std::optional<std::chrono::sys_seconds> time);

/// "Gmail, Yahoo, Microsoft": who asked for it then. Empty: nobody.
std::string askers_of(Fault fault, std::optional<std::chrono::sys_seconds> time);

}  // namespace mailassay::bulk_sender

#endif  // MAILASSAY_VERDICT_BULK_SENDER_WORD_H
