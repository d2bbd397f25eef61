#include <gtest/gtest.h>

#include <string>

#include "kind/summary_report.h"
#include "support/kind_case.h"

namespace mailassay::kind {
namespace {

std::string report(const std::string& type, const std::string& part, const std::string& fields,
                   const std::string& third = "") {
  return "Content-Type: multipart/report; report-type=" + type + "; boundary=b\n\n--b\n\ntext\n" +
         "--b\nContent-Type: " + part + "\n\n" + fields + third + "--b--\n";
}

// [RFC8098 3.2]
TEST(MdnReport, Fields) {
  const KindFacts facts = test::kind_facts(
      report("disposition-notification", "message/disposition-notification",
             "Reporting-UA: x\nFinal-Recipient: rfc822; b@x.org\nOriginal-Message-ID: <1@a>\n"
             "Disposition: manual-action/MDN-sent-manually; Displayed/error\n"));
  ASSERT_TRUE(facts.mdn);
  EXPECT_EQ(facts.mdn->final_recipient, "b@x.org");
  EXPECT_EQ(facts.mdn->original_message_id, "<1@a>");
  EXPECT_EQ(facts.mdn->disposition, "manual-action/MDN-sent-manually; Displayed/error");
  EXPECT_EQ(facts.mdn->disposition_type, "displayed");
  EXPECT_FALSE(facts.dsn);
  EXPECT_FALSE(facts.report);
}

const std::string kThird =
    "--b\nContent-Type: message/rfc822\n\nMessage-ID: <1@a>\nFrom: a@x.org\n\nbuy\n";

// [RFC5965 2] [RFC5965 3.1] [RFC5965 3.2]
TEST(FeedbackReport, OnceAndRequired) {
  struct Case {
    const char* fields;
    bool well_formed;
  };
  constexpr Case kCases[] = {
      {"Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\n", true},
      {"Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nReported-Domain: a\nReported-Domain: b\n"
       "Authentication-Results: x\nAuthentication-Results: y\n",
       true},
      {"Feedback-Type: abuse\nUser-Agent: x\n", false},
      {"Feedback-Type: abuse\nVersion: 1\n", false},
      {"User-Agent: x\nVersion: 1\n", false},
      {"Feedback-Type: abuse\nFeedback-Type: fraud\nUser-Agent: x\nVersion: 1\n", false},
      {"Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nSource-IP: a\nSource-IP: b\n", false},
      {"Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nArrival-Date: a\nReceived-Date: a\n",
       false},
      {"Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nReceived-Date: a\n", true},
      {"", false},
  };
  for (const Case& one : kCases) {
    const KindFacts facts =
        test::kind_facts(report("feedback-report", "message/feedback-report", one.fields, kThird));
    ASSERT_TRUE(facts.report) << one.fields;
    EXPECT_EQ(facts.report->well_formed, one.well_formed) << one.fields;
  }
  // The message complained of is required, too.
  EXPECT_FALSE(test::kind_facts(report("feedback-report", "message/feedback-report",
                                       "Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\n"))
                   .report->well_formed);
}

// [RFC5965 3] [RFC6591 3.2]
TEST(FeedbackReport, Fields) {
  const std::string text = report(
      "feedback-report", "message/feedback-report",
      "Feedback-Type: Auth-Failure (x)\nUser-Agent: Agent/1\nVersion: 1\nAuth-Failure: DMARC\n"
      "Original-Mail-From: <a@x.org>\nOriginal-Rcpt-To: <b@y.org>\nOriginal-Rcpt-To: <c@y.org>\n"
      "Source-IP: 192.0.2.1\nReported-Domain: x.org\nReporting-MTA: dns; m.example\n",
      kThird);
  const KindFacts facts = test::kind_facts(text);
  ASSERT_TRUE(facts.report);
  const ReportFacts& found = *facts.report;
  EXPECT_EQ(found.feedback_type, "auth-failure");
  EXPECT_EQ(found.auth_failure, "dmarc");
  EXPECT_EQ(found.user_agent, "Agent/1");
  EXPECT_EQ(found.version, "1");
  EXPECT_EQ(found.original_mail_from, "a@x.org");
  EXPECT_EQ(found.original_rcpt_to, "b@y.org");
  EXPECT_EQ(found.source_ip, "192.0.2.1");
  EXPECT_EQ(found.reported_domain, "x.org");
  EXPECT_EQ(found.reporting_mta, "m.example");
  EXPECT_EQ(found.original_message_id, "<1@a>");
  ASSERT_TRUE(found.data);
  EXPECT_EQ(test::at(text, *found.data), "Message-ID: <1@a>\nFrom: a@x.org\n\nbuy");
}

// [RFC9990 3.5.2] [RFC8460 5.1]
TEST(SummaryReport, FileNames) {
  struct Name {
    const char* filename;
    const char* expected;  ///< "submitter domain begin end id", empty: none
  };
  constexpr Name kNames[] = {
      {"mail.receiver.example!example.com!1013662812!1013749130.xml.gz",
       "mail.receiver.example example.com 1013662812 1013749130  dmarc"},
      {"M.Example!Example.COM!1!2!abc9.XML", "m.example example.com 1 2 abc9 dmarc"},
      {"a!b!1!2.zip", "a b 1 2  dmarc"},
      {"a!b!1!2!x.json.gz", "a b 1 2 x tls"},
      {"a!b!1!2.json", "a b 1 2  tls"},
      {"a!b!1.xml", ""},
      {"a!b!1!2!c!d.xml", ""},
      {"a!b!1!2.txt", ""},
      {"a!b!x!2.xml", ""},
      {"a!b!1!.xml", ""},
      {"a!b!1!1234567890123.xml", ""},
      {"!b!1!2.xml", ""},
      {"a b!c!1!2.xml", ""},
      {"new!prices!now!here.zip", ""},
      {".xml", ""},
      {"", ""},
  };
  for (const Name& one : kNames) {
    const auto name = parse_report_name(one.filename);
    const std::string found = name ? name->submitter + " " + name->domain + " " +
                                         std::to_string(name->begin) + " " +
                                         std::to_string(name->end) + " " + name->unique_id +
                                         (name->is_dmarc ? " dmarc"
                                          : name->is_tls ? " tls"
                                                         : " ?")
                                   : "";
    EXPECT_EQ(found, one.expected) << one.filename;
  }
}

// [RFC9990 3.5.2]
TEST(SummaryReport, Subjects) {
  struct Subject {
    const char* subject;
    const char* expected;  ///< "domain submitter id", empty: none
  };
  constexpr Subject kSubjects[] = {
      {" Report Domain: example.com\n    Submitter: mail.example\n    Report-ID: <1@example.com>",
       "example.com mail.example <1@example.com>"},
      {"Report domain: Example.com Submitter: google.com Report-ID: 123",
       "example.com google.com 123"},
      {"Report Domain: example.com Submitter: mail.example", "example.com mail.example "},
      {"Report Domain: example.com", ""},
      {"Re: Report Domain: example.com Submitter: mail.example", ""},
      {"Report Domain: two words Submitter: mail.example", ""},
      {"Report Domain: a/b Submitter: mail.example", ""},
      {"", ""},
  };
  for (const Subject& one : kSubjects) {
    ReportFacts facts;
    const bool read = read_report_subject(one.subject, Limits(), facts);
    EXPECT_EQ(read ? facts.domain + " " + facts.submitter + " " + facts.report_id : "",
              one.expected)
        << one.subject;
  }
}

TEST(SummaryReport, WhereTheDataLies) {
  const std::string text =
      "Subject: Report Domain: example.com Submitter: mail.example Report-ID: <1@a>\n"
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n"
      "Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n"
      "Content-Disposition: attachment; filename=\"mail.example!example.com!1!2.xml.gz\"\n\n"
      "H4sIAAAA\n--b--\n";
  const KindFacts facts = test::kind_facts(text);
  EXPECT_EQ(test::kind_words(facts), "dmarc-report dmarc-subject dmarc-filename");
  ASSERT_TRUE(facts.report && facts.report->data);
  EXPECT_EQ(test::at(text, *facts.report->data), "H4sIAAAA");
  EXPECT_EQ(facts.report->data_encoding, Encoding::base64);
  EXPECT_EQ(facts.report->domain, "example.com");
  EXPECT_EQ(facts.report->submitter, "mail.example");
  EXPECT_EQ(facts.report->report_id, "<1@a>");
  EXPECT_EQ(facts.report->begin, 1);
  EXPECT_EQ(facts.report->end, 2);
  EXPECT_TRUE(facts.report->well_formed);

  const std::string whole =
      "Subject: report\nContent-Type: application/zip; name=\"a.example!b.example!1!2.zip\"\n"
      "Content-Transfer-Encoding: base64\n\nUEsD\n";
  const KindFacts alone = test::kind_facts(whole);
  ASSERT_TRUE(alone.report && alone.report->data);
  EXPECT_EQ(test::at(whole, *alone.report->data), "UEsD\n");
  EXPECT_EQ(alone.report->data_encoding, Encoding::base64);

  const std::string tls =
      "TLS-Report-Domain: Example.com\nTLS-Report-Submitter: mail.example\n"
      "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\n\n--b\n\nhi\n--b\n"
      "Content-Type: application/tlsrpt+json\n\n{}\n--b--\n";
  const KindFacts sessions = test::kind_facts(tls);
  ASSERT_TRUE(sessions.report && sessions.report->data);
  EXPECT_EQ(test::at(tls, *sessions.report->data), "{}");
  EXPECT_EQ(sessions.report->domain, "example.com");
}

}  // namespace
}  // namespace mailassay::kind
