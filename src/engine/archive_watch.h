// Watches the messages go by in their order, and says which archives damaged their mail.
//
// An archive is a file, and beside that all that one PATH argument holds: a folder with a file for
// each message is one archive. Rows have left by then: a finding says how many of their `altered`
// it explains.
#ifndef MAILASSAY_ENGINE_ARCHIVE_WATCH_H
#define MAILASSAY_ENGINE_ARCHIVE_WATCH_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mailassay/archive_form.h"
#include "mailassay/scan.h"
#include "verdict/body_sample.h"

namespace mailassay::engine {

/// Findings kept; further ones are only counted.
inline constexpr std::size_t kMaxDamagedArchives = 1000;

struct ArchiveSample {
  std::size_t path = 0;  ///< which PATH argument, counted from 0
  std::string archive;   ///< Origin::archive
  BodySample body;
  bool is_altered = false;  ///< its standing is `altered`
};

/// Threads: one at a time. Memory: two tables of ArchiveForm.
class ArchiveWatch {
 public:
  /// Takes the next sample. Those of one archive follow each other.
  void take(const ArchiveSample& sample);

  /// Ends the last archive, and puts the findings into `summary`, whose accounts name the paths.
  void finish(ScanSummary& summary);

 private:
  /// What is known of one archive so far.
  struct Watched {
    ArchiveForm form;
    std::uint64_t altered = 0;

    void add(const ArchiveSample& sample);
  };
  void end_file();
  void end_path();
  void add_finding(std::string name, std::optional<std::size_t> path, const Watched& watched);

  std::optional<std::string> archive_;  ///< the file at hand
  std::size_t path_ = 0;                ///< the PATH at hand
  Watched file_;
  Watched whole_path_;
  bool file_was_found_ = false;  ///< in the PATH at hand: then its whole says nothing new
  /// A PATH has its name later.
  std::vector<std::pair<std::optional<std::size_t>, DamagedArchive>> found_;
  std::uint64_t count_ = 0;
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_ARCHIVE_WATCH_H
