// The ARC suite as ValiMail published it, and the copy that Mail::DKIM keeps: each case, as stored
// and with CRLF line ends. [RFC8617 5.2] [RFC8617 5.1.1]
//
// RFC 8617 knows no result for a key that cannot be had, so `undetermined` counts as fail here.
// The copies differ in three cases; what decides is in kDifferences. The suite's signing cases are
// not for us: we do not sign.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "arc/reason.h"
#include "mailassay/verdict.h"
#include "support/arc_suite.h"
#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/exact_copy.h"

namespace mailassay {
namespace {

struct Difference {
  std::string_view name;
  std::string_view valimail;
  std::string_view mail_dkim;
  std::string_view right;
  std::string_view rule;
};

constexpr std::array kDifferences = {
    Difference{"ams_fields_a_sha1", "fail", "pass", "fail",
               "RFC8301 3.1: rsa-sha1 MUST NOT be used for verifying"},
    Difference{"as_fields_a_sha1", "fail", "pass", "fail",
               "RFC8301 3.1: rsa-sha1 MUST NOT be used for verifying"},
    // Signed with relaxed/relaxed, which is not what an absent c= says.
    Difference{"ams_fields_c_na", "pass", "fail", "fail",
               "RFC8617 4.1.2 with RFC6376 3.5: without c= it is simple/simple"},
};

const Difference* difference_of(std::string_view name) {
  for (const Difference& difference : kDifferences) {
    if (difference.name == name) return &difference;
  }
  return nullptr;
}

arc::ChainVerdict judge_chain(std::string_view message, const dns::View& view) {
  const test::ExactCopy copy(message);
  const Dossier dossier = digest({copy.view()});
  dns::Needs needs;
  const auto verdict = judge(dossier, view, needs, {});
  EXPECT_TRUE(verdict) << "a table knows all answers";
  return verdict ? verdict->arc : arc::ChainVerdict{};
}

std::string status_in_rfc_words(std::string_view message, const dns::View& view) {
  return std::string(arc::word_of(arc::in_rfc_wording(judge_chain(message, view).result)));
}

/// Checks each case; gives their number. Four names stand twice, with two messages: both are looked
/// at and counted once.
std::size_t check_suite(const std::filesystem::path& file, std::string_view Difference::*theirs) {
  std::set<std::string> names;
  std::set<std::string> different;
  const auto cases = test::read_arc_cases(file);
  for (const test::ArcCase& c : cases) {
    SCOPED_TRACE(c.name);
    names.insert(c.name);
    const Difference* difference = difference_of(c.name);
    if (difference != nullptr) {
      different.insert(c.name);
      EXPECT_EQ(c.status, difference->*theirs);
    }
    const std::string expected = difference != nullptr ? std::string(difference->right) : c.status;
    const arc::ChainVerdict verdict = judge_chain(c.message, *c.dns);
    EXPECT_EQ(arc::word_of(arc::in_rfc_wording(verdict.result)), expected)
        << arc::entry_of(verdict.reason).word;
    EXPECT_EQ(status_in_rfc_words(test::with_crlf(c.message), *c.dns), expected);
  }
  EXPECT_EQ(different.size(), kDifferences.size());
  return names.size();
}

TEST(ArcSuite, ValiMail) {
  MAILASSAY_SUITE(suite, "arc_test_suite");
  EXPECT_EQ(check_suite(suite / "arc-draft-validation-tests.yml", &Difference::valimail), 171U);
}

TEST(ArcSuite, MailDkim) {
  MAILASSAY_SUITE(suite, "mail-dkim");
  EXPECT_EQ(
      check_suite(suite / "arc_test_suite/arc-draft-validation-tests.yml", &Difference::mail_dkim),
      170U);
}

// What the suite does not state: which rule decided.
TEST(ArcSuite, ReasonsOfSomeCases) {
  MAILASSAY_SUITE(suite, "arc_test_suite");
  using arc::Reason;
  const std::array<std::pair<std::string_view, Reason>, 22> kReasons = {{
      {"cv_pass_i5_1", Reason::none},
      {"cv_fail_i1_as_cv_fail", Reason::sealed_as_failed},
      {"cv_fail_i2_as2_fail", Reason::sealed_as_failed},
      {"cv_fail_i2_as1_fail", Reason::bad_chain_status},
      {"cv_fail_i2_as2_none", Reason::bad_chain_status},
      {"cv_fail_i2_as1_na", Reason::missing_field},
      {"cv_fail_i1_ams_invalid", Reason::message_signature_fails},
      {"cv_fail_i2_as1_invalid", Reason::seal_fails},
      {"ams_struct_i_na", Reason::bad_instance},
      {"ams_struct_dup", Reason::duplicate_field},
      {"aar_i_not_prefixed", Reason::bad_instance},
      {"aar_i_no_semi", Reason::bad_instance},
      {"as_format_tags_sc", Reason::field_syntax},
      {"ams_format_tags_dup", Reason::field_syntax},
      {"as_fields_cv_na", Reason::bad_chain_status},
      {"as_fields_h_present", Reason::seal_names_fields},
      {"ams_fields_h_includes_as", Reason::covers_seal},
      {"ams_fields_t_empty", Reason::message_signature_fails},
      {"as_fields_b_512", Reason::message_signature_fails},
      {"as_fields_b_ams1", Reason::seal_fails},
      {"public_key_na", Reason::seal_fails},
      {"ams_as_diff_s_d", Reason::none},
  }};
  std::size_t seen = 0;
  for (const test::ArcCase& c : test::read_arc_cases(suite / "arc-draft-validation-tests.yml")) {
    for (const auto& [name, reason] : kReasons) {
      if (c.name != name) continue;
      ++seen;
      EXPECT_EQ(arc::entry_of(judge_chain(c.message, *c.dns).reason).word,
                arc::entry_of(reason).word)
          << name;
    }
  }
  EXPECT_EQ(seen, kReasons.size());
}

// [RFC8617 5.2 step 5]
TEST(ArcSuite, OldestPass) {
  MAILASSAY_SUITE(suite, "arc_test_suite");
  std::size_t seen = 0;
  for (const test::ArcCase& c : test::read_arc_cases(suite / "arc-draft-validation-tests.yml")) {
    if (c.name == "cv_pass_i2_1_ams1_invalid") {
      EXPECT_EQ(judge_chain(c.message, *c.dns).oldest_pass, 2U);
    } else if (c.name == "cv_pass_i1_1") {
      EXPECT_EQ(judge_chain(c.message, *c.dns).oldest_pass, 0U);
    } else if (c.name == "cv_fail_i1_ams_invalid" || c.name == "cv_base1") {
      EXPECT_EQ(judge_chain(c.message, *c.dns).oldest_pass, std::nullopt);
    } else {
      continue;
    }
    ++seen;
  }
  EXPECT_EQ(seen, 4U);
}

}  // namespace
}  // namespace mailassay
