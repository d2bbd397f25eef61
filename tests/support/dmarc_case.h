// A question to DMARC in few words, and its answer in as few.
#ifndef MAILASSAY_TESTS_SUPPORT_DMARC_CASE_H
#define MAILASSAY_TESTS_SUPPORT_DMARC_CASE_H

#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dmarc.h"
#include "support/spf_zone.h"

namespace mailassay::test {

/// A zone in which an absent name does not exist, and one above another exists without data.
class DmarcZone final : public dns::View {
 public:
  /// A DMARC record at _dmarc.`domain`.
  DmarcZone& record(std::string_view domain, std::string_view text);
  /// The answer at _dmarc.`domain`.
  DmarcZone& answer(std::string_view domain, dns::AnswerKind kind,
                    dns::Failure failure = dns::Failure::none);
  /// An MX record at the name itself.
  DmarcZone& exists(std::string_view name);
  /// The answer to every type at the name itself.
  DmarcZone& existence(std::string_view name, dns::AnswerKind kind);

  const dns::Answer* find(const dns::Question& asked) const override;

 private:
  SpfZone zone_;
};

/// "+dkim:d", "+spf:d" passes; "?" instead of "+" is unknown, "-" fails. With nothing behind the
/// colon the domain is not known.
dmarc::Identifier dmarc_identifier(std::string_view text);

/// From with one address of `author`, and the identifiers.
dmarc::Input dmarc_input(std::string_view author, const std::vector<std::string>& identifiers = {});

/// Judges with everything known at once; a test failure if something is missing.
dmarc::Verdict judge_dmarc(const dmarc::Input& input, const dns::View& view,
                           const dmarc::Options& options = {});

/// "fail not-aligned reject by sp of example.com": status, reason, policy, tag, policy domain.
std::string words(const dmarc::PolicyResult& result);

/// The list of a text, which is right.
PublicSuffixList suffix_list(std::string_view text);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_DMARC_CASE_H
