// What the header of a 7z says of the memory that reading it takes. It is looked at before
// libarchive reads it, since libarchive takes whatever it is asked for.
//
// By 7zFormat.txt of the LZMA SDK, whose names the terms are.
#ifndef MAILASSAY_IO_SEVEN_ZIP_HEADER_H
#define MAILASSAY_IO_SEVEN_ZIP_HEADER_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailassay::io {

/// One of the programs that a folder goes through.
struct SevenZipCoder {
  std::string id;          ///< octets, as "\x03\x01\x01" for LZMA
  std::string properties;  ///< octets
};

/// Members that were compressed together.
struct SevenZipFolder {
  std::uint64_t memory = 0;   ///< octets that its coders take, beside what any coder takes
  std::uint64_t outputs = 0;  ///< of all its coders
  std::uint64_t members = 1;
  bool joins_streams = false;  ///< a BCJ2 is in it
  bool has_checksum = false;
};

struct SevenZipHeader {
  bool is_encoded = false;  ///< this tells of the header proper, which is compressed
  std::vector<SevenZipFolder> folders;
  std::uint64_t members = 0;
  std::uint64_t files = 0;  ///< members, folders of files, and empty files

  // The first of each, which are those of the header proper.
  std::uint64_t packed_at = 0;  ///< behind the signature header
  std::uint64_t packed_bytes = 0;
  std::uint64_t unpacked_bytes = 0;
  std::vector<SevenZipCoder> coders;
};

/// More folders than these need too much memory, whatever is in them.
inline constexpr std::uint64_t kMaxSevenZipFolders = 1'000'000;

enum class SevenZipFault : std::uint8_t {
  broken,            ///< or cut off, or of another version of the format
  too_many_folders,  ///< over kMaxSevenZipFolders
};

/// Reads a header, or its begin: of the files only their number is read.
std::optional<SevenZipFault> read_seven_zip_header(std::string_view octets, SevenZipHeader& header);

/// Octets of memory that reading takes: the most that a folder takes, or what is kept of folders,
/// members and files if that is more.
std::uint64_t memory_of(const SevenZipHeader& header);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_SEVEN_ZIP_HEADER_H
