// Where other people's test suites lie.
#ifndef MAILASSAY_TESTS_SUPPORT_CONFORMANCE_DIR_H
#define MAILASSAY_TESTS_SUPPORT_CONFORMANCE_DIR_H

#include <filesystem>
#include <optional>
#include <string>

namespace mailassay::test {

/// The folder of one suite below MAILASSAY_CONFORMANCE_DIR, or empty if it is not there.
std::optional<std::filesystem::path> conformance_suite(const std::string& name);

/// True if a missing suite is a failure (MAILASSAY_REQUIRE_CONFORMANCE=1).
bool conformance_is_required();

/// The octets of a file; a test failure if it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace mailassay::test

/// Declares `variable` as the folder of the suite `name`; skips loudly, or fails, if it is absent.
#define MAILASSAY_SUITE(variable, name)                                                 \
  const auto variable##_or_none = ::mailassay::test::conformance_suite(name);           \
  if (!variable##_or_none) {                                                            \
    if (::mailassay::test::conformance_is_required()) {                                 \
      FAIL() << "conformance suite '" << (name) << "' is absent but required";          \
    }                                                                                   \
    GTEST_SKIP() << "SKIPPED: conformance suite '" << (name)                            \
                 << "' is absent; set MAILASSAY_CONFORMANCE_DIR to the folder with it"; \
  }                                                                                     \
  const std::filesystem::path variable = *variable##_or_none

#endif  // MAILASSAY_TESTS_SUPPORT_CONFORMANCE_DIR_H
