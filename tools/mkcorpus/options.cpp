#include "mkcorpus/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "mkcorpus/container_writer.h"

namespace mkcorpus {
namespace {

constexpr int kWrongUsage = 2;
constexpr std::uint64_t kMostMessages = 100'000'000;

}  // namespace

Invocation read_options(int argc, const char* const* argv) {
  CorpusOptions options;
  std::string folder;
  CLI::App app(
      "Makes an archive of signed mail with its DNS and the truth about every signature.\n"
      "Equal options give equal files, for any number of threads.");
  app.name("mkcorpus");
  app.add_option("--messages", options.messages, "Number of messages")
      ->required()
      ->check(CLI::Range(std::uint64_t{1}, kMostMessages));
  app.add_option("--seed", options.seed, "Seed of the random numbers")->capture_default_str();
  app.add_option("--out", folder, "Folder to write into; made if it is absent")->required();
  app.add_option("--domains", options.domains,
                 "Number of author domains (default: about one key name for 50 messages)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  app.add_option("--threads", options.threads, "Number of threads (default: one for each core)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1024}));
  app.add_flag("--eml", options.eml, "Write eml/NNN/NNNNNN.eml too, with CRLF line ends");
  app.add_option_function<std::string>(
         "--containers",
         [&options](const std::string& list) {
           options.containers = containers_named(list);
           if (options.containers.empty()) {
             std::string kinds;
             for (const std::string& kind : container_kinds()) kinds += " " + kind;
             throw CLI::ValidationError("--containers",
                                        "'" + list + "' is not a list of all" + kinds);
           }
         },
         "Write the messages in other containers too: all, or some of tar, tar.gz, tar.zst, zip, "
         "7z, maildir, mh, emlx, mbox.gz, mbox.zst, mbox.xz, ndjson, csv")
      ->type_name("KIND[,KIND...]");
  app.add_flag("--small", options.small, "No attachments: many messages in few octets");
  app.add_flag("--arc", options.arc, "Forward more than half of the messages and seal them (ARC)");
  app.add_option_function<std::string>(
         "--damage",
         [&options](const std::string& list) {
           options.damages = damages_named(list);
           if (options.damages.empty()) {
             throw CLI::ValidationError("--damage", "'" + list + "' is not a list of all, body, " +
                                                        "header, text, " + damage_names());
           }
         },
         "Damage the messages in these ways, in turn: all, or kinds and groups of them, with "
         "commas")
      ->type_name("KIND[,KIND...]");
  app.add_option("--damage-share", options.damage_percent,
                 "Percent of the messages that --damage concerns; the others are sound")
      ->capture_default_str()
      ->check(CLI::Range(0, 100));
  auto* const envelope =
      app.add_flag("--envelope", options.envelope,
                   "Each message has the envelope of stored mail: trace fields of many servers, "
                   "SPF, DMARC, and a truth about all of it");
  auto* const fixtures =
      app.add_option_function<std::string>(
             "--fixtures",
             [&options](const std::string& list) {
               options.fixtures = fixtures_named(list);
               if (options.fixtures.empty()) {
                 throw CLI::ValidationError(
                     "--fixtures", "'" + list + "' is not a list of all, " + fixture_names());
               }
             },
             "Scenarios that a verdict has to get right, in turn, between ordinary mail with "
             "envelopes: all, or names with commas")
          ->type_name("NAME[,NAME...]");
  app.add_option("--fixture-share", options.fixture_percent,
                 "Percent of the messages that are fixtures, each at least once")
      ->capture_default_str()
      ->check(CLI::Range(0, 100));
  for (const char* const other : {"--arc", "--damage"}) {
    envelope->excludes(other);
    fixtures->excludes(other);
  }
  app.footer(
      "Writes mail.mbox (mboxrd), dns.ndjson (passive-DNS rows), dns.zone (origin \".\") and\n"
      "truth.ndjson (what a verifier must say); with envelopes scan.args and mailassay.toml too,\n"
      "what a scan has to be told.\n\n"
      "Example: mkcorpus --messages 20000 --seed 7 --out corpus --eml");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return {std::nullopt, app.exit(success)};
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return {std::nullopt, kWrongUsage};
  }
  options.folder = folder;
  if (options.fixtures.size() > options.messages) {
    fmt::print(stderr, "mkcorpus: --messages {}: there are {} fixtures\n", options.messages,
               options.fixtures.size());
    return {std::nullopt, kWrongUsage};
  }
  return {options, 0};
}

}  // namespace mkcorpus
