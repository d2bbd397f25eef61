// Messages that are digested side by side come out as each does alone.
#include "dossier/batch_digester.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

/// Signed mail, damaged mail, mail without signature, and what is none at all.
std::string some_message(std::mt19937& random) {
  switch (random() % 6) {
    case 0:
      return "From: jo@example.com\r\nSubject: unsigned\r\n\r\nbody\r\n";
    case 1:
      return "";
    case 2:
      return test::signed_plain_message() + std::string(random() % 100000, 'x');
    case 3:
      return "X: " + std::string(random() % 300, 'y') + "\n" + test::signed_plain_message();
    case 4:
      return test::signed_plain_message() + std::string(random() % 70000, '\n');
    default:
      return test::signed_plain_message();
  }
}

TEST(BatchDigester, AsEachAlone) {
  std::mt19937 random(1);
  Limits limits;
  BatchDigester together(limits);
  Digester alone(limits);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> messages(random() % 12);
    for (std::string& message : messages) message = some_message(random);
    std::vector<Dossier> dossiers(messages.size());
    std::vector<DigestJob> jobs;
    for (std::size_t i = 0; i < messages.size(); ++i) jobs.push_back({messages[i], &dossiers[i]});
    together.digest(jobs);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const Dossier expected = alone.digest(messages[i]);
      EXPECT_EQ(dossiers[i].subject, expected.subject);
      EXPECT_EQ(dossiers[i].notes, expected.notes);
      EXPECT_EQ(dossiers[i].body_bytes, expected.body_bytes);
      EXPECT_EQ(dossiers[i].hashed_bytes, expected.hashed_bytes);
      ASSERT_EQ(dossiers[i].signatures.size(), expected.signatures.size());
      for (std::size_t s = 0; s < expected.signatures.size(); ++s) {
        EXPECT_EQ(dossiers[i].signatures[s].body_hash, expected.signatures[s].body_hash);
        EXPECT_EQ(dossiers[i].signatures[s].body_match, expected.signatures[s].body_match);
        EXPECT_EQ(dossiers[i].signatures[s].header_hash, expected.signatures[s].header_hash);
      }
    }
  }
}

TEST(BatchDigester, NoMessages) {
  BatchDigester digester{Limits{}};
  digester.digest({});
}

}  // namespace
}  // namespace mailassay
