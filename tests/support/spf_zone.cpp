#include "support/spf_zone.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/ascii.h"
#include "dns/ip_address.h"
#include "dns/rdata.h"
#include "spf/reason.h"
#include "spf/target.h"
#include "support/growing_view.h"

namespace mailassay::test {
namespace {

std::string spelled(std::string_view name) {
  return spf::target_name(name, 1).value_or(ascii::lower(name));
}

}  // namespace

void SpfZone::add(std::string_view name, dns::Type type, std::string_view data) {
  std::string rdata;
  if (type == dns::Type::txt) {
    rdata = txt_rdata(data);
  } else {
    auto read = dns::rdata_from_text(type, data);
    ASSERT_TRUE(read) << name << ' ' << data;
    rdata = std::move(*read);
  }
  add_rdata(name, type, std::move(rdata));
}

void SpfZone::add_rdata(std::string_view name, dns::Type type, std::string rdata) {
  dns::Answer& answer = answers_[{spelled(name), type}];
  if (answer.sightings.empty()) answer.sightings.resize(1);
  dns::Sighting& sighting = answer.sightings.front();
  sighting.kind = dns::AnswerKind::records;
  sighting.source = "test";
  sighting.rdata.push_back(std::move(rdata));
  std::sort(sighting.rdata.begin(), sighting.rdata.end());
}

void SpfZone::set(std::string_view name, dns::Type type, dns::AnswerKind kind,
                  dns::Failure failure) {
  answers_[{spelled(name), type}].sightings = {negative_sighting(kind, failure)};
}

bool SpfZone::has(std::string_view name, dns::Type type) const {
  return answers_.contains({spelled(name), type});
}

const dns::Answer* SpfZone::find(const dns::Question& asked) const {
  dns::Question question = asked;
  for (int step = 0; step < 8 && !answers_.contains(question); ++step) {  // aliases
    const auto alias = answers_.find({question.name, dns::Type::cname});
    if (alias == answers_.end() || alias->second.sightings.front().rdata.empty()) break;
    question.name = dns::name_in_rdata(alias->second.sightings.front().rdata.front()).value_or("");
  }
  if (const auto found = answers_.find(question); found != answers_.end()) return &found->second;
  const auto next = answers_.lower_bound({question.name, dns::Type{0}});
  const bool exists = next != answers_.end() && next->first.name == question.name;
  dns::Answer& answer = negatives_[question];
  answer.sightings = {
      negative_sighting(exists ? dns::AnswerKind::no_data : dns::AnswerKind::no_such_name)};
  return &answer;
}

spf::Verdict judge_spf(const spf::Input& input, const dns::View& view, const Limits& limits) {
  dns::Needs needs;
  auto verdict = spf::evaluate(input, view, needs, limits);
  EXPECT_TRUE(verdict.has_value()) << "an answer is missing";
  return verdict.value_or(spf::Verdict{});
}

std::string words(const spf::Verdict& verdict) {
  return std::string(spf::word_of(verdict.status)) + ' ' +
         std::string(spf::entry_of(verdict.reason).word);
}

spf::Input spf_input(std::string_view ip, std::string mail_from, std::string helo) {
  spf::Input input;
  if (const auto v4 = dns::ipv4_from_text(ip)) {
    input.client_ip.assign(v4->begin(), v4->end());
  } else if (const auto v6 = dns::ipv6_from_text(ip)) {
    input.client_ip.assign(v6->begin(), v6->end());
  }
  EXPECT_FALSE(input.client_ip.empty()) << ip;
  input.mail_from = std::move(mail_from);
  input.helo = std::move(helo);
  return input;
}

}  // namespace mailassay::test
