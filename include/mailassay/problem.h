// Why something of an archive was not read. A closed list, counted by reason.
#ifndef MAILASSAY_PROBLEM_H
#define MAILASSAY_PROBLEM_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace mailassay {

enum class ProblemReason : std::uint8_t {
  unreadable,             ///< the system refuses to open or to read it
  no_mail,                ///< it holds neither an mbox nor a message
  own_output,             ///< it is an output of this scan
  begins_cut_off,         ///< taken as one message, but reads like an mbox further down
  corrupt,                ///< the container or compression is broken or cut off here
  encrypted,              ///< readable with a password only
  unsupported,            ///< a container or compression that we cannot read
  expands_too_much,       ///< more octets come out than UnpackLimits admit
  nested_too_deep,        ///< containers in containers, deeper than UnpackLimits admit
  needs_too_much_memory,  ///< a dictionary over UnpackLimits::dictionary_bytes
  no_temporary_file,      ///< the file needed for reading it could not be written
  bad_record,             ///< a record of NDJSON or CSV without a message that can be read
  changed,                ///< its SHA-256 is another one after the scan than before
};
inline constexpr std::size_t kProblemReasons = 13;

/// Something that could not be read, or a part that was passed over.
struct ScanProblem {
  std::string path;
  std::optional<std::uint64_t> offset;  ///< in the member; empty: it could not be opened
  std::string what;
  std::string member = {};  ///< name inside a container; empty when there is none
  ProblemReason reason = ProblemReason::unreadable;
};

/// What bounds the reading of containers and compressed files.
struct UnpackLimits {
  /// Containers and compressions inside each other. Above it: `nested-too-deep`.
  unsigned depth = 8;
  /// Octets that may come out of a file, as a multiple of its own. Above it, and above
  /// kFreeExpansion octets: `expands-too-much`.
  std::uint64_t expansion_ratio = 200;
  /// Octets that may come out of a file, whatever its size; 0: no such limit.
  std::uint64_t expansion_bytes = 0;
  /// Dictionary or window that a decompressor may ask for. Above it: `needs-too-much-memory`.
  std::uint64_t dictionary_bytes = std::uint64_t{256} * 1024 * 1024;
};

/// Octets that may come out of any file, however small it is: a few thousand equal messages
/// compress beyond every ratio.
inline constexpr std::uint64_t kFreeExpansion = std::uint64_t{64} * 1024 * 1024;

}  // namespace mailassay

#endif  // MAILASSAY_PROBLEM_H
