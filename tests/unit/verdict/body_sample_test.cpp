// What one message says of its archive, and when it says nothing.
#include "verdict/body_sample.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace mailassay {
namespace {

using dkim::Match;

struct Message {
  Dossier dossier;
  Verdict verdict;

  dkim::SignatureFacts& sign(const char* domain, std::optional<Match> match,
                             bool is_authors = false) {
    dkim::SignatureFacts& facts = dossier.signatures.emplace_back();
    facts.domain = domain;
    facts.body_match = match;
    dkim::SignatureVerdict& signature = verdict.signatures.emplace_back();
    if (is_authors) signature.aligned = dkim::Alignment::relaxed;
    return facts;
  }

  void sign_repaired(const char* domain, Repair repair) {
    sign(domain, Match::mismatch).body_repair = std::move(repair);
  }
};

std::string sampled(const std::function<void(Message&)>& make) {
  Message message;
  make(message);
  const auto sample = body_sample(message.dossier, message.verdict, nullptr);
  if (!sample) return "nothing";
  return sample->organization + (sample->body_fits ? " fits" : " fails");
}

Repair undone(std::vector<Undo> undone) {
  Repair repair;
  repair.undone = std::move(undone);
  return repair;
}

TEST(BodySample, Table) {
  struct {
    const char* sample;
    std::function<void(Message&)> make;
  } const kCases[] = {
      {"nothing", [](Message&) {}},
      {"nothing", [](Message& m) { m.sign("a.example", std::nullopt); }},
      {"a.example fits", [](Message& m) { m.sign("a.example", Match::match); }},
      {"a.example fails", [](Message& m) { m.sign("a.example", Match::mismatch); }},
      {"a.example fails", [](Message& m) { m.sign("mail.news.a.example", Match::mismatch); }},
      {"example fails", [](Message& m) { m.sign("example", Match::mismatch); }},
      {".example fails", [](Message& m) { m.sign(".example", Match::mismatch); }},
      // One that fits is enough: the store did nothing to the body.
      {"a.example fits",
       [](Message& m) {
         m.sign("a.example", Match::mismatch);
         m.sign("b.example", Match::match);
       }},
      // A service signs for many: the author counts.
      {"a.example fails",
       [](Message& m) {
         m.sign("esp.example", Match::mismatch);
         m.sign("a.example", Match::mismatch, true);
       }},
      {"b.example fails",
       [](Message& m) {
         m.sign("a.example", std::nullopt);
         m.sign("b.example", Match::mismatch);
       }},
      // An encoding that can be undone.
      {"a.example fits",
       [](Message& m) { m.sign_repaired("a.example", undone({Undo::mboxrd_unquote})); }},
      {"a.example fails", [](Message& m) { m.sign_repaired("a.example", undone({})); }},
      // What was added on the way says nothing of the store.
      {"nothing", [](Message& m) { m.sign_repaired("a.example", undone({Undo::footer_remove})); }},
      {"nothing",
       [](Message& m) {
         Repair repair = undone({Undo::tabs_to_spaces});
         repair.shows_other_text = true;
         m.sign_repaired("a.example", repair);
       }},
      {"a.example fits",
       [](Message& m) {
         Repair repair = undone({Undo::base64_decode});
         repair.same_text = true;
         m.sign_repaired("a.example", repair);
       }},
      {"nothing", [](Message& m) { m.sign_repaired("a.example", undone({Undo::base64_decode})); }},
      {"b.example fits",
       [](Message& m) {
         m.sign("b.example", Match::match);
         m.sign_repaired("a.example", undone({Undo::footer_remove}));
       }},
      {"nothing",
       [](Message& m) {
         m.sign("a.example", Match::mismatch);
         m.dossier.kind.kind = kind::Kind::list;
       }},
  };
  for (std::size_t i = 0; i < std::size(kCases); ++i) {
    EXPECT_EQ(sampled(kCases[i].make), kCases[i].sample) << "case " << i;
  }
}

}  // namespace
}  // namespace mailassay
