#include "io/pst_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "io/readpst.h"
#include "io/temporary_file.h"

namespace mailassay::io {

namespace fs = std::filesystem;

PstReader::PstReader(const FileReader& file, std::uint64_t most, std::function<bool()> is_ended)
    : file_(file), most_(most), is_ended_(std::move(is_ended)) {}

PstReader::~PstReader() {
  if (folder_.empty()) return;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PstReader::convert() {
  is_converted_ = true;
  std::string made = temporary_folder() + "/mailassay-XXXXXX";
  if (::mkdtemp(made.data()) == nullptr) {
    failure_ = IoError{errno, {}, 0, "cannot make a temporary folder in " + temporary_folder()};
    failure_->reason = ProblemReason::no_temporary_file;
    return;
  }
  folder_ = std::move(made);
  failure_ = run_readpst({file_, folder_, most_, is_ended_});
  // A message that it was writing then may be cut off, and of too many none is wanted.
  if (failure_ && failure_->reason == ProblemReason::expands_too_much) return;
  list();
}

void PstReader::list() {
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder_, failed), end; !failed && at != end;
       at.increment(failed)) {
    std::error_code gone;
    if (!at->is_regular_file(gone)) continue;
    names_.push_back(at->path().native().substr(folder_.size() + 1));
  }
  if (failed && !failure_) {
    failure_ = IoError{failed.value(), {}, 0, "cannot list what readpst wrote"};
    failure_->reason = ProblemReason::no_temporary_file;
  }
  std::sort(names_.begin(), names_.end());
}

Result<std::optional<Entry>, IoError> PstReader::next() {
  if (!is_converted_) convert();
  member_.reset();
  if (next_ < names_.size()) {
    const std::string& name = names_[next_++];
    auto opened = FileReader::open(folder_ + '/' + name);
    if (!opened) {
      is_broken_ = true;
      next_ = names_.size();
      return Unexpected(IoError{opened.error().error_number, {}, 0, "cannot read " + name});
    }
    member_ = std::move(*opened);
    return std::optional(Entry{Entry::Type::file, name, member_->size(), false});
  }
  if (failure_) {
    is_broken_ = true;
    return Unexpected(*std::exchange(failure_, std::nullopt));
  }
  return std::optional<Entry>();
}

Result<std::size_t, IoError> PstReader::read(std::span<char> buffer) {
  return member_ ? member_->read(buffer) : std::size_t{0};
}

}  // namespace mailassay::io
