#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "commands.h"
#include "exit_codes.h"
#include "fail_on.h"
#include "flags.h"
#include "io/file_reader.h"
#include "progress_line.h"
#include "report/summary.h"
#include "stop_signals.h"

namespace mailassay::program {
namespace {

constexpr std::size_t kRedactionKeyBytes = 32;
constexpr std::size_t kMaxKeyFile = 4096;
constexpr std::size_t kMaxListFile = std::size_t{1} << 30U;

struct ScanFlags {
  std::string output;
  std::optional<std::string> fail_on;
  std::string redaction_key_file;
  std::string files_from;
  bool redact = false;
  bool quiet = false;
};

constexpr const char* kExamples = R"(Examples:
  mailassay scan --dns keys.ndjson --output verdicts.ndjson inbox.mbox
      verdicts of an archive by recorded keys, nothing goes to the network
  mailassay scan --record keys.ndjson --output verdicts.ndjson Mail/
      a folder of messages and mboxes; what DNS said is kept for the next scan
  find Mail -name '*.eml' -print0 | mailassay scan --dns keys.ndjson --files0-from -
      the messages that find names
  mailassay scan --dns keys.ndjson --fail-on 'fail,permerror>1%' - < inbox.mbox
      exit code 1 if a signature fails, or more than 1 % are broken for good
The keys of a --config file are the flags above without their dashes: trust-sealer = ["example.org"],
offline = true. A list that is given here replaces that of the file.
Exit codes: 0 done; 1 --fail-on found something; 2 wrong usage; 3 some input could not be read;
4 could not write; 70 internal error in a message; 75 no DNS server answered; 130, 143 interrupted.)";

int fail_usage(const std::string& what) {
  fmt::print(stderr, "mailassay: {}\n", what);
  return kUsage;
}

/// A key for --redact: from the file, or made for this run alone.
Result<std::string, std::string> redaction_key(const ScanFlags& flags) {
  if (!flags.redaction_key_file.empty()) {
    auto key = io::read_whole(flags.redaction_key_file, kMaxKeyFile);
    if (!key) return Unexpected(io::to_text(key.error()));
    if (key->empty()) return Unexpected(flags.redaction_key_file + ": holds no key");
    return std::move(*key);
  }
  std::string key(kRedactionKeyBytes, '\0');
  if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size())) {
    return Unexpected(std::string("no random numbers for --redact"));
  }
  return key;
}

/// Fills the list of --files0-from; a sentence if that cannot be done.
std::string read_list(const std::string& file, ScanOptions& options) {
  if (file.empty()) {
    return options.paths.empty() ? "scan: PATH is required, or --files0-from FILE" : "";
  }
  if (file == "-" &&
      std::find(options.paths.begin(), options.paths.end(), "-") != options.paths.end()) {
    return "standard input can be mail or the list of --files0-from, not both";
  }
  const auto list = io::read_whole(file, kMaxListFile);
  if (!list) return io::to_text(list.error());
  options.list = file == "-" ? "--files0-from -" : file;
  for (std::size_t at = 0; at < list->size();) {
    const std::size_t end = std::min(list->find('\0', at), list->size());
    if (end == at) {
      return fmt::format("{}: path {} is empty", io::path_text(file),
                         options.listed_paths.size() + 1);
    }
    options.listed_paths.push_back(list->substr(at, end - at));
    if (file == "-" && options.listed_paths.back() == "-") {
      return "standard input can be mail or the list of --files0-from, not both";
    }
    at = end + 1;
  }
  return options.listed_paths.empty() ? io::path_text(file) + ": lists no path" : "";
}

/// Several exit codes may apply: 4 > 70 > 3 > 75 > 1; an interruption is said before all but 4.
int exit_code(const ScanSummary& summary, int signal, const std::string& failure) {
  if (summary.write_error) return kCannotWrite;
  if (summary.stopped && signal != 0) return signal == SIGTERM ? kTerminated : kInterrupted;
  if (summary.output_closed) return kDone;
  if (summary.internal_errors > 0) return kInternalError;
  if (summary.problem_count > 0) return kUnreadable;
  if (summary.dns.live > 0 && !summary.dns.any_server_answered) return kTryAgain;
  return failure.empty() ? kDone : kFound;
}

void say_what_went_wrong(const ScanSummary& summary, const std::string& failure) {
  if (summary.write_error) fmt::print(stderr, "mailassay: {}\n", *summary.write_error);
  // One that was stopped may not have waited long enough to say so.
  if (summary.dns.live > 0 && !summary.dns.any_server_answered && !summary.stopped) {
    fmt::print(stderr, "mailassay: no DNS server ever answered; the keys are not known\n");
  }
  if (!failure.empty()) fmt::print(stderr, "mailassay: {}\n", failure);
}

/// In --quiet no summary says what could not be read; problems are said all the same.
void say_problems(const ScanSummary& summary) {
  for (const ScanProblem& problem : summary.problems) {
    fmt::print(stderr, "mailassay: {}\n", report::problem_text(problem));
  }
}

