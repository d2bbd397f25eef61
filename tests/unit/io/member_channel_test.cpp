#include "io/member_channel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

namespace mailassay::io {
namespace {

using Kind = Parcel::Event::Kind;

void put(MemberChannel& channel, const std::string& name, std::size_t size) {
  channel.begin_member({name, size});
  for (std::size_t left = size; left > 0;) {
    const auto room = channel.room();
    if (room.empty()) break;
    const std::size_t count = std::min(room.size(), left);
    std::fill_n(room.begin(), count, name[0]);
    channel.add_octets(count);
    left -= count;
  }
  channel.end_member(size, std::nullopt);
}

TEST(MemberChannel, small_members_share_a_parcel) {
  MemberChannel channel;
  for (int i = 0; i < 10; ++i) put(channel, "m", 100);
  channel.finish({});
  const auto parcel = channel.take({});
  ASSERT_TRUE(parcel);
  EXPECT_EQ(parcel->used, 1000U);
  EXPECT_EQ(parcel->events.size(), 31U);
  EXPECT_EQ(parcel->events.back().kind, Kind::finished);
}

TEST(MemberChannel, no_more_is_queued_than_admitted) {
  MemberChannel channel;
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    put(channel, "large", MemberChannel::kBlockBytes * (MemberChannel::kQueued + 3));
    channel.finish({});
    done = true;
  });
  std::uint64_t octets = 0;
  while (auto parcel = channel.take({})) {
    EXPECT_LE(parcel->used, MemberChannel::kBlockBytes);
    octets += parcel->used;
    const bool last = parcel->events.back().kind == Kind::finished;
    channel.give_back(std::move(parcel));
    if (last) break;
  }
  EXPECT_EQ(octets, MemberChannel::kBlockBytes * (MemberChannel::kQueued + 3));
}

TEST(MemberChannel, a_reader_that_goes_frees_the_writer) {
  MemberChannel channel;
  std::jthread writer([&] { put(channel, "endless", MemberChannel::kBlockBytes * 1000); });
  ASSERT_TRUE(channel.take({}));
  channel.close();
  writer.join();
  EXPECT_TRUE(channel.is_closed());
  EXPECT_FALSE(channel.take({}));
}

TEST(MemberChannel, octets_that_nobody_wants_find_no_room) {
  MemberChannel channel;
  channel.begin_member({"a", {}});
  ASSERT_FALSE(channel.room().empty());
  channel.skip(1);
  EXPECT_TRUE(channel.room().empty());
  channel.end_member(5, std::nullopt);
  channel.begin_member({"b", {}});
  EXPECT_FALSE(channel.room().empty());
}

TEST(MemberChannel, a_stop_ends_the_waiting) {
  MemberChannel channel;
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(channel.take(stop.get_token()));
}

}  // namespace
}  // namespace mailassay::io
