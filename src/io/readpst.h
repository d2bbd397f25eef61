// The program `readpst` of libpst, which turns an Outlook data file (PST, OST) into mail.
//
// It is a process of its own: the format is known by reverse engineering alone, and what reads it
// may break on a hostile file. It gets the open file, not a name, and no shell; what it may write
// and compute is bounded; it is killed when the scan stops or this process dies.
#ifndef MAILASSAY_IO_READPST_H
#define MAILASSAY_IO_READPST_H

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "io/file_reader.h"
#include "io/io_error.h"

namespace mailassay::io {

/// Seconds of processor time that it gets for any file, and further ones for each MiB of it.
inline constexpr std::uint64_t kReadpstSeconds = 600;
inline constexpr std::uint64_t kReadpstSecondsPerMebibyte = 1;

struct ReadpstTask {
  const FileReader& file;
  std::string folder;              ///< is there and empty: what it makes of each mail goes here
  std::uint64_t most = 0;          ///< octets that it may write
  std::function<bool()> is_ended;  ///< asked now and then: true ends it
};

/// Runs it and waits for it.
///
/// Result: empty if it came to the end. Else the error has neither path nor member; what it wrote
///         before may still be read. Reasons: unsupported (it is not installed), corrupt (it
///         failed), expands_too_much, no_temporary_file.
std::optional<IoError> run_readpst(const ReadpstTask& task);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_READPST_H
