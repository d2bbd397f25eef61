// libarchive behind one adapter: members of a container, or the one file in a compressed one.
//
// Only the kind asked for is looked for: libarchive's own guessing would pass through layers that
// the depth limit then knows nothing of. Names are raw octets. Nothing is ever written to disk.
#ifndef MAILASSAY_IO_ARCHIVE_READER_H
#define MAILASSAY_IO_ARCHIVE_READER_H

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/container_kind.h"
#include "io/file_reader.h"
#include "io/io_error.h"
#include "io/member_source.h"
#include "io/octet_stream.h"

struct archive;
struct archive_entry;

namespace mailassay::io {

/// Errors have neither path nor member; the offset is that in the member.
/// Lifetime: `below` outlives it. Threads: one at a time.
class ArchiveReader final : public MemberSource {
 public:
  /// `seekable`: the same file as `below`, if it can be read out of order.
  ArchiveReader(OctetStream& below, FileReader* seekable, ContainerKind kind);
  ~ArchiveReader() override;

  Result<std::optional<Entry>, IoError> next() override;
  Result<std::size_t, IoError> read(std::span<char> buffer) override;
  bool is_broken() const noexcept override { return broken_; }
  bool goes_on() const noexcept override { return goes_on_; }
  std::uint64_t entries() const noexcept override { return entries_; }

 private:
  struct Closer {
    void operator()(archive* opened) const noexcept;
  };
  static long on_read(archive* of, void* self, const void** buffer);
  static std::int64_t on_seek(archive* of, void* self, std::int64_t offset, int whence);

  bool open();
  void choose_format();
  IoError error(int code);
  int next_header(archive_entry*& entry, std::optional<IoError>& damage);
  IoError damaged(const char* what);
  Result<std::optional<Entry>, IoError> at_end();
  bool ends_in_zeros() const;
  std::optional<IoError> stray_error();
  void count(std::string_view octets);

  OctetStream& below_;
  FileReader* seekable_;
  ContainerKind kind_;
  std::vector<char> buffer_;
  std::string_view chunk_;          ///< what was read of `below_` last
  std::uint64_t read_ = 0;          ///< octets read of `below_`
  std::uint64_t zeros_at_end_ = 0;  ///< of them, the last ones that are 0
  bool below_at_end_ = false;
  std::optional<IoError> below_error_;
  std::unique_ptr<archive, Closer> archive_;
  std::optional<Entry> held_;  ///< found behind damaged octets, which are said first
  bool goes_on_ = false;
  std::uint64_t entries_ = 0;
  bool opened_ = false;
  bool broken_ = false;
  bool dead_ = false;         ///< nothing can be read any more, and it was said
  bool member_dead_ = false;  ///< nothing more of the member at hand
  std::uint64_t offset_ = 0;  ///< in the member at hand
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_ARCHIVE_READER_H
