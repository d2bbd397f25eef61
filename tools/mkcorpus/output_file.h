// A file that is written from its beginning to its end, in large pieces.
#ifndef MAILASSAY_MKCORPUS_OUTPUT_FILE_H
#define MAILASSAY_MKCORPUS_OUTPUT_FILE_H

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mkcorpus {

/// Thrown when a file cannot be written; what() names the file and the cause.
class WriteError : public std::runtime_error {
 public:
  WriteError(const std::filesystem::path& path, int error_number);
};

class OutputFile {
 public:
  /// Creates or empties the file. Errors: WriteError.
  explicit OutputFile(std::filesystem::path path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  /// Errors: WriteError.
  void write(std::string_view text);
  /// Writes what is held and closes; without this call the end of the file may be missing.
  /// Errors: WriteError.
  void close();

  /// Octets written so far, held ones included.
  std::uint64_t size() const { return size_; }

 private:
  void flush();

  std::filesystem::path path_;
  int descriptor_;
  std::string held_;
  std::uint64_t size_ = 0;
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_OUTPUT_FILE_H
