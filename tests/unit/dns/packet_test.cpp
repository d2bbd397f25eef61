#include "dns/packet.h"

#include <gtest/gtest.h>

#include "dns/reply.h"
#include "support/exact_copy.h"
#include "support/packet_writer.h"

namespace mailassay::dns {
namespace {

using namespace std::string_literals;
using test::ExactCopy;
using test::Response;
using test::write_response;

/// Header with the given counts, and what follows.
std::string packet(int questions, int answers, const std::string& rest) {
  std::string out = "\x12\x34\x81\x80"s;
  test::append_u16(out, static_cast<unsigned>(questions));
  test::append_u16(out, static_cast<unsigned>(answers));
  return out + "\0\0\0\0"s + rest;
}

const std::string kQuestion = "\1a\4test\0\0\x10\0\1"s;  // at 12, its root at 19

TEST(Packet, NamesAreUncompressed) {  // [RFC1035 4.1.4]
  const ExactCopy input(packet(1, 2,
                               kQuestion + "\xC0\x0C\0\5\0\1\0\0\0\x3C\0\4\1B\xC0\x0E"s +
                                   "\1b\xC0\x0E\0\x0F\0\1\0\0\0\1\0\4\0\5\xC0\x0C"s));
  const auto read = parse_packet(input.view());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, 0x1234);
  EXPECT_TRUE(read->is_response);
  EXPECT_EQ(read->questions[0].name, "a.test");
  EXPECT_EQ(read->answers[0].name, "a.test");
  EXPECT_EQ(read->answers[0].rdata, "\1b\4test\0"s);
  EXPECT_EQ(read->answers[0].ttl, 60U);
  EXPECT_EQ(read->answers[1].name, "b.test");
  EXPECT_EQ(read->answers[1].rdata, "\0\5\1a\4test\0"s);
}

TEST(Packet, ThatLiesIsRefused) {
  struct Case {
    std::string what;
    std::string octets;
    PacketError error;
  };
  const std::string record = "\xC0\x0C\0\x10\0\1\0\0\0\1"s;
  const std::vector<Case> cases = {
      {"empty", "", PacketError::truncated},
      {"half a header", "\x12\x34\x81", PacketError::truncated},
      {"question missing", packet(1, 0, ""), PacketError::truncated},
      {"question cut", packet(1, 0, "\1a\4test\0\0\x10"s), PacketError::truncated},
      {"answers missing", packet(1, 65535, kQuestion), PacketError::truncated},
      {"questions without end", packet(65535, 0, kQuestion), PacketError::truncated},
      {"pointer at itself", packet(1, 0, "\xC0\x0C\0\x10\0\1"s), PacketError::bad_name},
      {"pointer ahead", packet(1, 0, "\xC0\x20\0\x10\0\1"s), PacketError::bad_name},
      {"pointer out of the packet", packet(1, 0, "\xFF\xFF\0\x10\0\1"s), PacketError::bad_name},
      {"two pointers in a ring", packet(1, 1, "\1a\xC0\x0C\0\x10\0\1"s), PacketError::bad_name},
      {"pointer cut", packet(1, 0, "\xC0"s), PacketError::truncated},
      {"reserved label type",
       packet(1, 0,
              "\x41"
              "a\0\0\x10\0\1"s),
       PacketError::bad_name},
      {"label cut", packet(1, 0, "\5ab"s), PacketError::truncated},
      {"rdata longer than the packet", packet(1, 1, kQuestion + record + "\xFF\xFF\1x"s),
       PacketError::truncated},
      {"string longer than its rdata", packet(1, 1, kQuestion + record + "\0\2\5x"s),
       PacketError::bad_rdata},
      {"TXT without a string", packet(1, 1, kQuestion + record + "\0\0"s), PacketError::bad_rdata},
      {"A of three octets", packet(1, 1, kQuestion + "\xC0\x0C\0\1\0\1\0\0\0\1\0\3\1\2\3"s),
       PacketError::bad_rdata},
      {"name runs out of its rdata", packet(1, 1, kQuestion + "\xC0\x0C\0\5\0\1\0\0\0\1\0\1\1b\0"s),
       PacketError::bad_rdata},
      {"octets behind the name", packet(1, 1, kQuestion + "\xC0\x0C\0\5\0\1\0\0\0\1\0\4\1b\0x"s),
       PacketError::bad_rdata},
      {"MX of one octet", packet(1, 1, kQuestion + "\xC0\x0C\0\x0F\0\1\0\0\0\1\0\1\0"s),
       PacketError::bad_rdata},
  };
  for (const Case& c : cases) {
    const ExactCopy input(c.octets);
    const auto read = parse_packet(input.view());
    ASSERT_FALSE(read) << c.what;
    EXPECT_EQ(read.error(), c.error) << c.what;
  }
}

TEST(Packet, NameOf255OctetsIsTheLongest) {
  std::string name;
  for (int i = 0; i < 126; ++i) name += "\1x"s;
  const std::string tail = "\0\0\x10\0\1"s;
  EXPECT_TRUE(parse_packet(packet(1, 0, name + "\1y"s + tail)));
  EXPECT_FALSE(parse_packet(packet(1, 0, name + "\2yy"s + tail)));
}

TEST(Packet, TruncatedOneIsReadAsFarAsItGoes) {
  std::string octets = packet(1, 3, kQuestion);
  octets[2] = '\x83';
  const auto read = parse_packet(octets);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->is_truncated);
}

