// One corpus in other containers than an mbox: what a reader of containers is tested with.
#ifndef MAILASSAY_MKCORPUS_CONTAINER_WRITER_H
#define MAILASSAY_MKCORPUS_CONTAINER_WRITER_H

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mkcorpus {

/// The kinds there are: tar tar.gz tar.zst zip 7z maildir mh emlx mbox.gz mbox.zst mbox.xz ndjson
/// csv.
const std::vector<std::string>& container_kinds();

/// The kinds of a list with commas, `all` for each; empty if a name in it is none.
std::vector<std::string> containers_named(std::string_view list);

/// Takes the messages of a corpus in order. Errors: WriteError.
class ContainerWriter {
 public:
  virtual ~ContainerWriter() = default;
  /// `text`: the message as the mbox holds it; `postmark`: its line there, with LF.
  virtual void add(std::uint64_t index, std::string_view postmark, std::string_view text) = 0;
  virtual void close() = 0;
};

/// Writes `mail.KIND` or, for a kind that is a folder, `KIND/` below `folder`.
///
/// Demands: `kind` is one of container_kinds().
std::unique_ptr<ContainerWriter> make_container(const std::filesystem::path& folder,
                                                const std::string& kind);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_CONTAINER_WRITER_H
