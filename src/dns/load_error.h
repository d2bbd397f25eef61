// Why a file with DNS data was refused: it is refused as a whole, at its first broken line.
#ifndef MAILASSAY_DNS_LOAD_ERROR_H
#define MAILASSAY_DNS_LOAD_ERROR_H

#include <cstddef>
#include <string>

namespace mailassay::dns {

struct LoadError {
  std::string file;      ///< as the caller named it
  std::size_t line = 0;  ///< counted from 1
  std::string what;

  /// "FILE:LINE: WHAT"
  std::string message() const { return file + ':' + std::to_string(line) + ": " + what; }
};

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_LOAD_ERROR_H
