// DNS as it becomes known in a test: what was not added is not known yet.
#ifndef MAILASSAY_TESTS_SUPPORT_GROWING_VIEW_H
#define MAILASSAY_TESTS_SUPPORT_GROWING_VIEW_H

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mailassay/dns.h"

namespace mailassay::test {

/// RDATA of a TXT record: character-strings of at most 255 octets. [RFC1035 3.3.14]
inline std::string txt_rdata(std::string_view text) {
  std::string rdata;
  do {
    const std::string_view part = text.substr(0, 255);
    text.remove_prefix(part.size());
    rdata.push_back(static_cast<char>(part.size()));
    rdata.append(part);
  } while (!text.empty());
  return rdata;
}

inline dns::Sighting txt_sighting(const std::vector<std::string>& texts,
                                  std::string source = "zone") {
  dns::Sighting sighting;
  sighting.kind = dns::AnswerKind::records;
  for (const std::string& text : texts) sighting.rdata.push_back(txt_rdata(text));
  sighting.source = std::move(source);
  return sighting;
}

inline dns::Sighting negative_sighting(dns::AnswerKind kind,
                                       dns::Failure failure = dns::Failure::none) {
  dns::Sighting sighting;
  sighting.kind = kind;
  sighting.failure = failure;
  sighting.source = "zone";
  return sighting;
}

/// The same, seen from `first` to `last`, in seconds since 1970.
inline dns::Sighting seen(dns::Sighting sighting, std::int64_t first, std::int64_t last) {
  sighting.first_seen = std::chrono::sys_seconds(std::chrono::seconds(first));
  sighting.last_seen = std::chrono::sys_seconds(std::chrono::seconds(last));
  return sighting;
}

/// Knows what was added and nothing else yet.
class LearningView : public dns::View {
 public:
  void add(std::string name, dns::Sighting sighting) {
    answers_[{std::move(name), dns::Type::txt}].sightings.push_back(std::move(sighting));
  }
  void add_txt(std::string name, const std::string& text) {
    add(std::move(name), txt_sighting({text}));
  }
  void learn(const dns::Question& question, const dns::Answer& answer) {
    answers_[question] = answer;
  }
  const dns::Answer* find(const dns::Question& question) const override {
    const auto found = answers_.find(question);
    return found == answers_.end() ? nullptr : &found->second;
  }

 private:
  std::map<dns::Question, dns::Answer> answers_;
};

/// Keys as they become known; of all else nothing ever is, which is an answer.
class GrowingView final : public LearningView {
 public:
  const dns::Answer* find(const dns::Question& question) const override {
    const dns::Answer* known = LearningView::find(question);
    const bool is_key = question.name.find("._domainkey.") != std::string::npos;
    return known == nullptr && !is_key ? &nothing_ : known;
  }

 private:
  dns::Answer nothing_{{negative_sighting(dns::AnswerKind::no_evidence)}};
};

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_GROWING_VIEW_H
