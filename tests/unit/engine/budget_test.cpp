#include "engine/budget.h"

#include <gtest/gtest.h>

namespace mailassay::engine {
namespace {

TEST(Budget, one_reader_at_a_time) {
  Budget budget(100, 100);
  EXPECT_TRUE(budget.may_read());
  EXPECT_FALSE(budget.may_read());
  budget.done_reading();
  EXPECT_TRUE(budget.may_read());
}

TEST(Budget, one_batch_is_admitted_however_large) {
  Budget budget(100, 100);
  ASSERT_TRUE(budget.may_read());
  budget.charge_block(1000);
  budget.done_reading();
  EXPECT_FALSE(budget.may_read());
  budget.charge_other(10);
  budget.release_block(1000);
  EXPECT_TRUE(budget.may_read());
}

TEST(Budget, what_waits_is_bounded_until_it_leaves) {
  Budget budget(100, 100);
  ASSERT_TRUE(budget.may_read());
  budget.charge_block(10);
  budget.done_reading();
  budget.charge_other(100);
  budget.release_block(10);
  EXPECT_FALSE(budget.may_read());
  budget.recharge_other(100, 99);
  EXPECT_TRUE(budget.may_read());
  budget.done_reading();
  budget.recharge_other(99, 200);
  EXPECT_FALSE(budget.may_read());
  budget.release_batch(200);
  EXPECT_TRUE(budget.may_read());
}

TEST(Budget, after_the_end_nobody_reads) {
  Budget budget(100, 100);
  budget.end();
  EXPECT_FALSE(budget.may_read());
}

}  // namespace
}  // namespace mailassay::engine
