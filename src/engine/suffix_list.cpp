#include "engine/suffix_list.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <utility>

#include "crypto/hasher.h"
#include "dns/timestamp.h"
#include "io/file_reader.h"

namespace mailassay::engine {
namespace {

/// The list has 300 KB; this bounds what a wrong file can do.
constexpr std::size_t kMaxListFile = std::size_t{64} << 20U;

std::string sha256_of(const std::string& text) {
  crypto::Hasher hasher(crypto::HashAlgorithm::sha256);
  hasher.begin();
  hasher.update(text);
  const dkim::Digest digest = hasher.finish();
  std::string out;
  for (std::size_t i = 0; i < digest.size; ++i) out += fmt::format("{:02x}", digest.octets[i]);
  return out;
}

std::string text_of(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

/// "2026-11-01_08-00-00_UTC" as "2026-11-01T08:00:00Z"; empty for another form.
std::string date_of_version(const std::string& version) {
  constexpr std::size_t kDateBytes = 10;
  constexpr std::string_view kForm = "0000-00-00_00-00-00_UTC";
  if (version.size() != kForm.size() || !version.ends_with("_UTC")) return {};
  std::string text = version.substr(0, kDateBytes) + 'T' + version.substr(kDateBytes + 1, 2) + ':' +
                     version.substr(kDateBytes + 4, 2) + ':' + version.substr(kDateBytes + 7, 2) +
                     'Z';
  return dns::timestamp_from_text(text) ? text : std::string();
}

std::string date_of_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  return text_of(std::chrono::sys_seconds(std::chrono::seconds(status.st_mtime)));
}

}  // namespace

const char* const kSystemSuffixList = "/usr/share/publicsuffix/public_suffix_list.dat";

Result<SuffixList, ScanError> read_suffix_list(const std::string& path) {
  const auto text = io::read_whole(path, kMaxListFile);
  if (!text) return Unexpected(ScanError{io::to_text(text.error())});
  auto list = PublicSuffixList::from_text(*text);
  if (!list) {
    const SuffixListError& error = list.error();
    if (error.line == 0)
      return Unexpected(ScanError{fmt::format("{}: {}", io::path_text(path), error.what)});
    return Unexpected(
        ScanError{fmt::format("{}:{}: {}", io::path_text(path), error.line, error.what)});
  }
  SuffixList out;
  out.date = date_of_version(list->version());
  out.is_dated_by_list = !out.date.empty();
  if (!out.is_dated_by_list) out.date = date_of_file(path);
  out.list = std::move(*list);
  out.path = path;
  out.sha256 = sha256_of(*text);
  return out;
}

Result<std::optional<SuffixList>, ScanError> find_suffix_list(const std::string& path) {
  if (path.empty()) {
    struct stat status {};
    if (::stat(kSystemSuffixList, &status) != 0) return std::optional<SuffixList>();
  }
  auto read = read_suffix_list(path.empty() ? kSystemSuffixList : path);
  if (!read) return Unexpected(std::move(read.error()));
  return std::optional<SuffixList>(std::move(*read));
}

}  // namespace mailassay::engine
