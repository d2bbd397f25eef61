// A real authoritative server, nsd, on the loopback, for the life of the object.
#ifndef MAILASSAY_TESTS_SUPPORT_NSD_SERVER_H
#define MAILASSAY_TESTS_SUPPORT_NSD_SERVER_H

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

#include "mailassay/result.h"
#include "resolver/server_address.h"

namespace mailassay::test {

class NsdServer {
 public:
  /// True if the nsd program is there.
  static bool is_installed();

  /// Starts nsd with one zone and waits until it answers.
  ///
  /// Errors: words, with what nsd wrote to its log.
  static Result<std::unique_ptr<NsdServer>, std::string> start(const std::string& origin,
                                                               const std::string& zone_text);
  ~NsdServer();
  NsdServer(const NsdServer&) = delete;
  NsdServer& operator=(const NsdServer&) = delete;

  const resolver::ServerAddress& address() const { return address_; }

 private:
  NsdServer() = default;
  bool answers(const std::string& origin) const;
  std::string log() const;

  std::filesystem::path folder_;
  resolver::ServerAddress address_;
  pid_t process_ = -1;
};

}  // namespace mailassay::test

/// Skips the test loudly where nsd is absent; fails it where that is not allowed.
#define MAILASSAY_NEEDS_NSD()                                                    \
  if (!::mailassay::test::NsdServer::is_installed()) {                           \
    if (::mailassay::test::conformance_is_required()) FAIL() << "nsd is absent"; \
    GTEST_SKIP() << "SKIPPED: nsd is absent; install the package nsd";           \
  }                                                                              \
  static_assert(true)

#endif  // MAILASSAY_TESTS_SUPPORT_NSD_SERVER_H
