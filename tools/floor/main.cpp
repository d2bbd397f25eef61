// mailassay-floor DIR: the CPU time of the hashes and verifications of a corpus, and nothing else.
//
// Reads DIR/mail.mbox, canonicalizes with the product's code, untimed, and times OpenSSL. A scan
// of the same archive can at best take as long. One JSON line on stdout.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include "dns/evidence.h"
#include "engine/source.h"
#include "floor/canonical_chunk.h"
#include "floor/openssl_work.h"
#include "io/file_reader.h"

namespace {

using mailassay::floor::CanonicalChunk;
using mailassay::floor::OpensslWork;

constexpr int kUsage = 2;
constexpr int kUnreadable = 3;
constexpr std::size_t kMaxDnsFile = std::size_t{4} << 30U;

mailassay::dns::Evidence read_dns(const std::string& path) {
  const auto text = mailassay::io::read_whole(path, kMaxDnsFile);
  if (!text) throw std::runtime_error(mailassay::io::to_text(text.error()));
  mailassay::dns::Evidence evidence;
  const auto added = evidence.add_file(*text, path);
  if (!added) throw std::runtime_error(added.error().message());
  return evidence;
}

/// What the whole corpus came to.
struct Totals {
  std::uint64_t messages = 0;
  std::uint64_t signatures = 0;
  std::uint64_t verified = 0;
};

/// Works through one batch of the product's source at a time, so that memory is bounded.
Totals work_through(const std::string& mbox, const mailassay::dns::View& view, OpensslWork& work) {
  mailassay::ScanOptions options;
  options.paths = {mbox};
  mailassay::engine::Source source(options, {});
  CanonicalChunk chunk;
  Totals totals;
  while (const auto batch = source.next()) {
    chunk.clear();
    for (const auto& message : batch->messages) {
      if (message.digested) throw std::runtime_error(mbox + ": a message is too large");
      chunk.add(message.bytes);
    }
    work.hash(chunk.octets(), chunk.jobs());
    auto checks = chunk.checks(view);
    work.verify(checks);
    totals.messages += batch->messages.size();
    totals.signatures += chunk.signatures();
    for (const auto& check : checks) totals.verified += check.verified ? 1U : 0U;
  }
  if (source.problem_count() > 0) {
    throw std::runtime_error(source.problems().front().path + ": " +
                             source.problems().front().what);
  }
  return totals;
}

int run(const std::string& folder) {
  const mailassay::dns::Evidence evidence = read_dns(folder + "/dns.ndjson");
  const mailassay::dns::EvidenceView view(evidence);
  OpensslWork work;
  const Totals totals = work_through(folder + "/mail.mbox", view, work);
  const mailassay::floor::WorkDone& done = work.done();
  fmt::print(
      R"({{"messages":{},"signatures":{},"hashed_bytes":{},"verifications":{},"verified":{},)"
      R"("hash_seconds":{:.6f},"verify_seconds":{:.6f},"cpu_seconds":{:.6f}}})"
      "\n",
      totals.messages, totals.signatures, done.hashed_bytes, done.verifications, totals.verified,
      done.hash_seconds, done.verify_seconds, done.hash_seconds + done.verify_seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || argv[1][0] == '-') {
    fmt::print(stderr, "usage: mailassay-floor DIR   (DIR as mkcorpus writes it)\n");
    return kUsage;
  }
  try {
    return run(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "mailassay-floor: {}\n", error.what());
    return kUnreadable;
  }
}
