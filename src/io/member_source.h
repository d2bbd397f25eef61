// Members in order, from whatever reads them out of a layer.
#ifndef MAILASSAY_IO_MEMBER_SOURCE_H
#define MAILASSAY_IO_MEMBER_SOURCE_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "io/io_error.h"
#include "mailassay/result.h"

namespace mailassay::io {

struct Entry {
  enum class Type : std::uint8_t { file, directory, link, special };
  Type type = Type::file;
  std::string name;
  std::optional<std::uint64_t> size;
  bool encrypted = false;
};

/// Errors have neither path nor member; the offset is that in the member.
/// Threads: one at a time.
class MemberSource {
 public:
  MemberSource() = default;
  MemberSource(const MemberSource&) = delete;
  MemberSource& operator=(const MemberSource&) = delete;
  virtual ~MemberSource() = default;

  /// The next member; empty at the end, and after an error that nothing can be read behind.
  virtual Result<std::optional<Entry>, IoError> next() = 0;

  /// Octets of the member at hand; 0 at its end.
  virtual Result<std::size_t, IoError> read(std::span<char> buffer) = 0;

  /// True if it ended before its end, by an error.
  virtual bool is_broken() const noexcept = 0;

  /// After an error of next(): true if it cost some octets only, and next() may find what follows.
  virtual bool goes_on() const noexcept { return false; }

  /// Members so far, folders too.
  virtual std::uint64_t entries() const noexcept { return 1; }
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_MEMBER_SOURCE_H
