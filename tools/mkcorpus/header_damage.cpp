#include "mkcorpus/header_damage.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kList = "team@lists.inbox.example.net";
constexpr std::string_view kRawSubject = "Angebot f\xC3\xBCr M\xC3\xBCnchen";

/// The topmost field of that name; null if there is none.
std::string* find_field(Draft& draft, std::string_view name) {
  const auto found = std::find_if(draft.fields.begin(), draft.fields.end(), [&](const auto& field) {
    return field.size() > name.size() && field[name.size()] == ':' &&
           mailassay::ascii::equal_ignoring_case(field.substr(0, name.size()), name);
  });
  return found == draft.fields.end() ? nullptr : &*found;
}

std::string value_of(Draft& draft, std::string_view name) {
  const std::string* field = find_field(draft, name);
  return field == nullptr ? std::string() : field->substr(name.size() + 2);
}

/// Writes the field, below all others if there is none of its name.
void set_field(Draft& draft, std::string_view name, std::string_view value) {
  const std::string text = std::string(name) + ": " + std::string(value);
  if (std::string* field = find_field(draft, name)) {
    *field = text;
  } else {
    draft.fields.push_back(text);
  }
}

void remove_fields(Draft& draft, std::string_view name) {
  while (const std::string* field = find_field(draft, name)) {
    draft.fields.erase(draft.fields.begin() + (field - draft.fields.data()));
  }
}

void tag_subject(Draft& draft, Prng& prng) {
  static constexpr std::array<std::string_view, 5> kTags = {"[team] ", "[EXTERNAL] ",
                                                            "EXTERNAL: ", "***SPAM*** ", "[EXT] "};
  set_field(draft, "Subject", std::string(prng.pick(kTags)) + value_of(draft, "Subject"));
}

void prepare_reply(Draft& draft, Prng&) { set_field(draft, "Subject", "Re: your order of Monday"); }
void tag_reply(Draft& draft, Prng&) {
  set_field(draft, "Subject", "Re: [team] your order of Monday");
}

void prepare_reply_to(Draft& draft, Prng&) {
  set_field(draft, "Reply-To", "reply@crm.example.net");
}
void add_reply_to(Draft& draft, Prng&) {
  draft.fields.push_back("Reply-To: " + std::string(kList));
}

void prepare_author(Draft& draft, Prng&) {
  remove_fields(draft, "Reply-To");
  set_field(draft, "From", "Jo Example <jo@crm.example.net>");
}
void prepare_quoted_author(Draft& draft, Prng&) {
  remove_fields(draft, "Reply-To");
  set_field(draft, "From", "\"Example, Jo\" <jo@crm.example.net>");
}
/// As Mailman does with authors whose domain has a policy.
void munge_author(Draft& draft, Prng& prng) {
  const std::string author = value_of(draft, "From");
  const std::string name = author.substr(0, author.find('<') - 1);
  const std::string bare = name.starts_with('"') ? name.substr(1, name.size() - 2) : name;
  set_field(draft, "From", "\"" + bare + " via team\" <" + std::string(kList) + ">");
  draft.fields.push_back((prng.chance(50) ? "Reply-To: " : "X-Original-From: ") + author);
}
void keep_address_only(Draft& draft, Prng&) {
  set_field(draft, "From", "Jo Example via team <" + std::string(kList) + ">");
  draft.fields.emplace_back("X-Original-Sender: jo@crm.example.net");
}
void munge_and_tag(Draft& draft, Prng& prng) {
  munge_author(draft, prng);
  set_field(draft, "Subject", "[team] " + value_of(draft, "Subject"));
}
void tag_and_add_reply_to(Draft& draft, Prng& prng) {
  tag_subject(draft, prng);
  add_reply_to(draft, prng);
}

void add_instance(Draft& draft, Prng& prng) {
  static constexpr std::array<std::string_view, 3> kFields = {
      "Subject: Special offer", "Date: Tue, 1 Jan 2019 00:00:00 +0000",
      "To: all@inbox.example.net"};
  draft.fields.emplace_back(prng.pick(kFields));
}

void prepare_folded(Draft& draft, Prng& prng) {
  set_field(draft, "To",
            "Jo Example <jo@inbox.example.net>," +
                std::string(prng.chance(50) ? "\r\n\t" : "\r\n ") +
                "Some Body <body@inbox.example.net>");
}
void replace_fold(Draft& draft, std::string_view with) {
  std::string* field = find_field(draft, "To");
  const std::size_t fold = field->find("\r\n");
  field->replace(fold, 3, with);
}
void join_fold(Draft& draft, Prng&) { replace_fold(draft, " "); }
void widen_fold(Draft& draft, Prng&) { replace_fold(draft, "\r\n        "); }
void prepare_unfolded(Draft& draft, Prng&) {
  set_field(draft, "To", "Jo Example <jo@inbox.example.net>, Some Body <body@inbox.example.net>");
}
void fold_list(Draft& draft, Prng& prng) {
  std::string* field = find_field(draft, "To");
  field->replace(field->find(", ") + 1, 1, prng.chance(50) ? "\r\n\t" : "\r\n ");
}

void prepare_usual_subject(Draft& draft, Prng&) {
  set_field(draft, "Subject", "Your order of Monday");
}
void shout_name(Draft& draft, Prng&) {
  std::string* field = find_field(draft, "Subject");
  field->replace(0, 7, "SUBJECT");
}

