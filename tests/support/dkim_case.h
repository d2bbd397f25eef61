// What the product says to the signatures of one message, as words that a table can state.
#ifndef MAILASSAY_TESTS_SUPPORT_DKIM_CASE_H
#define MAILASSAY_TESTS_SUPPORT_DKIM_CASE_H

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/verdict.h"

namespace mailassay::test {

/// One case of a foreign suite and our answer to it.
struct DkimCase {
  std::string_view name;     ///< of the file, below the suite's folder
  std::string_view theirs;   ///< what the suite says
  std::string_view ours;     ///< as dkim_words() has it
  std::string_view rule;     ///< the RFC section that explains a difference; "" if there is none
  std::string_view because;  ///< the rule in a few words
};

/// For each signature "result reason body signature", joined by ", "; body and signature are
/// match, mismatch or "-" (not checked). "none" if there is no signature.
std::string dkim_words(std::string_view message, const dns::View& view,
                       const JudgeOptions& options = {});

/// Expects dkim_words() to be `c.ours`, for the message as stored and with CRLF line ends; and
/// that a row whose result differs from theirs names a rule, and only such a row.
void check_dkim_case(const DkimCase& c, std::string_view message, const dns::View& view,
                     const JudgeOptions& options = {});

/// Makes every LF that does not follow a CR into CRLF.
std::string with_crlf(std::string_view text);

/// The names, relative to `folder`, of the regular files below it that end in `suffix`.
std::set<std::string> file_names(const std::filesystem::path& folder, std::string_view suffix);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_DKIM_CASE_H
