// mailassay-testdns FILE [--port N] [--delay-ms N]: serves a zone or COF file on 127.0.0.1.
//
// Prints the port on stdout, then answers until it is terminated or its parent ends. The live
// benchmark uses it for answers that take 20 ms.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "support/hostile_server.h"

int main(int argc, char** argv) {
  CLI::App app("Serves DNS answers from a file on the loopback, for tests and benchmarks");
  std::string file;
  std::uint16_t port = 0;
  int delay_ms = 0;
  app.add_option("FILE", file, "zone or COF file")->required()->check(CLI::ExistingFile);
  app.add_option("--port", port, "UDP and TCP port; any free one by default");
  app.add_option("--delay-ms", delay_ms, "milliseconds before each answer")
      ->check(CLI::NonNegativeNumber);
  CLI11_PARSE(app, argc, argv);

  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  mailassay::test::HostileOptions options;
  options.text = text.str();
  options.port = port;
  options.delay = std::chrono::milliseconds(delay_ms);
  const mailassay::test::HostileServer server(std::move(options));
  std::printf("%u\n", static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  pause();
  return 0;
}
