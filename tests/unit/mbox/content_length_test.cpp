#include "mbox/content_length.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::mbox {
namespace {

TEST(ContentLength, octets_of_header_and_body) {
  struct Case {
    std::string_view front;
    std::optional<std::uint64_t> bytes;
  };
  const Case cases[] = {
      {"A: b\nContent-Length: 7\n\nbody", 24 + 7},
      {"A: b\r\nContent-Length: 7\r\n\r\nbody", 27 + 7},
      {"content-length:0\n\n", 18},
      {"CONTENT-LENGTH : 12 \t\n\n", 23 + 12},
      {"Content-Length: 5\nContent-Length: 5\n\n", 37 + 5},
      {"Content-Length: 007\n\n", 21 + 7},
      {"Content-Length: 999999999999999\n\n", 33 + 999999999999999},
      // No such field, none that can be read, or no end of the header.
      {"A: b\n\nContent-Length: 7\n\n", std::nullopt},
      {"Content-Length: 7\n", std::nullopt},
      {"Content-Length: 7", std::nullopt},
      {"", std::nullopt},
      {"\nContent-Length: 7\n\n", std::nullopt},
      {"Content-Length:\n\n", std::nullopt},
      {"Content-Length: x\n\n", std::nullopt},
      {"Content-Length: -7\n\n", std::nullopt},
      {"Content-Length: 7 8\n\n", std::nullopt},
      {"Content-Length: 9999999999999999\n\n", std::nullopt},
      {"Content-Length: 5\nContent-Length: 6\n\n", std::nullopt},
      {"Content-Length: 5\nContent-Length: x\n\n", std::nullopt},
      {"X-Content-Length: 5\n\n", std::nullopt},
      {"Content-Lengths: 5\n\n", std::nullopt},
      {"Content-Length\n\n", std::nullopt},
      {" Content-Length: 5\n\n", std::nullopt},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.front);
    EXPECT_EQ(declared_message_bytes(copy.view()), a_case.bytes) << a_case.front;
  }
}

constexpr std::string_view kPostmark = "From a@example.com Mon May  1 10:00:00 2023\n";

TEST(ContentLength, is_proven_by_what_follows) {
  const std::string next = std::string(kPostmark) + "A: b\n\n";
  struct Case {
    std::string before;
    std::string behind;
    bool at_file_end;
    Proof proof;
  };
  const Case cases[] = {
      {"body\n", "\n" + next, true, Proof::proven},
      {"body\n", next, true, Proof::proven},
      {"body", "\n" + next, true, Proof::proven},
      {"body\r\n", "\r\n" + next, true, Proof::proven},
      {"body\n", "", true, Proof::proven},
      {"body\n", "\n", true, Proof::proven},
      {"body\n", "\r\n", true, Proof::proven},
      {"body", "", true, Proof::proven},
      // Something else stands there.
      {"bo", "dy\n\n" + next, true, Proof::refuted},
      {"body", "\n\n" + next, true, Proof::refuted},
      {"body\n", "\n\n", true, Proof::refuted},
      {"body\n", "From here on\n", true, Proof::refuted},
      {"body", next, true, Proof::refuted},
      {"body\n", "more text\n", true, Proof::refuted},
      {"body\n", "x", true, Proof::refuted},
      // It is not there yet.
      {"body\n", "", false, Proof::open},
      {"body\n", "\n", false, Proof::open},
      {"body\n", "\nFr", false, Proof::open},
      {"body\n", "\n" + std::string(kPostmark.substr(0, 20)), false, Proof::open},
      {"body\n", std::string(kProofBytes, 'x'), false, Proof::refuted},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.before + a_case.behind);
    EXPECT_EQ(prove_end(copy.view(), a_case.before.size(), {false, a_case.at_file_end}),
              a_case.proof)
        << a_case.before << "|" << a_case.behind;
  }
}

TEST(ContentLength, a_proof_rests_on_octets_near_the_end_alone) {
  const std::string far = std::string(100, 'x') + "\n";
  const std::string next = std::string(kPostmark) + "A: b\n\n" + std::string(5000, 'y');
  const test::ExactCopy near_window("\nx\n\n" + next.substr(0, kProofBytes - 1));
  EXPECT_EQ(prove_end(near_window.view(), 3, {false, false}), Proof::proven);
  const test::ExactCopy whole(far + "\n" + next);
  EXPECT_EQ(prove_end(whole.view(), far.size(), {true, true}), Proof::proven);
}

}  // namespace
}  // namespace mailassay::mbox
