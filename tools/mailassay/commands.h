// The subcommands. Each adds itself to the command line and returns what runs it.
#ifndef MAILASSAY_MAILASSAY_COMMANDS_H
#define MAILASSAY_MAILASSAY_COMMANDS_H

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "configuration.h"

namespace mailassay::program {

/// Runs the parsed subcommand; the result is the exit code.
using Command = std::function<int()>;

/// `arguments` are those of the program as given, for the run record. The configuration may be read
/// after this; it has to live until the command has run.
Command add_scan(CLI::App& app, std::vector<std::string> arguments,
                 const Configuration& configuration);
Command add_explain(CLI::App& app);
Command add_key(CLI::App& app);
Command add_spf(CLI::App& app);
Command add_dmarc(CLI::App& app);

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_COMMANDS_H
