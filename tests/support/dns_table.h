// A test's DNS: a table of TXT answers, as the files of test suites state them.
#ifndef MAILASSAY_TESTS_SUPPORT_DNS_TABLE_H
#define MAILASSAY_TESTS_SUPPORT_DNS_TABLE_H

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mailassay/dns.h"

namespace mailassay::test {

/// Knows the answer to every question: a name that is absent is NXDOMAIN.
class DnsTable final : public dns::View {
 public:
  /// Adds one TXT record at `name`, beside those that are there.
  void add_txt(std::string_view name, std::string_view text);
  /// Sets an answer without records.
  void set_negative(std::string_view name, dns::AnswerKind kind, dns::Failure failure);
  /// Adds {name: {"TXT": [text, ...]}}, where a word may stand instead of the list: NXDOMAIN,
  /// NOTFOUND, PERMERROR (no such name), NODATA, TIMEOUT, SERVFAIL, TEMPERROR (SERVFAIL).
  ///
  /// Errors: a test failure on another word.
  void add_json(const nlohmann::json& names);
  /// Adds lines of "name: text" or "name: word"; a backslash at the end continues a line.
  void add_lines(std::string text);
  /// Sets what one such word says.
  void set_word(std::string_view name, std::string_view word);

  const dns::Answer* find(const dns::Question& question) const override;

 private:
  std::unordered_map<dns::Question, dns::Answer, dns::QuestionHash> answers_;
  dns::Answer no_such_name_{{{dns::AnswerKind::no_such_name,
                              dns::Failure::none,
                              {},
                              "test",
                              std::nullopt,
                              std::nullopt}}};
};

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_DNS_TABLE_H
