#include "support/conformance_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace mailassay::test {

std::optional<std::filesystem::path> conformance_suite(const std::string& name) {
  const char* configured = std::getenv("MAILASSAY_CONFORMANCE_DIR");
  const std::filesystem::path root =
      configured != nullptr && *configured != '\0' ? configured : MAILASSAY_CONFORMANCE_DEFAULT;
  const std::filesystem::path suite = root / name;
  if (!std::filesystem::is_directory(suite)) return std::nullopt;
  return suite;
}

bool conformance_is_required() {
  const char* required = std::getenv("MAILASSAY_REQUIRE_CONFORMANCE");
  return required != nullptr && std::string_view(required) == "1";
}

std::string read_file(const std::filesystem::path& path) {
  const std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    ADD_FAILURE() << "cannot read " << path;
    return {};
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace mailassay::test
