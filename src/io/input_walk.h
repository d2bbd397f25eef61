// The inputs of a scan, one by one: what the user named, and what lies below named directories.
//
// Order: arguments as given; below a directory all files sorted by the octets of their full
// paths, so that two runs see the same archives in the same order. A directory is read when its
// turn comes and only its names are held: 10^6 files cost their names and eight octets each.
//
// A directory with cur and new in it is a Maildir: tmp holds what is not delivered yet and is
// passed over, and folders whose names begin with a dot are entered if they are Maildirs themselves
// (Maildir++).
#ifndef MAILASSAY_IO_INPUT_WALK_H
#define MAILASSAY_IO_INPUT_WALK_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/io_error.h"

namespace mailassay::io {

/// What was passed over below directories, without being an error.
struct WalkCounts {
  std::uint64_t hidden = 0;           ///< names that begin with a dot; what is below them too
  std::uint64_t directory_links = 0;  ///< symbolic links to directories: never followed
  std::uint64_t special = 0;          ///< FIFOs, sockets, devices
  std::uint64_t unfinished = 0;       ///< tmp of Maildirs, with what is below it

  friend bool operator==(const WalkCounts&, const WalkCounts&) = default;
};

/// Threads: one at a time.
class InputWalk {
 public:
  /// `paths` as the user gave them: files, directories, `-`. A link or a hidden name is taken when
  /// it is named here.
  explicit InputWalk(std::vector<std::string> paths);

  /// The next path to read; empty at the end. A path that is no directory is given on unopened:
  /// opening it tells what is wrong with it. Path octets are those of the file system.
  std::optional<std::string> next();

  /// The next files in the folder at hand, as far as known without going on; `most` at most.
  std::vector<std::string> upcoming(std::size_t most) const;

  /// What could not be entered so far, and named directories without a file.
  const std::vector<IoError>& errors() const noexcept { return errors_; }
  const WalkCounts& counts() const noexcept { return counts_; }

 private:
  /// The names of one directory, sorted; names of directories end in a slash, so that the order of
  /// names is the order of full paths.
  struct Level {
    std::string prefix;  ///< path of the directory, with a slash at the end
    std::string names;   ///< all names, one behind the other
    struct Name {
      std::uint32_t begin;
      std::uint32_t size;
    };
    std::vector<Name> order;
    std::size_t next = 0;

    std::string_view name(const Name& at) const {
      return std::string_view(names).substr(at.begin, at.size);
    }
  };
  enum class Kind : std::uint8_t { file, directory, skipped };

  void enter(const std::string& path, bool named);
  std::optional<std::string> next_below();
  Kind classify(int directory, const std::string& prefix, const char* name, unsigned char type);

  std::vector<std::string> paths_;
  std::size_t next_path_ = 0;
  std::vector<Level> levels_;
  std::optional<std::string> empty_so_far_;  ///< named directory that has given no file yet
  std::vector<IoError> errors_;
  WalkCounts counts_;
  bool in_maildir_ = false;  ///< of the directory that is being listed
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_INPUT_WALK_H
