// The public suffix list that a run uses, and where it is from.
#ifndef MAILASSAY_ENGINE_SUFFIX_LIST_FILE_H
#define MAILASSAY_ENGINE_SUFFIX_LIST_FILE_H

#include <memory>
#include <string>

#include "mailassay/public_suffix_list.h"
#include "mailassay/result.h"
#include "mailassay/scan.h"

namespace mailassay::engine {

class SuffixListFile {
 public:
  /// Where Debian's package publicsuffix puts the list.
  static constexpr const char* kSystemPath = "/usr/share/publicsuffix/public_suffix_list.dat";

  /// Reads the file; with an empty path that of the system. That one may be absent: there is no
  /// list then.
  ///
  /// Errors: the file cannot be read, or is no public suffix list.
  static Result<SuffixListFile, ScanError> load(const std::string& path);

  /// Null if there is none. Lifetime: that of any copy of this object.
  const PublicSuffixList* list() const noexcept { return list_.get(); }
  /// What the run record says of it; empty path: there is none.
  const SuffixListUsed& used() const noexcept { return used_; }

 private:
  std::shared_ptr<const PublicSuffixList> list_;
  SuffixListUsed used_;
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_SUFFIX_LIST_FILE_H
