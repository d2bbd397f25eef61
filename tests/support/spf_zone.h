// DNS of SPF tests: what a zone does not name does not exist.
#ifndef MAILASSAY_TESTS_SUPPORT_SPF_ZONE_H
#define MAILASSAY_TESTS_SUPPORT_SPF_ZONE_H

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/spf.h"

namespace mailassay::test {

class SpfZone final : public dns::View {
 public:
  /// Adds a record in master-file form; a TXT takes the text as it is.
  void add(std::string_view name, dns::Type type, std::string_view data);
  /// A TXT record of raw character-strings' text.
  void add_txt(std::string_view name, std::string_view text) { add(name, dns::Type::txt, text); }
  void add_rdata(std::string_view name, dns::Type type, std::string rdata);
  void set(std::string_view name, dns::Type type, dns::AnswerKind kind,
           dns::Failure failure = dns::Failure::none);
  bool has(std::string_view name, dns::Type type) const;

  /// Never null: no_data at known names, no_such_name elsewhere.
  const dns::Answer* find(const dns::Question& asked) const override;

 private:
  std::map<dns::Question, dns::Answer> answers_;
  mutable std::map<dns::Question, dns::Answer> negatives_;
};

/// Judges with everything known at once; a test failure if something is missing.
spf::Verdict judge_spf(const spf::Input& input, const dns::View& view, const Limits& limits = {});

/// "pass" and so on, a blank, the reason.
std::string words(const spf::Verdict& verdict);

/// An input with the address given as text.
spf::Input spf_input(std::string_view ip, std::string mail_from,
                     std::string helo = "mail.example.net");

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_SPF_ZONE_H
