// What a signature leaves uncovered, told beside its result. [RFC6376 5.4.1] [RFC6376 8.15]
#ifndef MAILASSAY_DKIM_COVERAGE_H
#define MAILASSAY_DKIM_COVERAGE_H

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mailassay/verdict.h"
#include "message/header_index.h"

namespace mailassay::dkim {

/// How often a message has each watched field; by WatchedField.
using WatchedCounts = std::array<std::uint32_t, kWatchedFields>;

/// Counts the watched fields of a message.
WatchedCounts count_watched(const message::HeaderIndex& header);

/// Compares what is present with what h= names.
///
/// Demands:  `signed_fields` is SignatureFacts::signed_fields: lower-case names joined by colons.
Coverage coverage_of(const WatchedCounts& present, std::string_view signed_fields);

/// Adds the notes on what the signature does not cover, and on its age and kind.
///
/// Demands:  `received_at` is the time of receipt, whatever time the message is judged at.
void note_coverage(const SignatureFacts& facts, std::optional<std::chrono::sys_seconds> received_at,
                   std::vector<Note>& notes);

/// Octets of the canonicalized body behind l=; empty without l=, or if the body was not looked at.
std::optional<std::uint64_t> unsigned_octets(const SignatureFacts& facts);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_COVERAGE_H
