// A vector for each note of a signature: a message and DNS that yield it, from octets to verdict.
// The walk over the enumeration fails when a note has none.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "dkim/reason.h"
#include "mailassay/verdict.h"
#include "support/exact_copy.h"
#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

using dkim::Note;
using test::replaced;
using test::with_tags;
using Notes = std::vector<Note>;

constexpr std::int64_t kReceived = 1704103200;  // the Received field of plain_fields()
constexpr std::int64_t kDay = 86400;

struct Vector {
  std::string name;
  std::string message;
  dns::Sighting key;
  Notes notes;  ///< exactly these, in their order
  std::optional<std::int64_t> at = std::nullopt;
  Limits limits = {};
};

const mkcorpus::SigningKey& rsa() { return test::key_pool().rsa_2048.front(); }
std::string record(std::string_view tags = "") { return test::key_record(rsa(), tags); }
dns::Sighting key(std::string_view tags = "") { return test::txt_sighting({record(tags)}); }

std::string signed_fields(std::vector<std::string> fields, std::string names,
                          std::vector<std::string> list, std::string_view body = "text\r\n",
                          test::SignatureForm form = {}) {
  form = replaced("h=from:subject", "h=" + names, std::move(form));
  form.names = std::move(list);
  return test::signed_message(fields, body, form, rsa());
}

/// A message with From and `field`, of which only From is signed.
std::string with_unsigned(const std::string& field) {
  return signed_fields({"From: jo@example.com", field}, "from", {"from"});
}

/// A message in which `field` is signed once, and another one stands above it.
std::string with_extra(const std::string& name) {
  const std::string field = name + ": jo@example.com";
  return "X-Top: 1\r\n" + name + ": other\r\n" +
         signed_fields({"From: jo@example.com", field}, "from:" + name, {"from", name});
}

std::string with_length(std::uint64_t length, std::string_view body) {
  test::SignatureForm form = with_tags("l=" + std::to_string(length));
  form.length = length;
  return signed_fields({"From: a@example.com", "Content-Type: multipart/mixed; boundary=\"b=1\""},
                       "from:content-type", {"from", "content-type"}, body, form);
}

/// Other boundaries: with white space in them, and that of a second Content-Type field.
std::string with_boundary(std::string_view boundary, std::string_view line,
                          std::string_view canon) {
  test::SignatureForm form =
      replaced("relaxed/relaxed", "relaxed/" + std::string(canon), with_tags("l=2"));
  form.body = canon == "simple" ? test::Canon::simple : test::Canon::relaxed;
  form.length = 2;
  const std::string type = "Content-Type: multipart/mixed; boundary=\"";
  return signed_fields(
      {"From: a@example.com", type + std::string(boundary) + "\"", type + "other\""},
      "from:content-type:content-type", {"from", "content-type", "content-type"},
      "a\r\n" + std::string(line) + "\r\n", form);
}

