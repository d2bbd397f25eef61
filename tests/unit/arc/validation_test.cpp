// Verdicts on chains: what each signature contributes, oldest-pass, trust, and what is asked of
// DNS. [RFC8617 5.2]
#include "arc/validation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "arc/reason.h"
#include "support/exact_copy.h"
#include "support/sealed_message.h"
#include "support/signed_message.h"

namespace mailassay::arc {
namespace {

Verdict judged(const std::string& message, const dns::View& view,
               const JudgeOptions& options = {}) {
  const Dossier dossier = digest({test::ExactCopy(message).view()});
  dns::Needs needs;
  auto verdict = judge(dossier, view, needs, options);
  EXPECT_TRUE(verdict);
  return verdict ? std::move(*verdict) : Verdict{};
}

TEST(ArcValidation, NoneWithoutArcFields) {
  const ChainVerdict chain = judged(test::plain_mail().text(), test::GrowingView()).arc;
  EXPECT_EQ(chain.result, Result::none);
  EXPECT_EQ(chain.reason, Reason::none);
  EXPECT_EQ(chain.instances, 0U);
  EXPECT_FALSE(chain.oldest_pass || chain.trusted);
  EXPECT_TRUE(chain.sealers.empty());
}

TEST(ArcValidation, PassOfThreeSets) {
  const ChainVerdict chain = judged(test::sealed_mail(3).text(), test::sealer_keys(3)).arc;
  EXPECT_EQ(chain.result, Result::pass);
  EXPECT_EQ(chain.oldest_pass, 0U);
  EXPECT_EQ(chain.instances, 3U);
  EXPECT_EQ(chain.sealers, (std::vector<std::string>{"s1.example", "s2.example", "s3.example"}));
  ASSERT_EQ(chain.seals.size(), 3U);
  for (const auto* list : {&chain.message_signatures, &chain.seals}) {
    for (const dkim::SignatureVerdict& verdict : *list) {
      EXPECT_EQ(verdict.status, dkim::Status::pass);
      EXPECT_EQ(verdict.signature, dkim::Match::match);
      ASSERT_TRUE(verdict.key);
      EXPECT_EQ(verdict.key->bits, 2048U);
    }
  }
}

// As stored with LF line ends, and with fields on top that came later.
TEST(ArcValidation, PassAsStored) {
  const std::string message = "Delivered-To: x@example.net\r\n" + test::sealed_mail(2).text();
  EXPECT_EQ(judged(test::as_stored(message), test::sealer_keys(2)).arc.result, Result::pass);
}

TEST(ArcValidation, Ed25519Seals) {
  const mkcorpus::SigningKey& key = test::key_pool().ed25519.front();
  test::SealedMessage message = test::plain_mail();
  message.seal(test::good_order(1), &key);
  test::GrowingView keys;
  keys.add_txt(test::sealer_key_name(1), test::key_record(key));
  EXPECT_EQ(judged(message.text(), keys).arc.result, Result::pass);
  EXPECT_EQ(judged(test::altered(message.text(), "dmarc=pass", "dmarc=none"), keys).arc.reason,
            Reason::seal_fails);
}

struct KeyRow {
  dns::Sighting key;
  Result result;
};

// What a key record says of a DKIM signature it says of a seal. [RFC8617 4.1.3]
TEST(ArcValidation, KeysOfOneSet) {
  using dns::AnswerKind;
  const auto record = [](std::string_view tags) {
    return test::txt_sighting({test::key_record(test::key_pool().rsa_2048.front(), tags)});
  };
  const KeyRow table[] = {
      {record(""), Result::pass},
      {record("t=s"), Result::pass},
      {record("t=y"), Result::pass},
      {record("h=sha1"), Result::fail},
      {record("s=other"), Result::fail},
      {test::txt_sighting({"v=DKIM1; p="}), Result::fail},
      {test::txt_sighting({"hello"}), Result::fail},
      {test::txt_sighting({test::key_record(test::key_pool().rsa_2048.back())}), Result::fail},
      {test::negative_sighting(AnswerKind::no_such_name), Result::fail},
      {test::negative_sighting(AnswerKind::no_data), Result::fail},
      {test::negative_sighting(AnswerKind::no_evidence), Result::undetermined},
      {test::negative_sighting(AnswerKind::temporary_failure, dns::Failure::timeout),
       Result::undetermined},
      {test::negative_sighting(AnswerKind::temporary_failure, dns::Failure::servfail),
       Result::undetermined},
  };
  const std::string message = test::sealed_mail(1).text();
  for (std::size_t i = 0; i < std::size(table); ++i) {
    test::GrowingView keys;
    keys.add(test::sealer_key_name(1), table[i].key);
    EXPECT_EQ(judged(message, keys).arc.result, table[i].result) << "row " << i;
  }
}

// RSA keys under 1024 bits are not accepted. [RFC8301 3.2]
TEST(ArcValidation, ShortKeysFail) {
  for (const auto& [bits, result] :
       {std::pair(512U, Result::fail), std::pair(1024U, Result::pass)}) {
    const mkcorpus::SigningKey& key = test::rsa_key(bits);
    test::SealedMessage message = test::plain_mail();
    message.seal(test::good_order(1), &key);
    test::GrowingView keys;
    keys.add_txt(test::sealer_key_name(1), test::key_record(key));
    EXPECT_EQ(judged(message.text(), keys).arc.result, result) << bits;
  }
}

struct OldestRow {
  std::size_t changed_before;  ///< the body is changed before this set; 0: never
  std::size_t unknown;         ///< the key of this set's message signature is not known; 0: of none
  std::optional<std::uint32_t> oldest_pass;
  Result result;
};

// Four sets, of which the message signatures are those of other domains. [RFC8617 5.2 step 5]
TEST(ArcValidation, OldestPass) {
  const OldestRow table[] = {
      {0, 0, 0, Result::pass},
      {2, 0, 2, Result::pass},
      {3, 0, 3, Result::pass},
      {4, 0, 4, Result::pass},
      {5, 0, std::nullopt, Result::fail},
      {0, 1, std::nullopt, Result::pass},
      {3, 1, 3, Result::pass},
      {3, 3, std::nullopt, Result::pass},
      {0, 4, std::nullopt, Result::undetermined},
      {5, 4, std::nullopt, Result::undetermined},
  };
  for (const OldestRow& row : table) {
    test::SealedMessage message = test::plain_mail();
    for (std::size_t i = 1; i <= 4; ++i) {
      if (i == row.changed_before) message.body += "footer\r\n";
      auto order = test::good_order(i);
      if (i == row.unknown) {
        order.message_signature_form =
            test::altered(order.message_signature_form, "d=@D@", "d=unknown.example");
      }
      message.seal(order);
    }
    if (row.changed_before == 5) message.body += "footer\r\n";
    test::GrowingView keys = test::sealer_keys(4);
    keys.add("arc._domainkey.unknown.example",
             test::negative_sighting(dns::AnswerKind::no_evidence));
    const ChainVerdict chain = judged(message.text(), keys).arc;
    EXPECT_EQ(chain.oldest_pass, row.oldest_pass) << row.changed_before << ' ' << row.unknown;
    EXPECT_EQ(chain.result, row.result) << row.changed_before << ' ' << row.unknown;
  }
}

// Of a chain that fails nothing is said, though its message signatures verify. [RFC8617 5.2]
TEST(ArcValidation, NoOldestPassOfAChainThatFails) {
  const std::string sound = test::sealed_mail(2).text();
  const test::GrowingView keys = test::sealer_keys(2);
  ASSERT_EQ(judged(sound, keys).arc.oldest_pass, 0U);
  // What an ARC-Seal signs besides, no message signature covers.
  const std::string text = test::altered(sound, "ARC-Authentication-Results: i=1; ",
                                         "ARC-Authentication-Results: i=1; x");
  const ChainVerdict chain = judged(text, keys).arc;
  EXPECT_EQ(chain.reason, Reason::seal_fails);
  EXPECT_EQ(chain.oldest_pass, std::nullopt);
}

// An older message signature that covers a seal does not verify, but breaks no chain.
TEST(ArcValidation, OlderSignatureCoversASeal) {
  test::SealedMessage message = test::sealed_mail(1);
  auto order = test::good_order(2);
  order.signed_names = {"from", "arc-seal"};
  message.seal(order).seal(test::good_order(3));
  const ChainVerdict chain = judged(message.text(), test::sealer_keys(3)).arc;
  EXPECT_EQ(chain.result, Result::pass);
  EXPECT_EQ(chain.oldest_pass, 3U);
}

struct TrustRow {
  std::vector<std::string> trusted;
  bool altered;
  std::optional<bool> all;
  std::optional<std::uint32_t> from;
};

TEST(ArcValidation, TrustedSealers) {
  const TrustRow table[] = {
      {{}, false, std::nullopt, std::nullopt},
      {{"s1.example", "s2.example", "s3.example"}, false, true, 1},
      {{"S3.EXAMPLE", "s2.example", "s1.example", "other.example"}, false, true, 1},
      {{"s2.example", "s3.example"}, false, false, 2},
      {{"s3.example"}, false, false, 3},
      {{"s1.example", "s2.example"}, false, false, std::nullopt},
      {{"s1.example", "s3.example"}, false, false, 3},
      {{"example"}, false, false, std::nullopt},
      {{"x.s3.example"}, false, false, std::nullopt},
      // Whose chain fails has sealed nothing.
      {{"s1.example", "s2.example", "s3.example"}, true, false, std::nullopt},
  };
  for (std::size_t i = 0; i < std::size(table); ++i) {
    JudgeOptions options;
    options.trusted_sealers = table[i].trusted;
    const std::string message = test::sealed_mail(3).text() + (table[i].altered ? "more" : "");
    const ChainVerdict chain = judged(message, test::sealer_keys(3), options).arc;
    EXPECT_EQ(chain.trusted, table[i].all) << "row " << i;
    EXPECT_EQ(chain.trusted_from, table[i].from) << "row " << i;
  }
  JudgeOptions options;
  options.trusted_sealers = {"s1.example"};
  EXPECT_FALSE(judged(test::plain_mail().text(), test::GrowingView(), options).arc.trusted);
}

// Keys of all signatures, DKIM's too, are asked for in the first round, each name once.
TEST(ArcValidation, OneRoundOfQuestions) {
  test::SealedMessage message = test::plain_mail();
  message.fields.insert(
      message.fields.begin(),
      test::signature_field(message.fields, message.body, {}, test::key_pool().rsa_2048.front()));
  auto first = test::good_order(1);
  first.message_signature_form =
      test::altered(first.message_signature_form, "d=@D@", "d=example.com");
  message.seal(first).seal(test::good_order(2));
  const Dossier dossier = digest({test::ExactCopy(message.text()).view()});
  dns::Needs needs;
  EXPECT_FALSE(judge(dossier, test::GrowingView(), needs, {}));
  std::vector<std::string> names;
  for (const dns::Question& question : needs.questions()) names.push_back(question.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"s1._domainkey.example.com", "arc._domainkey.example.com",
                                      "arc._domainkey.s2.example", "arc._domainkey.s1.example"}));
  test::GrowingView keys = test::sealer_keys(2);
  keys.add_txt("s1._domainkey.example.com", test::plain_key_record());
  keys.add_txt("arc._domainkey.example.com", test::plain_key_record());
  const Verdict verdict = judged(message.text(), keys);
  // Then follow the questions of SPF and DMARC.
  ASSERT_GE(verdict.evidence.size(), 4U);
  EXPECT_EQ(verdict.evidence[3].name, "arc._domainkey.s1.example");
  EXPECT_EQ(verdict.arc.result, Result::pass);
  EXPECT_EQ(verdict.signatures.at(0).status, dkim::Status::pass);
}

