#include "dns/reply.h"

#include <algorithm>
#include <utility>

#include "dns/rdata.h"
#include "dns/sightings.h"

namespace mailassay::dns {

namespace {

bool answers_question(const Packet& packet, const Question& question) {
  return packet.is_response && packet.questions.size() == 1 &&
         packet.questions[0].name == question.name &&
         packet.questions[0].type == static_cast<std::uint16_t>(question.type) &&
         packet.questions[0].record_class == kClassIn;
}

bool has_authority(const Packet& packet, Type type) {
  return std::any_of(packet.authority.begin(), packet.authority.end(), [&](const auto& record) {
    return record.type == static_cast<std::uint16_t>(type);
  });
}

/// NS without SOA, not authoritative, from a server that does not recurse: "ask elsewhere".
bool is_referral(const Packet& packet) {
  return !packet.is_authoritative && !packet.recursion_available &&
         has_authority(packet, Type::ns) && !has_authority(packet, Type::soa);
}

std::optional<Fact> records_at(const Packet& packet, const Question& question) {
  Fact fact{question, AnswerKind::records, {}, {}};
  for (const PacketRecord& record : packet.answers) {
    if (record.record_class != kClassIn || record.name != question.name ||
        record.type != static_cast<std::uint16_t>(question.type)) {
      continue;
    }
    fact.rdata.push_back(record.rdata);
    fact.ttl = fact.ttl ? std::min(*fact.ttl, record.ttl) : record.ttl;
  }
  if (fact.rdata.empty()) return std::nullopt;
  sort_rdata(fact.rdata);
  return fact;
}

/// The first alias at a name; a name has one. [RFC2181 10.1]
std::optional<Fact> alias_at(const Packet& packet, const std::string& name) {
  auto alias = records_at(packet, {name, Type::cname});
  if (alias) alias->rdata.resize(1);
  return alias;
}

}  // namespace

std::optional<std::vector<Fact>> facts_of(const Packet& packet, const Question& question) {
  if (!answers_question(packet, question)) return std::nullopt;
  const bool name_error = packet.rcode == kRcodeNameError;
  if (packet.rcode != kRcodeNoError && !name_error) return std::nullopt;

  std::vector<Fact> facts;
  Question current = question;
  while (facts.size() <= kMaxAliasDepth) {
    if (auto records = records_at(packet, current)) {
      facts.push_back(std::move(*records));
      return facts;
    }
    if (question.type == Type::cname) break;
    auto alias = alias_at(packet, current.name);
    if (!alias) break;
    auto target = name_in_rdata(alias->rdata.front());
    if (!target) return std::nullopt;
    const bool loops = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.question.name == current.name;
    });
    if (loops) return facts;  // every alias of the loop is there; sightings.h ends it
    facts.push_back(std::move(*alias));
    current.name = std::move(*target);
  }
  if (facts.size() > kMaxAliasDepth) return facts;  // too long; sightings.h ends it
  if (name_error) {
    facts.push_back({current, AnswerKind::no_such_name, {}, {}});  // [RFC2308 2.1]
  } else if (facts.empty()) {
    if (is_referral(packet)) return std::nullopt;
    facts.push_back({current, AnswerKind::no_data, {}, {}});  // [RFC2308 2.2]
  } else if (has_authority(packet, Type::soa)) {
    facts.push_back({current, AnswerKind::no_data, {}, {}});
  }
  return facts;
}

}  // namespace mailassay::dns
