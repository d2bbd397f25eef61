// From the options of a scan to its source of DNS answers, and other checks before it starts.
#ifndef MAILASSAY_ENGINE_DNS_SETUP_H
#define MAILASSAY_ENGINE_DNS_SETUP_H

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailassay/result.h"
#include "mailassay/scan.h"
#include "resolver/dns_source.h"

namespace mailassay::engine {

/// Reads the DNS files and prepares the network, if it may be used: files without resolvers mean
/// not a packet; neither means the system's resolvers; `offline` forbids all.
///
/// Errors: a file that cannot be read or is broken (with its line), a bad resolver address.
Result<std::unique_ptr<resolver::DnsSource>, ScanError> make_dns_source(const ScanOptions& options);

/// True for what exists and is no regular file: a device, a FIFO, a folder.
bool is_special_file(const std::string& path);

/// An output that is one of the inputs would destroy it, and two outputs in one file would be
/// neither: says so. "-" is standard output.
std::optional<ScanError> refuse_outputs(const ScanOptions& options,
                                        const std::vector<std::string>& outputs);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_DNS_SETUP_H
