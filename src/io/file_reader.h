// Sequential reading of one input: a regular file, a FIFO, or standard input.
//
// read() into a buffer that the caller keeps is faster than a fresh mmap (page faults), and a file
// that shrinks meanwhile is a short read, not a signal.
#ifndef MAILASSAY_IO_FILE_READER_H
#define MAILASSAY_IO_FILE_READER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "io/io_error.h"
#include "io/octet_stream.h"
#include "mailassay/result.h"

namespace mailassay::io {

/// Threads: one at a time.
class FileReader final : public OctetStream {
 public:
  /// Opens a path; `-` is standard input, which is not closed afterwards.
  ///
  /// Errors:  what the system says; directories, sockets and devices are refused by name
  ///          (standard input may be a terminal).
  /// Threads: `stop`, once requested, ends a wait for a silent FIFO or terminal within
  ///          a fifth of a second: read() then fails with ECANCELED.
  static Result<FileReader, IoError> open(const std::string& path, std::stop_token stop = {});

  FileReader(FileReader&& other) noexcept;
  FileReader& operator=(FileReader&& other) noexcept;
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  ~FileReader() override;

  Result<std::size_t, IoError> read(std::span<char> buffer) override;
  bool error_follows() const noexcept override { return pending_.has_value(); }

  /// Takes over a regular file that is open, from its front on.
  static FileReader adopt(int descriptor, std::string path, std::uint64_t size,
                          std::stop_token stop);

  /// Reads at `offset` without going there; regular files only.
  ///
  /// Result:  the octets read; fewer than buffer.size() only at the end of the file.
  Result<std::size_t, IoError> read_at(std::uint64_t offset, std::span<char> buffer) const;

  /// Goes on reading at `offset`; regular files only.
  Result<Done, IoError> seek(std::uint64_t offset);

  /// Another descriptor of the open file, not below `from`, closed by the caller; -1 on error.
  int duplicate(int from) const noexcept;

  /// From now on this one ends a wait.
  void stop_by(std::stop_token stop) { stop_ = std::move(stop); }

  /// Size at the time of opening; empty unless it is a regular file.
  std::optional<std::uint64_t> size() const noexcept override { return size_; }
  /// Place in the input of the octet that is read next.
  std::uint64_t offset() const noexcept { return offset_; }
  const std::string& path() const noexcept { return path_; }

 private:
  FileReader(int descriptor, std::string path, std::optional<std::uint64_t> size,
             std::stop_token stop);

  /// Waits until a FIFO, pipe or terminal has octets or has ended. Empty: it has.
  std::optional<IoError> wait_for_octets() const;
  IoError error(int error_number, std::string what) const;
  void close() noexcept;

  int descriptor_ = -1;
  std::string path_;
  std::optional<std::uint64_t> size_;
  std::uint64_t offset_ = 0;
  std::optional<IoError> pending_;  ///< met behind octets that had to be given back first
  std::stop_token stop_;
};

/// Reads a small file whole: one open, one fstat, one read as a rule.
///
/// Errors:  as FileReader::open and read; an own one if the file has more than `limit` octets.
Result<std::string, IoError> read_whole(const std::string& path, std::size_t limit);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_FILE_READER_H
