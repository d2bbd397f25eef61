#include "dns/sighting_order.h"

#include <gtest/gtest.h>

namespace mailassay::dns {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

Sighting seen(AnswerKind kind, int first, int last) {
  Sighting sighting;
  sighting.kind = kind;
  sighting.first_seen = sys_seconds(seconds(first));
  sighting.last_seen = sys_seconds(seconds(last));
  return sighting;
}
Sighting undated(AnswerKind kind) {
  Sighting sighting;
  sighting.kind = kind;
  return sighting;
}

std::vector<std::size_t> order(const Answer& answer, std::optional<int> time) {
  std::optional<sys_seconds> when;
  if (time) when = sys_seconds(seconds(*time));
  std::vector<std::size_t> out;
  for (const Sighting* sighting : rank(answer, when)) {
    out.push_back(static_cast<std::size_t>(sighting - answer.sightings.data()));
  }
  return out;
}

constexpr auto kRecords = AnswerKind::records;

TEST(SightingOrder, CoveringThenNearestThenLaterSource) {
  const Answer answer{{seen(kRecords, 0, 10), seen(kRecords, 50, 60), seen(kRecords, 20, 40),
                       seen(kRecords, 25, 30)}};
  EXPECT_EQ(order(answer, 27), (std::vector<std::size_t>{3, 2, 0, 1}));
  EXPECT_EQ(order(answer, 44), (std::vector<std::size_t>{2, 1, 3, 0}));
  EXPECT_EQ(order(answer, 45), (std::vector<std::size_t>{2, 1, 3, 0}));
  EXPECT_EQ(order(answer, {}), (std::vector<std::size_t>{1, 2, 3, 0}));
}

TEST(SightingOrder, UndatedCoversAnyTime) {
  const Answer answer{{seen(kRecords, 0, 10), undated(kRecords), seen(kRecords, 20, 40)}};
  EXPECT_EQ(order(answer, 30), (std::vector<std::size_t>{2, 1, 0}));
  EXPECT_EQ(order(answer, 99), (std::vector<std::size_t>{1, 2, 0}));
  EXPECT_EQ(order(answer, {}), (std::vector<std::size_t>{1, 2, 0}));
}

TEST(SightingOrder, WhatWasSeenOutranksWhatWasNot) {
  const Answer answer{{undated(AnswerKind::no_evidence), seen(AnswerKind::temporary_failure, 5, 5),
                       seen(AnswerKind::no_such_name, 9, 9), seen(AnswerKind::no_data, 5, 5),
                       seen(kRecords, 900, 901)}};
  EXPECT_EQ(order(answer, 5), (std::vector<std::size_t>{4, 3, 2, 1, 0}));
  EXPECT_EQ(order(answer, {}), (std::vector<std::size_t>{4, 2, 3, 1, 0}));
}

TEST(SightingOrder, GapHasTheSignOfTheDirection) {
  const Sighting sighting = seen(kRecords, 10, 20);
  EXPECT_EQ(gap_to(sighting, sys_seconds(seconds(4))), seconds(6));
  EXPECT_EQ(gap_to(sighting, sys_seconds(seconds(10))), seconds(0));
  EXPECT_EQ(gap_to(sighting, sys_seconds(seconds(20))), seconds(0));
  EXPECT_EQ(gap_to(sighting, sys_seconds(seconds(23))), seconds(-3));
}

}  // namespace
}  // namespace mailassay::dns