std::vector<Vector> coverage_vectors() {
  const Notes part = {Note::body_partly_signed, Note::mime_part_beyond_length};
  const std::string parts = "--b=1\r\n\r\none\r\n--b=1--\r\n";
  const auto more = [&](std::string_view text) { return parts + std::string(text); };
  const std::string two_from =
      "From: other@example.org\r\n" + signed_fields({"From: jo@example.com"}, "from", {"from"});
  return {
      {"subject", with_unsigned("Subject: a"), key(), {Note::unsigned_subject}},
      {"date", with_unsigned("Date: a"), key(), {Note::unsigned_date}},
      {"to", with_unsigned("To: a"), key(), {Note::unsigned_to}},
      {"content-type", with_unsigned("Content-Type: a"), key(), {Note::unsigned_content_type}},
      {"reply-to", with_unsigned("Reply-To: a"), key(), {Note::unsigned_reply_to}},
      {"cc is not watched", with_unsigned("Cc: a"), key(), {}},
      {"second from", two_from, key(), {Note::unsigned_extra_from}},
      {"second subject", with_extra("subject"), key(), {Note::unsigned_extra_subject}},
      {"second date", with_extra("date"), key(), {Note::unsigned_extra_date}},
      {"second to", with_extra("to"), key(), {Note::unsigned_extra_to}},
      {"second content-type",
       with_extra("content-type"),
       key(),
       {Note::unsigned_extra_content_type}},
      {"second reply-to", with_extra("reply-to"), key(), {Note::unsigned_extra_reply_to}},
      {"l= covers all", with_length(parts.size(), parts), key(), {}},
      {"text behind l=",
       with_length(parts.size(), more("more\r\n --b=1\r\nx--b=1\r\n")),
       key(),
       {Note::body_partly_signed}},
      {"a part behind l=",
       with_length(parts.size(), more("--b=1\r\n\r\ntwo\r\n")),
       key(),
       {Note::body_partly_signed, Note::mime_part_beyond_length}},
      {"a part later behind l=",
       with_length(parts.size(), more("more\r\n--b=1\r\n\r\ntwo\r\n")),
       key(),
       {Note::body_partly_signed, Note::mime_part_beyond_length}},
      {"a delimiter that the edge of l= cuts",
       with_length(parts.size() + 3, more("--b=1\r\n\r\ntwo\r\n")), key(), part},
      {"a delimiter of which the line end alone is behind l=",
       with_length(parts.size() + 5, more("--b=1\r\n\r\ntwo\r\n")), key(), part},
      {"a delimiter that is signed",
       with_length(parts.size() + 7, more("--b=1\r\n\r\ntwo\r\n")),
       key(),
       {Note::body_partly_signed}},
      {"a line of text that ends like a delimiter, and is cut",
       with_length(parts.size() + 1, more("x--b=1\r\n\r\ntwo\r\n")),
       key(),
       {Note::body_partly_signed}},
      {"another line that begins like a delimiter, and is cut",
       with_length(parts.size() + 5, more("--b=1x\r\n\r\ntwo\r\n")),
       key(),
       {Note::body_partly_signed}},
      {"the close delimiter alone",
       with_length(parts.size() - 9, parts),
       key(),
       {Note::body_partly_signed}},
      {"another boundary that begins like it",
       with_length(parts.size(), more("--b=1x\r\n\r\ntwo\r\n--b=1-\r\n")),
       key(),
       {Note::body_partly_signed}},
      {"a delimiter with padding", with_boundary("x", "--x \t ", "simple"), key(), part},
      {"a boundary in sections", with_boundary("x\"; y=\"", "--x", "simple"), key(), part},
      {"blanks in the boundary", with_boundary("x  y", "--x  y", "simple"), key(), part},
      {"blanks in the boundary, relaxed", with_boundary("x  y", "--x  y", "relaxed"), key(), part},
      {"boundary of the lower field", with_boundary("x", "--other", "relaxed"), key(), part},
      {"another boundary",
       with_boundary("x  y", "--x z", "relaxed"),
       key(),
       {Note::body_partly_signed}},
      {"l= ends within a line",
       with_length(parts.size() + 1, more("x--b=1\r\n")),
       key(),
       {Note::body_partly_signed}},
      {"the part ends before l=",
       with_length(parts.size() + 1, more("xy\r\n")),
       key(),
       {Note::body_partly_signed}},
  };
}

std::vector<Vector> signature_vectors() {
  test::SignatureForm sha1 = replaced("rsa-sha256", "rsa-sha1");
  sha1.hash = mkcorpus::Hash::sha1;
  const std::string plain =
      test::signed_plain_message(replaced("h=from:subject", "h=from:subject:date", [] {
        test::SignatureForm form;
        form.names = {"from", "subject", "date"};
        return form;
      }()));
  const auto tagged = [](std::string_view tags) {
    return test::signed_plain_message(with_tags(tags));
  };
  const std::string late = "x=" + std::to_string(kReceived - 60);
  return {
      {"nothing to say", plain, key(), {}},
      {"sha1",
       test::signed_plain_message(sha1),
       key(),
       {Note::unsigned_date, Note::algorithm_sha1}},
      {"sha1 of 2016",
       test::signed_plain_message(sha1),
       key(),
       {Note::valid_under_rules_of_its_time, Note::unsigned_date, Note::algorithm_sha1},
       1451606400},
      {"expired", tagged(late), key(), {Note::unsigned_date, Note::expired_at_receipt}},
      {"expired, but not at the time of the check",
       tagged(late),
       key(),
       {Note::unsigned_date, Note::expired_at_receipt},
       kReceived - kDay},
      {"expired at the time of the check alone",
       tagged("x=" + std::to_string(kReceived + 60)),
       key(),
       {Note::unsigned_date},
       kReceived + kDay},
      {"expires in the second of receipt",
       tagged("x=" + std::to_string(kReceived)),
       key(),
       {Note::unsigned_date}},
      {"in the future",
       tagged("t=" + std::to_string(kReceived + kDay)),
       key(),
       {Note::signed_in_future, Note::unsigned_date}},
      {"no time of receipt",
       signed_fields({"From: a@example.com"}, "from", {"from"}, "text\r\n", with_tags("x=1")),
       key(),
       {Note::no_receive_time}},
  };
}