TEST(Packet, EveryCutOfAGoodOneIsRefusedOrTheSameId) {
  Response response;
  response.name = "a.test";
  response.type = 16;
  response.answers = {{"a.test", 5, 1, "\1b\0"s}, {"b", 16, 1, "\1x"s}};
  response.authority = {{"test", 6, 1, std::string(22, '\0')}};
  const std::string whole = write_response(response);
  ASSERT_TRUE(parse_packet(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const ExactCopy input(std::string_view(whole).substr(0, size));
    EXPECT_FALSE(parse_packet(input.view())) << size;
  }
}

TEST(Packet, QueryReadsBack) {
  for (const bool with_edns : {false, true}) {
    const std::string query = build_query(77, {R"(a\.b.test)", Type::mx}, with_edns);
    const auto read = parse_packet(query);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, 77);
    EXPECT_FALSE(read->is_response);
    EXPECT_EQ(read->questions[0].name, R"(a\.b.test)");
    EXPECT_EQ(read->questions[0].type, 15);
    EXPECT_EQ(read->has_edns, with_edns);
  }
  EXPECT_EQ(build_query(1, {"a..b", Type::txt}, true), "");
}

class Facts : public testing::Test {
 protected:
  Facts() {
    response_.name = "a.test";
    response_.type = 16;
  }
  std::optional<std::vector<Fact>> facts(const Question& question = {"a.test", Type::txt}) const {
    const auto read = parse_packet(write_response(response_));
    EXPECT_TRUE(read);
    return facts_of(*read, question);
  }
  Response response_;
};

TEST_F(Facts, ComeFromTheChainAndNothingElse) {
  response_.answers = {{"b.test", 16, 60, "\1y"s},
                       {"b.test", 16, 30, "\1x"s},
                       {"evil.test", 16, 1, "\4evil"s},
                       {"a.test", 5, 300, "\1B\4test\0"s}};
  const auto found = facts();
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].question, (Question{"a.test", Type::cname}));
  EXPECT_EQ((*found)[1].question, (Question{"b.test", Type::txt}));
  EXPECT_EQ((*found)[1].rdata, (std::vector<std::string>{"\1x", "\1y"}));
  EXPECT_EQ((*found)[1].ttl, 30U);
}

TEST_F(Facts, NegativeOnesBelongToTheEndOfTheChain) {  // [RFC2308 2.1]
  response_.answers = {{"a.test", 5, 300, "\1b\4test\0"s}};
  response_.rcode = kRcodeNameError;
  EXPECT_EQ(facts()->back().question.name, "b.test");
  EXPECT_EQ(facts()->back().kind, AnswerKind::no_such_name);
  response_.rcode = kRcodeNoError;
  EXPECT_EQ(facts()->back().question.type, Type::cname) << "the end is open";
  response_.authority = {{"test", 6, 1, std::string(22, '\0')}};
  EXPECT_EQ(facts()->back().kind, AnswerKind::no_data);
}

TEST_F(Facts, AreNoneWhereTheServerFailedUs) {
  EXPECT_FALSE(facts({"b.test", Type::txt}));
  EXPECT_FALSE(facts({"a.test", Type::a}));
  for (const std::uint8_t rcode : std::vector<std::uint8_t>{1, 2, 4, 5, 9, 15}) {
    response_.rcode = rcode;
    EXPECT_FALSE(facts()) << int{rcode};
  }
}

TEST_F(Facts, OfALoopEnd) {
  response_.answers = {{"a.test", 5, 1, "\1b\4test\0"s}, {"b.test", 5, 1, "\1a\4test\0"s}};
  EXPECT_EQ(facts()->size(), 2U);
}

}  // namespace
}  // namespace mailassay::dns
