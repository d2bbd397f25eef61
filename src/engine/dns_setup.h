// From the options of a scan to its source of DNS answers, and other checks before it starts.
#ifndef MAILASSAY_ENGINE_DNS_SETUP_H
#define MAILASSAY_ENGINE_DNS_SETUP_H

#include <memory>
#include <optional>

#include "mailassay/result.h"
#include "mailassay/scan.h"
#include "resolver/dns_source.h"

namespace mailassay::engine {

/// Reads the DNS files and prepares the network, if it may be used: files without resolvers mean
/// not a packet; neither means the system's resolvers; `offline` forbids all.
///
/// Errors: a file that cannot be read or is broken (with its line), a bad resolver address.
Result<std::unique_ptr<resolver::DnsSource>, ScanError> make_dns_source(const ScanOptions& options);

/// An output that is one of the inputs would destroy it: says so.
std::optional<ScanError> refuse_input_as_output(const ScanOptions& options);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_DNS_SETUP_H
