#include "dmarc/answers.h"

#include <algorithm>

#include "dns/sighting_order.h"

namespace mailassay::dmarc {

const dns::Sighting* Answers::find(const std::string& name, dns::Type type) {
  dns::Question question{name, type};
  const dns::Answer* answer = view_.find(question);
  if (answer == nullptr || answer->sightings.empty()) {
    needs_.add(question);
    return nullptr;
  }
  if (std::find(used_.begin(), used_.end(), question) == used_.end()) {
    used_.push_back(std::move(question));
  }
  return dns::rank(*answer, time_).front();
}

void Answers::prefetch(const std::string& name, dns::Type type) {
  const dns::Question question{name, type};
  const dns::Answer* answer = view_.find(question);
  if (answer == nullptr || answer->sightings.empty()) needs_.add(question);
}

bool is_unknown(const dns::Sighting& sighting) {
  return sighting.kind == dns::AnswerKind::temporary_failure ||
         sighting.kind == dns::AnswerKind::no_evidence;
}

Reason reason_of(const dns::Sighting& sighting) {
  if (sighting.kind == dns::AnswerKind::no_evidence) return Reason::no_evidence;
  switch (sighting.failure) {
    case dns::Failure::timeout:
      return Reason::dns_timeout;
    case dns::Failure::deadline:
      return Reason::dns_deadline;
    case dns::Failure::none:
    case dns::Failure::servfail:
      break;
  }
  return Reason::dns_servfail;
}

}  // namespace mailassay::dmarc
