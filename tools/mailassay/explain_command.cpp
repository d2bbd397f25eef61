#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands.h"
#include "configuration.h"
#include "engine/examine.h"
#include "exit_codes.h"
#include "flags.h"
#include "report/explain.h"

namespace mailassay::program {

Command add_explain(CLI::App& app) {
  const auto options = std::make_shared<ScanOptions>();
  const auto selector = std::make_shared<engine::MessageSelector>();
  CLI::App& command =
      *app.add_subcommand("explain", "Tell what was checked in one message, step by step");
  command.footer(
      "Examples:\n"
      "  mailassay explain --dns keys.ndjson inbox.mbox --index 17\n"
      "  mailassay explain message.eml\n"
      "The index and the offset are those of origin in the rows of scan.\n"
      "Exit codes: 0 done; 2 wrong usage, or DNS files that cannot be read; 3 no such message.");
  command.add_option("PATH", options->paths, "mbox file, message file, folder, or -")
      ->required()
      ->expected(1);
  command.add_option("--index", selector->index, "Place of the message in its archive, from 0");
  command.add_option("--member", selector->member, "Name of the member that it is in")
      ->type_name("NAME");
  command.add_option("--offset", selector->offset, "Offset of an octet of the message");
  command.add_option("--message-id", selector->message_id, "Its Message-ID")->type_name("ID");
  command
      .add_option("--part", selector->part,
                  "Part that is a message inside of it: origin.part, such as 2 or 2.1")
      ->type_name("PART");
  add_config_flag(command);
  add_dns_flags(command, options);
  add_judge_flags(command, options);
  add_unpack_flags(command, options);
  add_mbox_flag(command, options);
  add_record_flags(command, options);
  add_trust_flags(command, options);
  return [options, selector] {
    announce_network(*options);
    const auto examined = engine::examine(*options, *selector);
    if (!examined) {
      fmt::print(stderr, "mailassay: {}\n", examined.error().what);
      return examined.error().is_input ? kUnreadable : kUsage;
    }
    fmt::print("{}", report::explain_text(examined->origin, examined->dossier, examined->verdict));
    return kDone;
  };
}

}  // namespace mailassay::program
