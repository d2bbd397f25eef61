#include "mkcorpus/draft.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "mkcorpus/draft_body.h"
#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::array<int, 7> kZones = {0, 0, 60, 120, -300, -480, 330};
constexpr std::array<std::string_view, 5> kLocalParts = {"news", "sales", "hello", "crm",
                                                         "support+eu"};
constexpr std::array<std::string_view, 4> kMailers = {"Customer Desk 7.2", "LeadBoard Mailer",
                                                      "CampaignKit/3.14 (batch)", "Ledger CRM"};

/// A subject; some are encoded words, some are folded, some have white space to be collapsed.
std::string subject_value(Prng& prng) {
  if (prng.chance(12)) return encoded_word(headline(prng) + " caf\xc3\xa9 \xe2\x9c\x94");
  if (prng.chance(8)) return headline(prng) + "\r\n " + headline(prng);
  if (prng.chance(4))
    return headline(prng) + "\r\n\t" + headline(prng) + "  (" + headline(prng) + ")";
  if (prng.chance(4)) return headline(prng) + " \t" + headline(prng) + "  ";
  return headline(prng);
}

std::string from_value(const Author& author, Prng& prng) {
  std::string address = fmt::format("{}@{}", prng.pick(kLocalParts), author.domain);
  switch (prng.below(5)) {
    case 0:
      return address;
    case 1:
      return fmt::format("\"{}\" <{}>", person(prng), address);
    case 2:
      return fmt::format("{}\r\n <{}>", encoded_word("Soci\xc3\xa9t\xc3\xa9 " + person(prng)),
                         address);
    default:
      return fmt::format("{} <{}>", person(prng), address);
  }
}

/// Field names in the spellings that mailers use.
std::string_view message_id_name(Prng& prng) {
  return prng.chance(80) ? "Message-ID" : "Message-Id";
}
std::string_view mime_version_name(Prng& prng) {
  return prng.chance(80) ? "MIME-Version" : "Mime-Version";
}

void add_list_fields(Draft& draft, const Author& author, Prng& prng) {
  const std::string id = token(prng, 24);
  draft.fields.push_back(
      fmt::format("List-Unsubscribe: <https://u.{}/unsubscribe/{}>,\r\n <mailto:unsubscribe-{}@{}>",
                  author.domain, id, prng.below(100000), author.domain));
  draft.fields.emplace_back("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  draft.fields.push_back(fmt::format("List-Id: <news.{}>", author.domain));
  draft.fields.push_back(
      fmt::format("Feedback-ID: {}:{}:campaign:crm", author.number % 977, prng.below(10000)));
  draft.fields.emplace_back("Precedence: bulk");
  // A name that occurs twice: selection is from the bottom up. [RFC6376 5.4.2]
  if (prng.chance(30)) {
    draft.fields.push_back(fmt::format("X-Campaign: {}", prng.below(5000)));
    draft.fields.push_back(fmt::format("X-Campaign:\t{} ", token(prng, 12)));
  }
}

void add_reply_fields(Draft& draft, const Author& author, Prng& prng) {
  const std::string parent = fmt::format("<{}@{}>", token(prng, 20), author.domain);
  draft.fields.push_back("In-Reply-To: " + parent);
  draft.fields.push_back(
      fmt::format("References: <{}@{}>\r\n {}", token(prng, 20), author.domain, parent));
}

}  // namespace

Draft write_draft(Form form, const Author& author, Prng& prng) {
  Draft draft;
  draft.message_id = fmt::format("<{}.{}@{}>", author.number, token(prng, 16), author.domain);
  draft.recipient = fmt::format("{}@inbox.example.net", prng.chance(70) ? "team" : "orders");
  const int zone = prng.pick(kZones);
  const bool is_reply = form == Form::letter && prng.chance(50);

  draft.fields.push_back("From: " + from_value(author, prng));
  draft.fields.push_back(fmt::format("To: {} <{}>", person(prng), draft.recipient));
  if (prng.chance(25)) draft.fields.push_back("Reply-To: <reply@" + author.domain + ">");
  draft.fields.push_back((is_reply ? "Subject: Re: " : "Subject: ") + subject_value(prng));
  draft.fields.push_back("Date: " + header_date(author.written_at, zone) +
                         (prng.chance(20) && zone == 0 ? " (UTC)" : ""));
  draft.fields.push_back(fmt::format("{}: {}", message_id_name(prng), draft.message_id));
  if (is_reply) add_reply_fields(draft, author, prng);
  if (form == Form::newsletter) add_list_fields(draft, author, prng);
  if (prng.chance(40)) draft.fields.push_back(fmt::format("X-Mailer: {}", prng.pick(kMailers)));
  draft.fields.push_back(fmt::format("{}: 1.0", mime_version_name(prng)));
  write_body(form, is_reply, author, draft, prng);
  return draft;
}

}  // namespace mkcorpus
