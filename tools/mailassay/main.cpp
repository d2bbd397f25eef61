// mailassay: the program. One file per subcommand; nothing here but choosing it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "commands.h"
#include "configuration.h"
#include "exit_codes.h"
#include "mailassay/version.h"

namespace mailassay::program {
namespace {

int run(int argc, char** argv) {
  // Names of archive members are read by the locale's charset; nothing else follows a locale.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  // A closed pipe shows when writing to it.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app("Verifies stored mail: DKIM signatures of whole archives, with the evidence.",
               "mailassay");
  app.set_version_flag("--version", "mailassay " + std::string(kVersion));
  app.require_subcommand(1);
  app.footer("`mailassay SUBCOMMAND --help` has examples.");
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Configuration configuration;
  const Command scan = add_scan(app, arguments, configuration);
  const Command explain = add_explain(app);
  const Command key = add_key(app);
  const Command spf = add_spf(app);
  const Command dmarc = add_dmarc(app);
  CLI::App keys;
  add_scan(keys, {}, configuration);
  auto configured = apply_configuration(app, *keys.get_subcommand("scan"), arguments);
  if (!configured) {
    fmt::print(stderr, "mailassay: {}\n", configured.error());
    return kUsage;
  }
  configuration = std::move(*configured);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 says no more than that a subcommand is required.
    if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty()) {
      fmt::print(stderr, "mailassay: '{}' is no subcommand; `mailassay --help` lists them\n",
                 argv[1]);
      return kUsage;
    }
    const bool is_help = error.get_exit_code() == 0;
    app.exit(error, is_help ? std::cout : std::cerr, std::cerr);
    return is_help ? kDone : kUsage;
  }
  if (app.got_subcommand("scan")) return scan();
  if (app.got_subcommand("explain")) return explain();
  if (app.got_subcommand("key")) return key();
  if (app.got_subcommand("spf")) return spf();
  return dmarc();
}

}  // namespace
}  // namespace mailassay::program

int main(int argc, char** argv) {
  try {
    return mailassay::program::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mailassay: internal error: %s\n", error.what());
    return mailassay::program::kInternalError;
  }
}
