// Octets in order, from wherever they come: a file, a pipe, a member of a container.
#ifndef MAILASSAY_IO_OCTET_STREAM_H
#define MAILASSAY_IO_OCTET_STREAM_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "io/io_error.h"
#include "mailassay/result.h"

namespace mailassay::io {

/// Threads: one at a time.
class OctetStream {
 public:
  OctetStream() = default;
  OctetStream(const OctetStream&) = delete;
  OctetStream& operator=(const OctetStream&) = delete;
  OctetStream(OctetStream&&) = default;
  OctetStream& operator=(OctetStream&&) = default;
  virtual ~OctetStream() = default;

  /// Fills `buffer`.
  ///
  /// Result:  the octets read; fewer than buffer.size() only at the end of the input, and then
  ///          again 0 for each further call (unless a file has grown).
  /// Errors:  with the offset of the first octet that could not be read; what was read before it
  ///          in this call is given back first, the error comes with the next call.
  virtual Result<std::size_t, IoError> read(std::span<char> buffer) = 0;

  /// True if the last read() gave back fewer octets because of an error, which comes next, and not
  /// because the input ends there.
  virtual bool error_follows() const noexcept = 0;

  /// How many octets there are, where that is known beforehand; it may turn out wrong.
  virtual std::optional<std::uint64_t> size() const noexcept = 0;
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_OCTET_STREAM_H
