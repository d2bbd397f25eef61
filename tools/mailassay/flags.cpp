#include "flags.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>

#include "values.h"

namespace mailassay::program {
namespace {

struct CountRange {
  std::size_t least;
  std::size_t most;
};

void add_count_flag(CLI::App& command, const std::string& name, std::size_t& target,
                    CountRange range, const std::string& description) {
  command.add_option(name, target, description)
      ->type_name("N")
      ->check(CLI::Range(range.least, range.most).description(""));
}

}  // namespace

void add_size_flag(CLI::App& command, const std::string& name, std::uint64_t& target,
                   const std::string& description) {
  command
      .add_option_function<std::string>(
          name,
          [&target, name](const std::string& text) {
            const auto size = parse_size(text);
            if (!size) throw CLI::ValidationError(name, "'" + text + "' is no size such as 512M");
            target = *size;
          },
          description)
      ->type_name("SIZE");
}

void add_dns_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  command
      .add_option("--dns", options->dns_files,
                  "Recorded DNS: NDJSON recording or zone file (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option_function<std::string>(
          "--dns-at",
          [options](const std::string& text) {
            options->dns_at = parse_time(text);
            if (!options->dns_at) {
              throw CLI::ValidationError("--dns-at", "'" + text + "' is no time");
            }
          },
          "Date of the zone files, which have none of their own")
      ->type_name("TIME");
  command
      .add_option("--resolver", options->resolvers,
                  "DNS server to ask (repeatable); with --dns, only for what the files lack")
      ->type_name("ADDR[:PORT]")
      ->allow_extra_args(false);
  command.add_flag("--offline", options->offline, "Send nothing to the network");
  command
      .add_option("--dns-window", options->dns_window, "Questions in flight at most (default 128)")
      ->type_name("N")
      ->check(CLI::Range(1, 4096).description(""));
  command
      .add_option("--dns-rate", options->dns_rate, "Queries per second at most (default: no limit)")
      ->type_name("N");
}

void add_judge_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  command
      .add_option_function<std::string>(
          "--at",
          [options](const std::string& text) {
            if (text == "received") {
              options->time.mode = JudgeTime::Mode::received;
              return;
            }
            options->time.mode = JudgeTime::Mode::fixed;
            if (text == "now") {
              options->time.fixed_time =
                  std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
              return;
            }
            const auto time = parse_time(text);
            if (!time) {
              throw CLI::ValidationError(
                  "--at", "'" + text + "' is neither 'received' nor 'now' nor a time such as " +
                              "2024-05-01T10:00:00Z");
            }
            options->time.fixed_time = *time;
          },
          "Judge each message at this time: received (default), now, or a time")
      ->type_name("TIME");
  command.add_flag_callback(
      "--no-diagnosis", [options] { options->limits.diagnosis = false; },
      "Do not look for why a signature fails (no result depends on it, standings may)");
  command.add_flag_callback(
      "--no-nested", [options] { options->limits.nested = false; },
      "Leave messages inside of messages alone: forwarded, returned, journaled");
  command
      .add_option_function<std::string>(
          "--max-header",
          [options](const std::string& text) {
            constexpr std::uint64_t kMost = std::uint64_t{1} << 31U;
            const auto size = parse_size(text);
            if (!size || *size > kMost) {
              throw CLI::ValidationError("--max-header",
                                         "'" + text + "' is no size up to 2G, such as 16M");
            }
            options->limits.header_bytes = static_cast<std::size_t>(*size);
          },
          "Largest header block that is evaluated (default 16M)")
      ->type_name("SIZE");
  add_count_flag(command, "--max-signatures", options->limits.signatures, {1, 100'000},
                 "DKIM signatures looked at in a message (default 64)");
  add_count_flag(command, "--max-arc-sets", options->limits.arc_sets, {1, 50},
                 "ARC sets looked at in a message (default 50, the most that may be)");
}

void add_unpack_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  command
      .add_option_function<std::string>(
          "--max-expansion",
          [options](const std::string& text) {
            if (!parse_expansion(text, options->unpack)) {
              throw CLI::ValidationError("--max-expansion",
                                         "'" + text +
                                             "' is neither a factor such as 200x nor a "
                                             "size such as 50G, nor both with a comma between");
            }
          },
          "Most that may come out of a compressed file or container: 200x its size\n"
          "(default), another factor, a SIZE, or both as in 200x,50G")
      ->type_name("LIMIT");
  command
      .add_option("--max-depth", options->unpack.depth,
                  "Containers and compressions inside each other (default 8)")
      ->type_name("N")
      ->check(CLI::Range(1, 64).description(""));
}

void add_mbox_flag(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  const std::map<std::string, MboxFormat> formats = {{"detect", MboxFormat::detect},
                                                     {"mboxo", MboxFormat::mboxo},
                                                     {"mboxrd", MboxFormat::mboxrd},
                                                     {"mboxcl", MboxFormat::mboxcl},
                                                     {"mboxcl2", MboxFormat::mboxcl2}};
  command
      .add_option("--mbox-format", options->mbox_format,
                  "mboxo, mboxrd: ignore Content-Length; mboxcl, mboxcl2: look for it in each\n"
                  "message; detect (default). It is believed only where it is proven")
      ->type_name("FORMAT")
      ->transform(CLI::CheckedTransformer(formats).description(""));
}

void add_record_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  using Encoding = RecordFields::Encoding;
  const std::map<std::string, Encoding> encodings = {{"plain", Encoding::plain},
                                                     {"base64", Encoding::base64}};
  CLI::Option* const field =
      command
          .add_option("--field", options->records.message,
                      "Read NDJSON and CSV too: the whole message is in the field of this name")
          ->type_name("NAME");
  command
      .add_option("--headers-field", options->records.headers,
                  "Likewise, but the field holds the header alone, as CRM exports do: its\n"
                  "signatures are checked, and nothing is said of a body")
      ->type_name("NAME")
      ->excludes(field);
  command
      .add_option("--encoding", options->records.encoding,
                  "How the field holds it: plain (default) or base64 (also base64url)")
      ->type_name("WORD")
      ->transform(CLI::CheckedTransformer(encodings).description(""));
  command
      .add_option("--id-field", options->records.id,
                  "Field that names the record: becomes origin.member (default: its number)")
      ->type_name("NAME");
  command.final_callback([&command, options] {
    if (!options->records.content().empty()) return;
    for (const char* flag : {"--encoding", "--id-field"}) {
      if (command.count(flag) == 0) continue;
      throw CLI::RequiresError(flag, "--field or --headers-field");
    }
  });
}

void announce_network(const ScanOptions& options) {
  if (!options.dns_files.empty() || !options.resolvers.empty() || options.offline) return;
  std::fputs(
      "mailassay: DNS is asked through the system's resolvers; --dns FILE, --resolver ADDR and\n"
      "mailassay: --offline change that\n",
      stderr);
}

}  // namespace mailassay::program
