// SHA-256 of archives as they lie on disk, before and after a scan.
#ifndef MAILASSAY_ENGINE_CUSTODY_H
#define MAILASSAY_ENGINE_CUSTODY_H

#include <stop_token>
#include <string>
#include <vector>

#include "engine/source.h"
#include "mailassay/scan.h"

namespace mailassay::engine {

/// Hashes each PATH, and behind the last one the list, if there is one.
///
/// Result: for a file its SHA-256 in hex; for a folder or a list that of the lines which
///         `sha256sum` prints for its files, in the order in which a scan reads them. Empty for
///         standard input, for what cannot be read, and after a stop.
std::vector<std::string> hash_archives(const ScanOptions& options,
                                       const std::vector<FileId>& own_outputs);

/// Puts the hashes into the accounts; an archive that has changed is a problem.
void compare_hashes(const std::vector<std::string>& before, const std::vector<std::string>& after,
                    ScanSummary& summary);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_CUSTODY_H