int run_scan(ScanOptions& options, const ScanFlags& flags) {
  const StopSignals signals;
  options.stop = signals.token();
  options.output = flags.output;
  if (options.output.empty() && isatty(STDOUT_FILENO) == 0) options.output = "-";
  if (const std::string fault = read_list(flags.files_from, options); !fault.empty()) {
    return fail_usage(fault);
  }
  std::vector<FailOnItem> fail_on;
  if (flags.fail_on) {
    auto items = parse_fail_on(*flags.fail_on);
    if (!items) return fail_usage(items.error());
    fail_on = std::move(*items);
  }
  if (flags.redact || !flags.redaction_key_file.empty()) {
    auto key = redaction_key(flags);
    if (!key) return fail_usage(key.error());
    options.redaction_key = std::move(*key);
  }
  announce_network(options);
  const bool show = !flags.quiet && isatty(STDERR_FILENO) != 0;
  const auto summary = scan(options, show ? ProgressFunction(show_progress) : ProgressFunction());
  if (show) erase_progress();
  if (!summary) {
    fmt::print(stderr, "mailassay: {}\n", summary.error().what);
    return summary.error().is_output ? kCannotWrite : kUsage;
  }
  // Who closed the pipe has what he wanted, and counts of a part would mislead.
  if (summary->output_closed && !summary->write_error && signals.signal() == 0) return kDone;
  const std::string failure = find_failure(fail_on, *summary);
  if (flags.quiet) {
    say_problems(*summary);
  } else {
    fmt::print(options.output.empty() ? stdout : stderr, "{}", report::summary_text(*summary));
    if (options.output.empty()) {
      fmt::print(
          "\nNo rows were written: --output FILE gives one NDJSON row per message, and\n"
          "mailassay explain PATH --index N tells about one of them.\n");
    }
  }
  say_what_went_wrong(*summary, failure);
  return exit_code(*summary, signals.signal(), failure);
}

}  // namespace

Command add_scan(CLI::App& app, std::vector<std::string> arguments,
                 const Configuration& configuration) {
  const auto options = std::make_shared<ScanOptions>();
  const auto flags = std::make_shared<ScanFlags>();
  options->arguments = std::move(arguments);
  CLI::App& command = *app.add_subcommand("scan", "Verify every message of archives");
  command.footer(kExamples);
  command
      .add_option(
          "PATH", options->paths,
          "mbox, message, Maildir, folder (walked); also compressed (gz, zst, xz, bz2, lz4)\n"
          "or in tar, cpio, zip, 7z; or - for standard input")
      ->type_name("");
  command
      .add_option("--files0-from", flags->files_from,
                  "Read further paths, each ended by a NUL, from this file or - (find -print0)")
      ->type_name("FILE");
  add_config_flag(command);
  add_dns_flags(command, options);
  command
      .add_option("--record", options->record_file,
                  "Write what the network said to this recording; what --dns files\nhold is not "
                  "repeated in it")
      ->type_name("FILE");
  command.add_option("--output", flags->output, "Write rows (NDJSON) here; - is standard output")
      ->type_name("FILE");
  command
      .add_option("--run-record", options->run_record,
                  "Write the record of the run here (default: beside the output)")
      ->type_name("FILE");
  command.add_flag("--evidence", options->evidence,
                   "Rows with canonical hashes and raw key records");
  command.add_flag("--arc-rfc-wording", options->arc_rfc_wording,
                   "Call an ARC chain 'fail' that is undetermined for lack of a key (RFC 8617)");
  command.add_flag("--redact", flags->redact, "Local parts and subjects as keyed hashes");
  command
      .add_option("--redact-key", flags->redaction_key_file,
                  "Key for --redact, so that runs can be compared (default: random)")
      ->type_name("FILE");
  command.add_option("--threads", options->threads, "Threads (default: one for each core)")
      ->type_name("N")
      ->check(CLI::Range(0, 1024).description(""));
  add_size_flag(command, "--memory", options->memory_bytes, "Memory to use (default 512M)");
  add_judge_flags(command, options);
  add_unpack_flags(command, options);
  add_mbox_flag(command, options);
  add_record_flags(command, options);
  command.add_flag("--dedupe", options->dedupe,
                   "Mark copies of messages, those that differ, and which copy verifies\n"
                   "(with --hash equal octets count as the same without a signature)");
  command.add_flag("--hash", options->hash,
                   "SHA-256 of each message, and of each archive before and after the scan\n"
                   "(reads the archives twice more)");
  add_trust_flags(command, options);
  command
      .add_option("--fail-on", flags->fail_on,
                  "Exit 1 if found: NAME[>N[%]],... of results, standings or 'unreadable'")
      ->type_name("LIST");
  command.add_flag("--quiet", flags->quiet, "No progress and no summary");
  return [options, flags, &configuration] {
    options->configuration_hash = configuration.hash;
    return run_scan(*options, *flags);
  };
}

}  // namespace mailassay::program
