// The test pairs of the public suffix list's own project, on its list.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "dmarc/domain_name.h"
#include "mailassay/public_suffix_list.h"
#include "support/conformance_dir.h"

namespace mailassay {
namespace {

/// The registrable domain in A-labels; "null" if there is none.
std::string registrable(const PublicSuffixList& list, const std::string& input) {
  const auto name = dmarc::domain_name(input);
  if (!name) return "null";
  // organizational_domain() gives back a suffix as it is; for the suite it has no registrable one.
  if (list.suffix_of(*name).name.size() == name->size()) return "null";
  return std::string(list.organizational_domain(*name));
}

// [RFC7489 3.2]
TEST(PublicSuffixSuite, Whole) {
  MAILASSAY_SUITE(folder, "publicsuffix");
  const auto list = PublicSuffixList::from_text(test::read_file(folder / "public_suffix_list.dat"));
  ASSERT_TRUE(list) << list.error().line << ' ' << list.error().what;
  EXPECT_GT(list->rule_count(), 9000U);
  std::istringstream lines(test::read_file(folder / "tests" / "tests.txt"));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("//")) continue;
    std::istringstream words(line);
    std::string input;
    std::string expected;
    words >> input >> expected;
    ++count;
    if (input == "null") input.clear();
    if (expected != "null") expected = dmarc::domain_name(expected).value_or(expected);
    EXPECT_EQ(registrable(*list, input), expected) << line;
  }
  EXPECT_EQ(count, 78U);
}

}  // namespace
}  // namespace mailassay