// The algorithm stops: there is nothing to ask. [RFC8617 5.2 step 3]
TEST(ArcValidation, BrokenChainsAskNothing) {
  for (const std::string& message : {"ARC-Seal: i=1\r\n" + test::sealed_mail(2).text(),
                                     "ARC-Seal: i=51\r\n" + test::sealed_mail(2).text(),
                                     "ARC-Seal: junk\r\n" + test::sealed_mail(1).text()}) {
    const Verdict verdict = judged(message, test::GrowingView());
    EXPECT_EQ(verdict.arc.result, Result::fail);
    for (const dns::Question& question : verdict.evidence) {
      EXPECT_EQ(question.name.find("._domainkey."), std::string::npos) << question.name;
    }
    EXPECT_FALSE(verdict.arc.sealers.empty());
  }
}

// [RFC8617 4.1.4] [RFC8616 4]
TEST(ArcValidation, InternationalSealers) {
  auto order = test::good_order(1);
  order.domain =
      "b\xc3\xbc"
      "cher.example";
  order.selector = "\xc3\xbc";
  const std::string message = test::plain_mail().seal(order).text();
  test::GrowingView keys;
  keys.add_txt("xn--tda._domainkey.xn--bcher-kva.example", test::plain_key_record());
  EXPECT_EQ(judged(message, keys).arc.result, Result::pass);
}

// x= of a message signature follows the time of the check, as in DKIM.
TEST(ArcValidation, ExpiredMessageSignature) {
  auto order = test::good_order(1);
  order.message_signature_form =
      test::altered(order.message_signature_form, "t=@T@", "t=@T@; x=1600000000");
  const std::string message = test::plain_mail().seal(order).text();
  for (const auto& [time, result] :
       {std::pair(1600000000, Result::pass), std::pair(1600000001, Result::fail)}) {
    JudgeOptions options;
    options.time = {JudgeTime::Mode::fixed, std::chrono::sys_seconds(std::chrono::seconds(time))};
    EXPECT_EQ(judged(message, test::sealer_keys(1), options).arc.result, result);
  }
}

}  // namespace
}  // namespace mailassay::arc
