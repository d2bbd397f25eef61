// Flags that several subcommands share.
#ifndef MAILASSAY_MAILASSAY_FLAGS_H
#define MAILASSAY_MAILASSAY_FLAGS_H

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "mailassay/scan.h"

namespace mailassay::program {

/// --dns --dns-at --resolver --offline --dns-window --dns-rate
void add_dns_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options);

/// --at --max-header and their like
void add_judge_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options);

/// --max-expansion --max-depth
void add_unpack_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options);

/// --mbox-format
void add_mbox_flag(CLI::App& command, const std::shared_ptr<ScanOptions>& options);

/// --field --headers-field --encoding --id-field
void add_record_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options);
/// --receiver --authserv-id --own-domain ...: whom the user believes, and who he is.
void add_trust_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options);

/// A check for CLI11: "512M" and the like, into `target`.
void add_size_flag(CLI::App& command, const std::string& name, std::uint64_t& target,
                   const std::string& description);

/// Says on stderr when nothing was given that DNS answers could come from but the network.
void announce_network(const ScanOptions& options);

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_FLAGS_H
