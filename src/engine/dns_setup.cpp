#include "engine/dns_setup.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "dns/evidence.h"
#include "io/file_reader.h"
#include "resolver/server_address.h"

namespace mailassay::engine {
namespace {

/// A recording is read as a whole; this bounds what a wrong file can do.
constexpr std::size_t kMaxDnsFile = std::size_t{4} << 30U;

Result<dns::Evidence, ScanError> load_evidence(const ScanOptions& options) {
  dns::Evidence evidence;
  for (const std::string& path : options.dns_files) {
    const auto text = io::read_whole(path, kMaxDnsFile);
    if (!text) return Unexpected(ScanError{io::to_text(text.error())});
    const auto added = evidence.add_file(*text, path, options.dns_at);
    if (!added) return Unexpected(ScanError{added.error().message()});
  }
  return evidence;
}

bool wants_network(const ScanOptions& options) {
  if (options.offline) return false;
  return options.dns_files.empty() || !options.resolvers.empty();
}

bool same_file(const std::string& a, const std::string& b) {
  struct stat of_a {};
  struct stat of_b {};
  return ::stat(a.c_str(), &of_a) == 0 && ::stat(b.c_str(), &of_b) == 0 && S_ISREG(of_a.st_mode) &&
         of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

}  // namespace

Result<std::unique_ptr<resolver::DnsSource>, ScanError> make_dns_source(
    const ScanOptions& options) {
  auto evidence = load_evidence(options);
  if (!evidence) return Unexpected(std::move(evidence.error()));
  std::optional<resolver::LiveOptions> live;
  if (wants_network(options)) {
    live.emplace();
    live->window = options.dns_window;
    live->queries_per_second = options.dns_rate;
    for (const std::string& text : options.resolvers) {
      auto address = resolver::parse_server_address(text);
      if (!address) return Unexpected(ScanError{address.error()});
      live->servers.push_back(std::move(*address));
    }
  }
  auto source = resolver::DnsSource::open(std::move(*evidence), std::move(live));
  if (!source) return Unexpected(ScanError{source.error()});
  return std::move(*source);
}

bool is_special_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

std::optional<ScanError> refuse_outputs(const ScanOptions& options,
                                        const std::vector<std::string>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (const auto* inputs : {&options.paths, &options.listed_paths, &options.dns_files}) {
      for (const std::string& input : *inputs) {
        if (same_file(input, outputs[i])) {
          return ScanError{fmt::format("{}: is an input and cannot be written", outputs[i]), true};
        }
      }
    }
    for (std::size_t other = 0; other < i; ++other) {
      if ((outputs[other] == outputs[i] && !is_special_file(outputs[i])) ||
          same_file(outputs[other], outputs[i])) {
        return ScanError{fmt::format("{}: is to be written twice", outputs[i]), true};
      }
    }
  }
  return std::nullopt;
}

}  // namespace mailassay::engine
