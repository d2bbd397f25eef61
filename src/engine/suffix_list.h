// The public suffix list from a file, with what lets somebody else find the same one.
#ifndef MAILASSAY_ENGINE_SUFFIX_LIST_H
#define MAILASSAY_ENGINE_SUFFIX_LIST_H

#include <optional>
#include <string>

#include "mailassay/public_suffix_list.h"
#include "mailassay/result.h"
#include "mailassay/scan.h"

namespace mailassay::engine {

struct SuffixList {
  PublicSuffixList list;
  std::string path;
  std::string sha256;  ///< of the file's octets, in hexadecimal digits
  /// "2026-11-01T08:00:00Z": by its VERSION line, else when the file was last changed; empty if
  /// neither is known.
  std::string date;
  bool is_dated_by_list = false;  ///< by its VERSION line
};

/// Where the system keeps its list.
extern const char* const kSystemSuffixList;

/// Reads the list in `path`.
///
/// Errors: a file that cannot be read or is no list (with its line).
Result<SuffixList, ScanError> read_suffix_list(const std::string& path);

/// Reads the list in `path`, or that of the system if `path` is empty.
///
/// Result: empty if `path` is empty and the system has none: that is no error.
/// Errors: as read_suffix_list().
Result<std::optional<SuffixList>, ScanError> find_suffix_list(const std::string& path);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_SUFFIX_LIST_H
