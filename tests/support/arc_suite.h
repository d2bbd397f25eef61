// The ARC suite of ValiMail, in the YAML of either of its copies.
#ifndef MAILASSAY_TESTS_SUPPORT_ARC_SUITE_H
#define MAILASSAY_TESTS_SUPPORT_ARC_SUITE_H

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/dns_table.h"

namespace mailassay::test {

/// One validation case.
struct ArcCase {
  std::string name;
  std::string status;   ///< none, pass or fail; the suite's empty word is `fail`
  std::string message;  ///< LF line ends
  std::shared_ptr<const DnsTable> dns;
};

/// All cases of a file of validation tests, in its order.
///
/// Errors: YAML::Exception if it is not such a file.
std::vector<ArcCase> read_arc_cases(const std::filesystem::path& file);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_ARC_SUITE_H
