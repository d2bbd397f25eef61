#include "engine/custody.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "crypto/digest_text.h"
#include "crypto/hasher.h"
#include "io/file_reader.h"
#include "io/input_walk.h"

namespace mailassay::engine {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} * 1024;

class ArchiveHasher {
 public:
  ArchiveHasher(const ScanOptions& options, const std::vector<FileId>& own_outputs)
      : options_(options), own_outputs_(own_outputs) {}

  std::string path(const std::string& path) {
    struct stat status {};
    if (path == "-" || ::stat(path.c_str(), &status) != 0) return {};
    return S_ISDIR(status.st_mode) ? list({path}) : file(path).value_or("");
  }

  /// Of the lines `HEX  PATH`.
  std::string list(const std::vector<std::string>& paths) {
    crypto::Hasher lines(crypto::HashAlgorithm::sha256);
    lines.begin();
    io::InputWalk walk(paths);
    while (const auto found = walk.next()) {
      if (options_.stop.stop_requested()) return {};
      if (*found == "-" || is_own_output(*found)) continue;
      const auto hashed = file(*found);
      if (hashed) lines.update(*hashed + "  " + *found + "\n");
    }
    return crypto::hex(lines.finish());
  }

 private:
  bool is_own_output(const std::string& path) const {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 &&
           std::find(own_outputs_.begin(), own_outputs_.end(),
                     FileId(status.st_dev, status.st_ino)) != own_outputs_.end();
  }

  std::optional<std::string> file(const std::string& path) {
    // What is no regular file can be read only once, and even opening it is noticed.
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    auto reader = io::FileReader::open(path, options_.stop);
    if (!reader || !reader->size()) return std::nullopt;
    hasher_.begin();
    while (!options_.stop.stop_requested()) {
      const auto got = reader->read(buffer_);
      if (!got) return std::nullopt;
      hasher_.update({buffer_.data(), *got});
      if (*got < buffer_.size() && !reader->error_follows()) return crypto::hex(hasher_.finish());
    }
    return std::nullopt;
  }

  const ScanOptions& options_;
  const std::vector<FileId>& own_outputs_;
  crypto::Hasher hasher_{crypto::HashAlgorithm::sha256};
  std::vector<char> buffer_ = std::vector<char>(kReadBytes);
};

}  // namespace

std::vector<std::string> hash_archives(const ScanOptions& options,
                                       const std::vector<FileId>& own_outputs) {
  ArchiveHasher hasher(options, own_outputs);
  std::vector<std::string> hashes;
  for (const std::string& path : options.paths) hashes.push_back(hasher.path(path));
  if (!options.listed_paths.empty()) hashes.push_back(hasher.list(options.listed_paths));
  return hashes;
}

void compare_hashes(const std::vector<std::string>& before, const std::vector<std::string>& after,
                    ScanSummary& summary) {
  for (std::size_t i = 0; i < summary.accounts.size(); ++i) {
    ByteAccount& account = summary.accounts[i];
    account.sha256_before = before[i];
    account.sha256_after = after[i];
    if (before[i] == after[i] || summary.stopped) continue;
    ++summary.problem_count;
    ++summary.problem_reasons[static_cast<std::size_t>(ProblemReason::changed)];
    summary.problems.push_back({account.path,
                                std::nullopt,
                                "its SHA-256 has changed during the scan",
                                {},
                                ProblemReason::changed});
  }
}

}  // namespace mailassay::engine
