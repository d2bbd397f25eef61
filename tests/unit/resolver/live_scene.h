// A DnsSource against test servers, and the wait for its answers.
#ifndef MAILASSAY_TESTS_UNIT_RESOLVER_LIVE_SCENE_H
#define MAILASSAY_TESTS_UNIT_RESOLVER_LIVE_SCENE_H

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "resolver/dns_source.h"

namespace mailassay::resolver::test {

/// Short times, so that what has to time out does so soon.
inline LiveOptions quick_options(std::vector<ServerAddress> servers) {
  LiveOptions options;
  options.servers = std::move(servers);
  options.first_timeout = std::chrono::milliseconds(40);
  options.tries = 3;
  options.deadline = std::chrono::milliseconds(1500);
  return options;
}

inline std::unique_ptr<DnsSource> open_source(std::optional<LiveOptions> options,
                                              const std::string& file = {}) {
  dns::Evidence evidence;
  if (!file.empty()) {
    const auto added = evidence.add_file(file, "file");
    EXPECT_TRUE(added) << added.error().message();
  }
  auto source = DnsSource::open(std::move(evidence), std::move(options));
  EXPECT_TRUE(source) << source.error();
  return std::move(*source);
}

/// Resolves and waits; the test's own time limit is the bound.
inline void wait_for(DnsSource& source, const std::vector<dns::Question>& questions) {
  std::promise<void> done;
  source.resolve(questions, [&done] { done.set_value(); });
  done.get_future().wait();
}

/// The one sighting of the answer to a TXT question.
inline dns::Sighting ask(DnsSource& source, const std::string& name) {
  const dns::Question question{name, dns::Type::txt};
  wait_for(source, {question});
  const dns::Answer* answer = source.view().find(question);
  EXPECT_NE(answer, nullptr) << name;
  if (answer == nullptr) return {};
  EXPECT_EQ(answer->sightings.size(), 1U) << name;
  return answer->sightings.front();
}

}  // namespace mailassay::resolver::test

#endif  // MAILASSAY_TESTS_UNIT_RESOLVER_LIVE_SCENE_H
