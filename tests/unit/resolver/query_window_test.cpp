#include "resolver/query_window.h"

#include <gtest/gtest.h>

namespace mailassay::resolver {
namespace {

TEST(QueryWindow, IsHalvedByABurstOfTimeoutsAndGrowsBack) {
  QueryWindow window(128);
  for (int i = 0; i < 32; ++i) window.on_timeout();
  EXPECT_EQ(window.size(), 64U);
  for (int i = 0; i < 16; ++i) window.on_answer();
  EXPECT_EQ(window.size(), 65U);
  for (int i = 0; i < 10000; ++i) window.on_answer();
  EXPECT_EQ(window.size(), 128U);
}

TEST(QueryWindow, BearsAQuarterOfTimeouts) {
  QueryWindow window(128);
  for (int i = 0; i < 320; ++i) i % 4 == 0 ? window.on_timeout() : window.on_answer();
  EXPECT_EQ(window.size(), 128U);
}

TEST(QueryWindow, NeverFallsBelowItsFloorNorBelowItsLimit) {
  QueryWindow window(128);
  for (int i = 0; i < 10000; ++i) window.on_timeout();
  EXPECT_EQ(window.size(), QueryWindow::kFloor);
  QueryWindow narrow(2);
  for (int i = 0; i < 10000; ++i) narrow.on_timeout();
  EXPECT_EQ(narrow.size(), 2U);
}

}  // namespace
}  // namespace mailassay::resolver