void prepare_raw(Draft& draft, Prng&) { set_field(draft, "Subject", kRawSubject); }
void prepare_encoded(Draft& draft, Prng&) {
  set_field(draft, "Subject", encoded_word(kRawSubject));
}

void prepare_mime_version(Draft& draft, Prng&) {
  remove_fields(draft, "MIME-Version");
  draft.fields.emplace_back("MIME-Version: 1.0");
}
void lose_mime_version(Draft& draft, Prng&) { remove_fields(draft, "MIME-Version"); }

void add_signed_as_absent(Draft& draft, Prng&) {
  draft.fields.emplace_back("Cc: all@inbox.example.net");
}

void prepare_encoding(Draft& draft, Prng&) {
  set_field(draft, "Content-Transfer-Encoding", "8bit");
}
void change_encoding(Draft& draft, Prng&) { set_field(draft, "Content-Transfer-Encoding", "7bit"); }

/// A letter that a server encodes on the way.
void prepare_8bit_letter(Draft& draft, Prng& prng) {
  set_field(draft, "Content-Type", "text/plain; charset=utf-8");
  set_field(draft, "Content-Transfer-Encoding", "8bit");
  draft.body = paragraph(prng, Charset::utf8, "") + "caf\xc3\xa9 = 3\r\n";
}
void encode_letter(Draft& draft, Prng&) {
  set_field(draft, "Content-Transfer-Encoding", "quoted-printable");
  draft.body = quoted_printable(draft.body);
}

void tag_and_refold(Draft& draft, Prng& prng) {
  tag_subject(draft, prng);
  join_fold(draft, prng);
}

void change_subject(Draft& draft, Prng&) { set_field(draft, "Subject", "Your order of Friday"); }
void change_recipient(Draft& draft, Prng&) { set_field(draft, "To", "chief@inbox.example.net"); }
void change_author(Draft& draft, Prng&) {
  set_field(draft, "From", "Jo Example <jo@crm.example.org>");
}
void change_date(Draft& draft, Prng&) {
  set_field(draft, "Date", "Tue, 01 Jan 2019 00:00:00 +0000");
}
/// A tag does not hide that the subject is another one.
void change_and_tag_subject(Draft& draft, Prng&) {
  set_field(draft, "Subject", "[team] Your order of Friday");
}

constexpr std::array kHeaderDamages = {
    DamageKind{"header-subject-tag", nullptr, tag_subject, "subject-tag-remove", true},
    DamageKind{"header-reply-tag", prepare_reply, tag_reply, "subject-tag-remove", true},
    DamageKind{"header-reply-to", prepare_reply_to, add_reply_to, "reply-to-remove", true},
    DamageKind{"header-from", prepare_author, munge_author, "from-restore", true},
    DamageKind{"header-from-quoted", prepare_quoted_author, munge_author, "from-restore", true},
    DamageKind{"header-from-address", prepare_author, keep_address_only, "from-restore", true},
    DamageKind{"header-list", prepare_author, munge_and_tag, "subject-tag-remove from-restore",
               true},
    DamageKind{"header-list-reply-to", prepare_reply_to, tag_and_add_reply_to,
               "subject-tag-remove reply-to-remove", true},
    DamageKind{"header-instance", nullptr, add_instance, "instance-remove", true},
    DamageKind{"header-unfolded", prepare_folded, join_fold, "refold", false},
    DamageKind{"header-fold-wide", prepare_folded, widen_fold, "refold", false},
    DamageKind{"header-folded", prepare_unfolded, fold_list, "refold", false},
    DamageKind{"header-name-case", prepare_usual_subject, shout_name, "field-name-case", false},
    DamageKind{"header-word-encoded", prepare_raw, prepare_encoded, "encoded-words-decode", false},
    DamageKind{"header-word-decoded", prepare_encoded, prepare_raw, "encoded-words-encode", false},
    DamageKind{"header-mime-version", prepare_mime_version, lose_mime_version, "field-restore",
               false},
    DamageKind{"header-tag-refold", prepare_folded, tag_and_refold,
               "subject-tag-remove refold|subject-tag-remove", true},
    DamageKind{"header-signed-absent", nullptr, add_signed_as_absent,
               "field-remove|instance-remove", true, false, Signing::with_cc},
    DamageKind{"header-copied", prepare_usual_subject, change_subject, "copied-field-restore", true,
               false, Signing::with_copies},
    DamageKind{"header-encoding", prepare_encoding, change_encoding, "transfer-encoding-restore",
               true, false, Signing::with_encoding},
    DamageKind{"header-letter-encoded", prepare_8bit_letter, encode_letter,
               "quoted-printable-decode transfer-encoding-restore", false, false,
               Signing::with_encoding},
    DamageKind{"body-letter-encoded", prepare_8bit_letter, encode_letter,
               "quoted-printable-decode"},
    DamageKind{"key-replaced", nullptr, nullptr, "another-key", false, false,
               Signing::by_other_key},
    DamageKind{"text-subject", prepare_usual_subject, change_subject, ""},
    DamageKind{"text-tagged-subject", prepare_usual_subject, change_and_tag_subject, ""},
    DamageKind{"text-recipient", nullptr, change_recipient, ""},
    DamageKind{"text-author", prepare_author, change_author, ""},
    DamageKind{"text-date", nullptr, change_date, ""},
};

}  // namespace

std::span<const DamageKind> header_damages() { return kHeaderDamages; }

}  // namespace mkcorpus
