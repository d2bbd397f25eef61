#include "engine/suffix_list_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "crypto/hasher.h"
#include "io/file_reader.h"

namespace mailassay::engine {
namespace {

/// The list has 0.3 MiB.
constexpr std::size_t kMostOctets = std::size_t{16} * 1024 * 1024;

std::string sha256_of(std::string_view text) {
  crypto::Hasher hasher(crypto::HashAlgorithm::sha256);
  hasher.update(text);
  const dkim::Digest digest = hasher.finish();
  std::string hex;
  for (std::size_t i = 0; i < digest.size; ++i) hex += fmt::format("{:02x}", digest.octets[i]);
  return hex;
}

}  // namespace

Result<SuffixListFile, ScanError> SuffixListFile::load(const std::string& path) {
  SuffixListFile file;
  if (path.empty() && access(kSystemPath, R_OK) != 0) return file;
  file.used_.path = path.empty() ? kSystemPath : path;
  auto text = io::read_whole(file.used_.path, kMostOctets);
  if (!text) return Unexpected(ScanError{io::to_text(text.error()), false, false});
  auto list = PublicSuffixList::from_text(*text);
  if (!list) {
    return Unexpected(ScanError{
        fmt::format("{}:{}: {}", file.used_.path, list.error().line, list.error().what)});
  }
  file.used_.version = list->version();
  file.used_.sha256 = sha256_of(*text);
  file.list_ = std::make_shared<const PublicSuffixList>(std::move(*list));
  return file;
}

}  // namespace mailassay::engine