std::vector<Vector> key_vectors() {
  const std::string plain =
      signed_fields({test::plain_fields().front(), "From: a@example.com"}, "from", {"from"});
  const auto& short_key = test::rsa_key(1024);
  const auto& longer_key = test::rsa_key(2047);
  const auto& exponent_3 = test::rsa_key(2048, 3);
  const auto signed_by = [](const mkcorpus::SigningKey& other) {
    return test::signed_message(
        {"From: a@example.com"}, "text\r\n",
        [] {
          test::SignatureForm form = replaced("h=from:subject", "h=from");
          form.names = {"from"};
          return form;
        }(),
        other);
  };
  dns::Sighting starred = key();
  starred.wildcard = true;
  Limits one_key;
  one_key.key_candidates = 1;
  const std::string other = test::key_record(test::key_pool().rsa_2048.back());
  return {
      {"2048 bits", plain, key(), {}},
      {"1024 bits",
       signed_by(short_key),
       test::txt_sighting({test::key_record(short_key)}),
       {Note::key_under_2048}},
      {"2047 bits",
       signed_by(longer_key),
       test::txt_sighting({test::key_record(longer_key)}),
       {Note::key_under_2048}},
      {"another key", plain, test::txt_sighting({other}), {Note::made_with_another_key}},
      {"t=y", plain, key("t=y"), {Note::key_testing}},
      {"other flags", plain, key("t=x:s"), {Note::key_unknown_names}},
      {"other hashes", plain, key("h=sha512:sha256"), {Note::key_unknown_names}},
      {"all names that there are", plain, key("h= sha1 : sha256 ; t=s"), {}},
      {"empty flags", plain, key("t="), {}},
      {"exponent 3",
       signed_by(exponent_3),
       test::txt_sighting({test::key_record(exponent_3)}),
       {Note::key_exponent}},
      {"g=", plain, key("g=*"), {Note::key_granularity}},
      {"empty g=", plain, key("g="), {Note::key_granularity}},
      {"unknown tags", plain, key("gg=1; n=remark"), {}},
      {"wildcard", plain, starred, {Note::dns_wildcard}},
      {"two keys", plain, test::txt_sighting({record(), other}), {Note::several_key_records}},
      {"another purpose",
       plain,
       test::txt_sighting({record(), "v=spf1 -all"}),
       {Note::other_txt_records}},
      {"cut",
       plain,
       test::txt_sighting({record(), other}),
       {Note::candidates_cut, Note::several_key_records},
       std::nullopt,
       one_key},
      {"later",
       plain,
       test::seen(key(), kReceived + kDay, kReceived + 2 * kDay),
       {Note::dns_postdates_message}},
      {"earlier",
       plain,
       test::seen(key(), kReceived - 2 * kDay, kReceived - kDay),
       {Note::dns_predates_message}},
  };
}

std::vector<Vector> all_vectors() {
  std::vector<Vector> all = coverage_vectors();
  for (const auto& more : {signature_vectors(), key_vectors()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::string words(const Notes& notes) {
  std::string text;
  for (const Note note : notes) text.append(dkim::word_of(note)).append(" ");
  return text;
}

TEST(EveryNote, VectorsYieldTheirNotesAndNoOthers) {
  for (const Vector& vector : all_vectors()) {
    SCOPED_TRACE(vector.name);
    const test::ExactCopy copy(vector.message);
    const Dossier dossier = digest({copy.view()}, vector.limits);
    test::GrowingView table;
    table.add("s1._domainkey.example.com", vector.key);
    dns::Needs needs;
    JudgeOptions options;
    options.limits = vector.limits;
    if (vector.at) {
      options.time = {JudgeTime::Mode::fixed,
                      std::chrono::sys_seconds(std::chrono::seconds(*vector.at))};
    }
    const auto verdict = judge(dossier, table, needs, options);
    ASSERT_TRUE(verdict);
    ASSERT_EQ(verdict->signatures.size(), 1U);
    EXPECT_EQ(words(verdict->signatures.front().notes), words(vector.notes));
  }
}

TEST(EveryNote, HasAVector) {
  // An Ed25519 key in SubjectPublicKeyInfo is a vector of unit/dkim/verification_test.cpp.
  std::set<Note> yielded = {Note::key_ed25519_spki};
  for (const Vector& vector : all_vectors()) {
    yielded.insert(vector.notes.begin(), vector.notes.end());
  }
  for (std::size_t i = 0; i < dkim::kNoteCount; ++i) {
    const auto note = static_cast<Note>(i);
    EXPECT_TRUE(yielded.contains(note)) << "no vector yields " << dkim::word_of(note);
  }
}

}  // namespace
}  // namespace mailassay
