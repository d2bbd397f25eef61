// What the world refused: a file that cannot be opened or read, with the place.
#ifndef MAILASSAY_IO_IO_ERROR_H
#define MAILASSAY_IO_IO_ERROR_H

#include <cstdint>
#include <string>

#include "mailassay/problem.h"

namespace mailassay::io {

struct IoError {
  int error_number = 0;      ///< errno, or 0 if it was our own decision
  std::string path;          ///< as the user named or the walk found it; raw file-name octets
  std::uint64_t offset = 0;  ///< octets read before; 0 if it could not be opened
  std::string what;          ///< what was tried, or why it was refused
  std::string member = {};   ///< name inside a container; empty when there is none
  ProblemReason reason = ProblemReason::unreadable;

  friend bool operator==(const IoError&, const IoError&) = default;
};

/// Says the error to a person: `inbox.mbox: offset 4096: cannot read: Input/output error`.
/// Control octets of the path are shown as \xHH, so that a name cannot forge a line.
std::string to_text(const IoError& error);

/// The name of a path as a person may see it; `-` is "standard input".
std::string path_text(const std::string& path);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_IO_ERROR_H
