// The mail of an Outlook data file (PST, OST), as `readpst` writes it: the store keeps fields and
// not messages, so that none comes out as it was sent.
#ifndef MAILASSAY_IO_PST_READER_H
#define MAILASSAY_IO_PST_READER_H

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "io/file_reader.h"
#include "io/member_source.h"

namespace mailassay::io {

/// Members have the names of their folders: `Personal folders/Inbox/12.eml`, in the order of their
/// octets. All are written to a temporary folder (TMPDIR) first, which goes with the reader.
class PstReader final : public MemberSource {
 public:
  /// `most`: octets that it may expand to. `is_ended`, asked now and then, ends the conversion.
  PstReader(const FileReader& file, std::uint64_t most, std::function<bool()> is_ended);
  ~PstReader() override;

  /// The first call converts the whole file. What could not be converted is said behind the last
  /// member.
  Result<std::optional<Entry>, IoError> next() override;
  Result<std::size_t, IoError> read(std::span<char> buffer) override;
  bool is_broken() const noexcept override { return is_broken_; }

 private:
  void convert();
  void list();

  const FileReader& file_;
  std::uint64_t most_;
  std::function<bool()> is_ended_;
  bool is_converted_ = false;
  bool is_broken_ = false;
  std::optional<IoError> failure_;  ///< to be said
  std::string folder_;
  std::vector<std::string> names_;
  std::size_t next_ = 0;
  std::optional<FileReader> member_;
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_PST_READER_H
