// The configuration file: a TOML file whose keys are the long flags of scan.
//
//   own-domain = ["example.com"]     # --own-domain example.com
//   [network]                        # headings are for the reader alone
//   offline = true                   # --offline
//
// It is read when --config names it and never otherwise: what a verdict rests on does not depend
// on a file that happens to lie in some folder. A flag on the command line wins over its key, and
// replaces its list. A key that scan has and another command lacks is checked there, and not used.
#ifndef MAILASSAY_MAILASSAY_CONFIGURATION_H
#define MAILASSAY_MAILASSAY_CONFIGURATION_H

#include <CLI/CLI.hpp>
#include <span>
#include <string>

#include "mailassay/result.h"

namespace mailassay::program {

struct Configuration {
  std::string hash;  ///< SHA-256 of the file, hexadecimal; empty if none was given
};

/// --config
void add_config_flag(CLI::App& command);

/// Gives the options of the command that the arguments name what its --config file says, if there
/// is one. To be called before the arguments are parsed.
///
/// Demands: `arguments` without the name of the program. `keys` is a scan command that is not run:
///          its flags are the keys, and check every value.
/// Errors:  a sentence with file, line and column.
Result<Configuration, std::string> apply_configuration(CLI::App& app, CLI::App& keys,
                                                       std::span<const std::string> arguments);

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_CONFIGURATION_H
