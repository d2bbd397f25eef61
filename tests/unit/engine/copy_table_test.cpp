// Copies: what the table says of messages in the order of their rows, and its limits.
#include "engine/copy_table.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "report/copies.h"

namespace mailassay::engine {
namespace {

struct Made {
  std::uint64_t name;
  std::uint8_t covered;
  std::uint8_t rank = 0;
  bool is_whole = true;
};

Fingerprint fingerprint(std::uint64_t value) {
  Fingerprint made{};
  made[15] = 1;
  std::memcpy(made.data(), &value, sizeof value);
  return made;
}

CopyIdentity identity(std::uint64_t id, const std::vector<Made>& signatures = {},
                      std::uint8_t octets = 0) {
  CopyIdentity made;
  if (id != 0) made.key = fingerprint(id);
  if (octets != 0) made.octets = fingerprint(octets);
  for (const Made& s : signatures) {
    made.signatures[made.signature_count++] = {s.name, fingerprint(s.covered), s.rank, s.is_whole};
  }
  return made;
}

/// The mark of the last of the messages, as JSON.
std::string last_mark(const std::vector<CopyIdentity>& messages, std::uint64_t limit = 100) {
  CopyTable table(limit);
  std::optional<CopyMark> mark;
  for (std::size_t row = 0; row < messages.size(); ++row) mark = table.add(messages[row], row);
  std::string text;
  report::append_copy(mark, text);
  return text;
}

std::string mark(const std::string& state, const std::string& of, const std::string& compared_with,
                 bool replaces = false) {
  return "{\"state\":\"" + state + "\",\"of\":" + of + ",\"compared_with\":" + compared_with +
         ",\"replaces\":" + (replaces ? "true}" : "false}");
}

TEST(CopyTable, Marks) {
  struct Case {
    const char* name;
    std::vector<CopyIdentity> messages;
    std::string mark;
  };
  const Case cases[] = {
      {"the first of its identity", {identity(1), identity(2)}, "null"},
      {"messages without identity are no copies", {identity(0), identity(0)}, "null"},
      {"unsigned", {identity(1), identity(1)}, mark("unproven", "0", "null")},
      {"unsigned, of equal octets",
       {identity(1, {}, 5), identity(1, {}, 5)},
       mark("same", "0", "0")},
      {"unsigned, of other octets",
       {identity(1, {}, 5), identity(1, {}, 6)},
       mark("unproven", "0", "null")},
      {"one of them hashed", {identity(1, {}, 5), identity(1)}, mark("unproven", "0", "null")},
      {"the same signature over the same",
       {identity(1, {{7, 1}}), identity(1, {{7, 1}})},
       mark("same", "0", "0")},
      {"over the same in other octets",
       {identity(1, {{7, 1}}, 5), identity(1, {{7, 1}}, 6)},
       mark("same", "0", "0")},
      {"the same signature over something else",
       {identity(1, {{7, 1}}), identity(2), identity(1, {{7, 2}})},
       mark("differs", "0", "0")},
      {"other signatures over other content",
       {identity(1, {{7, 1}}), identity(1, {{8, 2}})},
       mark("unproven", "0", "null")},
      {"another identity with that signature",
       {identity(1, {{7, 1}}), identity(2, {{7, 1}})},
       "null"},
      {"one of two in both",
       {identity(1, {{7, 1}, {8, 1}}), identity(1, {{9, 1}, {8, 1}})},
       mark("same", "0", "0")},
      {"one of two over something else",
       {identity(1, {{7, 1}, {8, 1}}), identity(1, {{7, 1}, {8, 2}})},
       mark("differs", "0", "0")},
      {"a signature that leaves the end unsigned proves nothing",
       {identity(1, {{7, 1, 2, false}}), identity(1, {{7, 1, 2, false}})},
       mark("unproven", "0", "0")},
      {"but shows a difference",
       {identity(1, {{7, 1, 2, false}}), identity(1, {{7, 2, 2, false}})},
       mark("differs", "0", "0")},
      {"the copy verifies",
       {identity(1, {{7, 1, 0}}), identity(1, {{7, 2, 2}})},
       mark("differs", "0", "0", true)},
      {"the first verifies",
       {identity(1, {{7, 1, 2}}), identity(1, {{7, 2, 0}})},
       mark("differs", "0", "0")},
      {"its header alone fits",
       {identity(1, {{7, 1, 0}}), identity(1, {{7, 2, 1}})},
       mark("differs", "0", "0", true)},
      {"both verify", {identity(1, {{7, 1, 2}}), identity(1, {{7, 1, 2}})}, mark("same", "0", "0")},
      {"better in one and worse in another",
       {identity(1, {{7, 1, 0}, {8, 1, 2}}), identity(1, {{7, 2, 2}, {8, 2, 0}})},
       mark("differs", "0", "0")},
      {"a forgery with a good signature of its own",
       {identity(1), identity(1, {{8, 2, 2}})},
       mark("unproven", "0", "null")},
      {"the same beside a signature that it breaks",
       {identity(1, {{7, 1, 0}}), identity(1, {{7, 2, 0}, {8, 2, 2}})},
       mark("differs", "0", "0")},
      {"two forgeries do not replace what has no signature",
       {identity(1), identity(1, {{8, 2, 0}}), identity(1, {{8, 3, 2}})},
       mark("differs", "0", "1")},
      {"later ones are compared with the one that verifies",
       {identity(1, {{7, 1, 0}}), identity(1, {{7, 2, 2}}), identity(1, {{7, 2, 2}})},
       mark("same", "0", "1")},
      {"and those that are like the first differ from it",
       {identity(1, {{7, 1, 0}}), identity(1, {{7, 2, 2}}), identity(1, {{7, 1, 0}})},
       mark("differs", "0", "1")},
      {"kept where it was sent from, then twice as received",
       {identity(1), identity(1, {{7, 1, 2}}), identity(1, {{7, 1, 2}})},
       mark("same", "0", "1")},
  };
  for (const Case& c : cases) EXPECT_EQ(last_mark(c.messages), c.mark) << c.name;
}

TEST(CopyTable, HoldsNoMoreThanItsLimit) {
  const std::vector<CopyIdentity> at_limit = {identity(1), identity(2), identity(3)};
  EXPECT_EQ(last_mark(at_limit, 3), "null");
  EXPECT_EQ(last_mark(at_limit, 2), mark("identity-limit", "null", "null"));
  // What is held is still found.
  CopyTable table(2);
  for (std::size_t i = 0; i < at_limit.size(); ++i) table.add(at_limit[i], i);
  EXPECT_EQ(table.add(identity(2), 3)->of, 1U);
  EXPECT_EQ(table.add(identity(3), 4)->state, CopyState::identity_limit);
  table.add(identity(0), 5);
  const CopySummary& summary = table.summary();
  EXPECT_EQ(summary.identities, 2U);
  EXPECT_EQ(summary.limit, 2U);
  EXPECT_EQ(summary.without_identity, 1U);
  EXPECT_EQ(summary.states, (std::array<std::uint64_t, kCopyStates>{0, 0, 1, 2}));
}

TEST(CopyTable, ListsGroupsUpToALimit) {
  CopyTable table(1000000);
  const std::uint64_t groups = kMaxCopyGroups + 1;
  std::uint64_t row = 0;
  for (std::uint64_t id = 1; id <= groups; ++id) table.add(identity(id, {{7, 1, 0}}), row++);
  for (std::uint64_t id = 1; id <= groups; ++id) {
    table.add(identity(id, {{7, 1, 0}}), row++);
    table.add(identity(id, {{7, 2, 2}}), row++);
    for (std::size_t i = 0; i <= kMaxDifferingRows; ++i) table.add(identity(id, {{7, 3}}), row++);
  }
  const CopySummary& summary = table.summary();
  EXPECT_EQ(summary.group_count, groups);
  EXPECT_EQ(summary.replacing, groups);
  ASSERT_EQ(summary.groups.size(), kMaxCopyGroups);
  const CopyGroup& group = summary.groups[1];
  EXPECT_EQ(group.first, 1U);
  EXPECT_EQ(group.preferred, groups + 13 + 1);
  EXPECT_EQ(group.differing_count, kMaxDifferingRows + 2);
  EXPECT_EQ(group.differing.size(), kMaxDifferingRows);
  EXPECT_EQ(group.differing.front(), group.preferred);
}

TEST(CopyTable, LimitFollowsTheMemory) {
  EXPECT_EQ(most_identities(0), 0U);
  EXPECT_EQ(most_identities(std::uint64_t{16} << 20U), 21845U);
}

TEST(Copies, Words) {
  EXPECT_EQ(report::word_of(CopyState::same), "same");
  EXPECT_EQ(report::word_of(CopyState::differs), "differs");
  EXPECT_EQ(report::word_of(CopyState::unproven), "unproven");
  EXPECT_EQ(report::word_of(CopyState::identity_limit), "identity-limit");
}

TEST(Copies, RecordAndSummary) {
  std::string nothing;
  report::append_copies(std::nullopt, nothing);
  EXPECT_EQ(nothing, "null");
  CopySummary copies;
  copies.states = {5, 2, 0, 1};
  copies.identities = 4;
  copies.limit = 4;
  copies.replacing = 1;
  copies.groups = {{3, 9, 2, {9, 11}}};
  copies.group_count = 2;
  std::string record;
  report::append_copies(copies, record);
  EXPECT_EQ(record,
            "{\"identities\":4,\"limit\":4,\"without_identity\":0,\"states\":{\"same\":5,"
            "\"differs\":2,\"unproven\":0,\"identity-limit\":1},\"replacing\":1,\"group_count\":2,"
            "\"groups\":[{\"first\":3,\"preferred\":9,\"differing_count\":2,"
            "\"differing\":[9,11]}]}");
  const std::string text = report::copies_summary(copies);
  EXPECT_NE(text.find("row 3 has 2 that differ; keep row 9\n"), std::string::npos) << text;
  EXPECT_NE(text.find("and 1 more"), std::string::npos) << text;
  EXPECT_EQ(text.find("unproven"), std::string::npos) << text;
}

}  // namespace
}  // namespace mailassay::engine
