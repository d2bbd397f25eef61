// A file without a name, for what has to be read out of order but comes in order.
#ifndef MAILASSAY_IO_TEMPORARY_FILE_H
#define MAILASSAY_IO_TEMPORARY_FILE_H

#include <stop_token>
#include <string>

#include "io/file_reader.h"
#include "io/octet_stream.h"

namespace mailassay::io {

/// Where temporary files go: TMPDIR, or /tmp.
std::string temporary_folder();

/// Copies all of `from` into a temporary file (TMPDIR) that is gone when it is closed.
///
/// Errors:  those of `from`; reason expands_too_much over `most` octets (0: no limit); reason
/// no_temporary_file if it cannot be made or written.
Result<FileReader, IoError> spool(OctetStream& from, std::uint64_t most, std::stop_token stop);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_TEMPORARY_FILE_H
