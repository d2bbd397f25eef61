// A file, or standard output, that results are written to.
#ifndef MAILASSAY_IO_OUTPUT_FILE_H
#define MAILASSAY_IO_OUTPUT_FILE_H

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "io/io_error.h"
#include "mailassay/result.h"

namespace mailassay::io {

/// Threads: one at a time.
class OutputFile {
 public:
  /// Makes or empties the file, readable by its owner only (mode 0600); `-` is standard output.
  static Result<OutputFile, IoError> create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  /// Writes all octets. After a failure nothing more is written.
  void write(std::string_view octets);

  /// Closes the file; a disk that is full may show only here.
  void close();

  bool failed() const noexcept { return error_.has_value() || reader_gone_; }
  /// The reader of a pipe went away: no error, but no use in going on.
  bool reader_gone() const noexcept { return reader_gone_; }
  const std::optional<IoError>& error() const noexcept { return error_; }

  /// Device and inode, if it is a regular file.
  std::optional<std::pair<dev_t, ino_t>> id() const;

 private:
  OutputFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

  int descriptor_ = -1;
  std::string path_;
  std::uint64_t written_ = 0;
  std::optional<IoError> error_;
  bool reader_gone_ = false;
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_OUTPUT_FILE_H
