// How much memory reading a 7z takes, known before it is read.
#ifndef MAILASSAY_IO_SEVEN_ZIP_MEMORY_H
#define MAILASSAY_IO_SEVEN_ZIP_MEMORY_H

#include <cstdint>
#include <optional>

#include "io/file_reader.h"

namespace mailassay::io {

/// Octets of a header that are looked at. One with more folders needs too much memory by that.
inline constexpr std::uint64_t kMaxSevenZipHeader = std::uint64_t{64} * 1024 * 1024;

/// The most that a folder of the 7z in `file` asks for, or that its compressed header does. Takes
/// itself not more than `admitted` octets for a dictionary, and kMaxSevenZipHeader.
///
/// Result: empty if the header cannot be read: it is broken or encrypted, or a coder that we do not
///         know compressed it. Who reads the file finds out.
/// Demands: `file` is a regular one. Where it reads on does not change.
std::optional<std::uint64_t> seven_zip_memory(const FileReader& file, std::uint64_t admitted);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_SEVEN_ZIP_MEMORY_H
