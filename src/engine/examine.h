// One message of an archive, found and judged: what `mailassay explain` shows.
#ifndef MAILASSAY_ENGINE_EXAMINE_H
#define MAILASSAY_ENGINE_EXAMINE_H

#include <cstdint>
#include <optional>
#include <string>

#include "mailassay/dossier.h"
#include "mailassay/message.h"
#include "mailassay/result.h"
#include "mailassay/scan.h"
#include "mailassay/verdict.h"
#include "resolver/dns_source.h"

namespace mailassay::engine {

/// Which message is meant; all that is given has to fit. Nothing given: the first one.
struct MessageSelector {
  std::optional<std::uint64_t> index;
  std::optional<std::string> member;      ///< origin.member
  std::optional<std::uint64_t> offset;    ///< of any octet of the message
  std::optional<std::string> message_id;  ///< with or without angle brackets
  /// origin.part: a message in the one that all but `message_id` tells of.
  std::optional<std::string> part;
};

struct Examined {
  Origin origin;
  Dossier dossier;
  Verdict verdict;
};

/// Searches ScanOptions::paths for the message and judges it.
///
/// Errors:  as scan(), and when no message fits.
/// Threads: blocks until done.
Result<Examined, ScanError> examine(const ScanOptions& options, const MessageSelector& selector);

/// Gets the answers to `questions` and waits for them.
void resolve_and_wait(resolver::DnsSource& dns, std::span<const dns::Question> questions);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_EXAMINE_H
