// The one file in a gzip file (RFC 1952), or in several behind each other. Here and not by
// libarchive, which does not look at the check value and the length at the end.
#ifndef MAILASSAY_IO_GZIP_READER_H
#define MAILASSAY_IO_GZIP_READER_H

#include <memory>
#include <vector>

#include "io/member_source.h"
#include "io/octet_stream.h"

namespace mailassay::io {

/// Lifetime: `below` outlives it.
class GzipReader final : public MemberSource {
 public:
  explicit GzipReader(OctetStream& below);
  ~GzipReader() override;

  Result<std::optional<Entry>, IoError> next() override;
  Result<std::size_t, IoError> read(std::span<char> buffer) override;
  bool is_broken() const noexcept override { return broken_; }

 private:
  struct Inflater;
  Result<bool, IoError> fill();
  Result<bool, IoError> go_to_next();
  IoError broken(const char* what);

  OctetStream& below_;
  std::vector<char> buffer_;
  std::unique_ptr<Inflater> inflater_;
  std::optional<IoError> pending_;  ///< said once what was read before it is handed on
  bool begun_ = false;
  bool ended_ = false;
  bool broken_ = false;
  std::uint64_t offset_ = 0;
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_GZIP_READER_H
