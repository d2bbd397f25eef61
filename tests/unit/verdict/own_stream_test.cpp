// Which messages are judged as of an own stream, and which are left alone.
#include "verdict/own_stream.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/standing_evidence.h"
#include "verdict/bulk_sender_word.h"

namespace mailassay {
namespace {

using kind::Kind;
using standing::SignatureClass;
using standing::Value;

struct Received {
  Dossier dossier;
  standing::Evidence evidence;
  Verdict verdict;
  JudgeOptions options;
};

constexpr std::chrono::sys_seconds at(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(day));
}

void set_author(Received& mail, const std::string& domain) {
  auto dmarc = std::make_shared<dmarc::Verdict>();
  dmarc->author_domain = domain;
  mail.verdict.dmarc = std::move(dmarc);
}

/// A newsletter of shop.example.com that lacks nothing, of the end of 2025.
Received own_newsletter() {
  Received mail;
  mail.evidence = test::spoofed_mail();
  mail.evidence.spf.status = standing::SpfStatus::pass;
  mail.evidence.from_is_own = true;
  test::add_signature(mail.evidence, test::aligned_signature(SignatureClass::verifies));
  mail.dossier.signatures.emplace_back().signed_fields =
      "from:list-unsubscribe:list-unsubscribe-post";
  mail.dossier.kind.kind = Kind::bulk;
  mail.dossier.kind.marks.add(kind::Reason::list_unsubscribe);
  kind::ListFacts& list = mail.dossier.kind.list.emplace();
  list.unsubscribe_fields = list.unsubscribe_post_fields = list.https_uris = 1;
  list.post_is_one_click = true;
  set_author(mail, "shop.example.com");
  mail.verdict.standing.value = Value::authenticated;
  mail.verdict.judged_at = at(2025, 12, 1);
  mail.options.own_domains = {"example.com", "example.net"};
  return mail;
}

/// "none", or the own domain with the words.
std::string judged(const Received& mail) {
  const auto stream = judge_own_stream(mail.dossier, mail.evidence, mail.verdict, mail.options);
  if (!stream) return "none";
  std::string text = stream->domain;
  for (const bulk_sender::Fault fault : stream->verdict.faults) {
    text.append(" ").append(bulk_sender::entry_of(fault).word);
  }
  for (const bulk_sender::Unknown unknown : stream->verdict.unknown) {
    text.append(" ").append(bulk_sender::word_of(unknown));
  }
  return text;
}

struct Case {
  const char* name;
  const char* judged;
  std::function<void(Received&)> change;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"as it should be", "example.com", [](Received&) {}},
      {"the nearest own domain", "shop.example.com",
       [](Received& m) { m.options.own_domains.emplace_back("shop.example.com"); }},
      {"it lies in another message", "none", [](Received& m) { m.evidence.is_enclosed = true; }},
      {"somebody else's", "none", [](Received& m) { m.evidence.from_is_own = false; }},
      // Who forges us is not our stream.
      {"forged", "none", [](Received& m) { m.verdict.standing.value = Value::disowned; }},
      {"nobody knows whose it is", "none",
       [](Received& m) { m.verdict.standing.value = Value::unverifiable; }},
      {"changed on the way", "none",
       [](Received& m) { m.verdict.standing.value = Value::altered; }},
      {"a copy kept before it was signed", "none",
       [](Received& m) {
         m.evidence.signatures.clear();
         m.evidence.has_dkim_field = false;
         m.verdict.standing.value = Value::local;
       }},
      {"passed on by a trusted forwarder", "none",
       [](Received& m) { m.verdict.standing.value = Value::forwarded; }},
      {"its receiver says that it passed", "example.com",
       [](Received& m) { m.verdict.standing.value = Value::attested; }},
      {"an own service that signs for itself alone", "example.com not-aligned",
       [](Received& m) {
         m.evidence.signatures.front().aligned = standing::Aligned::no;
         m.evidence.spf.aligned = standing::Aligned::no;
         m.evidence.own_senders = {"esp.example"};
         m.verdict.standing.value = Value::disowned;
       }},
      {"a forwarder's envelope", "none",
       [](Received& m) { m.dossier.kind.traits.rewriting = kind::Rewriting::srs; }},
      {"forwarded by Gmail", "none",
       [](Received& m) { m.dossier.kind.traits.rewriting = kind::Rewriting::gmail_caf; }},
      {"the own way of taking bounces", "example.com",
       [](Received& m) { m.dossier.kind.traits.rewriting = kind::Rewriting::verp; }},
      {"a bounce", "none", [](Received& m) { m.dossier.kind.kind = Kind::dsn; }},
      {"a journal", "none", [](Received& m) { m.dossier.kind.kind = Kind::journal; }},
      {"a DMARC report", "none", [](Received& m) { m.dossier.kind.kind = Kind::dmarc_report; }},
      {"a letter", "example.com",
       [](Received& m) {
         m.dossier.kind = {};
         m.dossier.kind.kind = Kind::ordinary;
       }},
      {"a list of somebody", "none",
       [](Received& m) {
         m.dossier.kind.kind = Kind::list;
         m.dossier.kind.list->list_id = "talk.lists.example.org";
       }},
      {"an own list", "example.com",
       [](Received& m) {
         m.dossier.kind.kind = Kind::list;
         m.dossier.kind.list->list_id = "news.example.com";
       }},
      {"a list without a name", "none", [](Received& m) { m.dossier.kind.kind = Kind::list; }},
      {"no way out", "example.com one-click-missing",
       [](Received& m) { m.dossier.kind.list->unsubscribe_post_fields = 0; }},
      {"no way out, and none that is offered", "example.com",
       [](Received& m) {
         m.dossier.kind.list.reset();
         m.dossier.kind.marks = {};
       }},
      {"bulk by its own word", "example.com one-click-missing",
       [](Received& m) {
         m.dossier.kind.list.reset();
         m.dossier.kind.marks = {};
         m.dossier.kind.marks.add(kind::Reason::precedence_bulk);
       }},
      {"before any rule", "none", [](Received& m) { m.verdict.judged_at = at(2024, 1, 31); }},
      {"before the rule on unsubscription", "example.com",
       [](Received& m) {
         m.dossier.kind.list->unsubscribe_post_fields = 0;
         m.verdict.judged_at = at(2024, 5, 31);
       }},
      {"of an unknown time", "example.com", [](Received& m) { m.verdict.judged_at.reset(); }},
      {"one field is not signed", "example.com one-click-not-signed",
       [](Received& m) { m.dossier.signatures.front().signed_fields = "from:list-unsubscribe"; }},
  };
  return kCases;
}

TEST(OwnStream, Table) {
  for (const Case& c : cases()) {
    Received mail = own_newsletter();
    c.change(mail);
    EXPECT_EQ(judged(mail), c.judged) << c.name;
  }
}

}  // namespace
}  // namespace mailassay
