#include "support/dmarc_case.h"

#include <gtest/gtest.h>

#include "dmarc/reason.h"

namespace mailassay::test {
namespace {

constexpr dns::Type kAsked[] = {dns::Type::cname, dns::Type::txt, dns::Type::a, dns::Type::mx};

std::string record_name(std::string_view domain) { return "_dmarc." + std::string(domain); }

}  // namespace

DmarcZone& DmarcZone::record(std::string_view domain, std::string_view text) {
  zone_.add_txt(record_name(domain), text);
  // What is above a name exists.
  if (!zone_.has(domain, dns::Type::txt)) existence(domain, dns::AnswerKind::no_data);
  return *this;
}

DmarcZone& DmarcZone::answer(std::string_view domain, dns::AnswerKind kind, dns::Failure failure) {
  zone_.set(record_name(domain), dns::Type::txt, kind, failure);
  return *this;
}

DmarcZone& DmarcZone::exists(std::string_view name) {
  existence(name, dns::AnswerKind::no_data);
  zone_.add(name, dns::Type::mx, "10 mx.example.net.");
  return *this;
}

DmarcZone& DmarcZone::existence(std::string_view name, dns::AnswerKind kind) {
  for (const dns::Type type : kAsked) zone_.set(name, type, kind);
  return *this;
}

const dns::Answer* DmarcZone::find(const dns::Question& asked) const { return zone_.find(asked); }

dmarc::Identifier dmarc_identifier(std::string_view text) {
  dmarc::Identifier out;
  out.state = text.front() == '+'   ? dmarc::Identifier::State::passes
              : text.front() == '?' ? dmarc::Identifier::State::unknown
                                    : dmarc::Identifier::State::fails;
  const std::size_t colon = text.find(':');
  out.method = text.substr(1, colon - 1) == "spf" ? dmarc::Method::spf : dmarc::Method::dkim;
  out.domain = text.substr(colon + 1);
  return out;
}

dmarc::Input dmarc_input(std::string_view author, const std::vector<std::string>& identifiers) {
  dmarc::Input input;
  input.author.domains.emplace_back(author);
  for (const std::string& text : identifiers) {
    input.identifiers.push_back(dmarc_identifier(text));
  }
  return input;
}

dmarc::Verdict judge_dmarc(const dmarc::Input& input, const dns::View& view,
                           const dmarc::Options& options) {
  dns::Needs needs;
  auto verdict = dmarc::evaluate(input, view, needs, options);
  EXPECT_TRUE(verdict.has_value()) << "an answer is missing";
  return verdict.value_or(dmarc::Verdict{});
}

std::string words(const dmarc::PolicyResult& result) {
  std::string out(dmarc::word_of(result.status));
  out.append(" ").append(dmarc::entry_of(result.reason).word);
  if (!result.policy) return out;
  out.append(" ").append(dmarc::word_of(*result.policy));
  if (result.stricter_policy) out.append("/").append(dmarc::word_of(*result.stricter_policy));
  out.append(" by ").append(dmarc::word_of(result.tag)).append(" of ").append(result.policy_domain);
  return out;
}

PublicSuffixList suffix_list(std::string_view text) {
  auto list = PublicSuffixList::from_text(text);
  EXPECT_TRUE(list.has_value()) << text;
  return list ? std::move(*list) : PublicSuffixList();
}

}  // namespace mailassay::test
