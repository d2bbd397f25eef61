#include "mailassay/bulk_sender.h"

#include <algorithm>

#include "base/ascii.h"
#include "verdict/standing_facts.h"

namespace mailassay::bulk_sender {
namespace {

using standing::Aligned;
using standing::Border;
using standing::Evidence;
using standing::Gap;
using standing::Signature;
using standing::SignatureClass;
using standing::SpfStatus;

/// What is known of something that has to hold.
enum class Answer : std::uint8_t { no, unknown, yes };

bool spf_is_known(const Evidence& evidence) {
  return evidence.border != Border::none && evidence.spf.gap == Gap::none &&
         evidence.spf.status != SpfStatus::not_evaluated &&
         evidence.spf.status != SpfStatus::temperror;
}

/// Whether the receiver saw this signature verify.
Answer verified(const Signature& signature, const Evidence& evidence) {
  // What the store did is not the sender's fault.
  if (!signature.verifies_after.empty()) return Answer::yes;
  switch (signature.outcome) {
    case SignatureClass::verifies:
      return Answer::yes;
    case SignatureClass::body_differs:
    case SignatureClass::other_header:
      return standing::keeps_octets(evidence.form.form) ? Answer::no : Answer::unknown;
    case SignatureClass::other_key:
      return standing::may_be_other_key(signature) ? Answer::unknown : Answer::no;
    case SignatureClass::unknown:
      return Answer::unknown;
    case SignatureClass::counts_for_none:
      break;
  }
  return Answer::no;
}

/// The best answer of all signatures for which the condition holds.
template <typename Condition>
Answer best_answer(const Mail& mail, Condition condition) {
  Answer best = Answer::no;
  for (std::size_t i = 0; i < mail.evidence.signatures.size(); ++i) {
    const Signature& signature = mail.evidence.signatures[i];
    if (condition(i)) best = std::max(best, verified(signature, mail.evidence));
  }
  return best;
}

void judge_spf(const Mail& mail, Verdict& verdict) {
  if (!spf_is_known(mail.evidence)) {
    verdict.unknown.push_back(Unknown::spf);
  } else if (mail.evidence.spf.status == SpfStatus::none) {
    verdict.faults.push_back(Fault::spf_missing);
  } else if (mail.evidence.spf.status != SpfStatus::pass) {
    verdict.faults.push_back(Fault::spf_not_pass);
  }
}

void judge_dkim(const Mail& mail, Verdict& verdict) {
  if (!mail.evidence.has_dkim_field) {
    verdict.faults.push_back(Fault::dkim_missing);
    return;
  }
  const Answer answer = best_answer(mail, [](std::size_t) { return true; });
  if (answer == Answer::unknown) verdict.unknown.push_back(Unknown::dkim);
  if (answer == Answer::no) verdict.faults.push_back(Fault::dkim_not_pass);
}

Answer spf_aligns(const Evidence& evidence) {
  if (evidence.spf.aligned == Aligned::no) return Answer::no;
  if (!spf_is_known(evidence)) return Answer::unknown;
  if (evidence.spf.status != SpfStatus::pass) return Answer::no;
  return evidence.spf.aligned == Aligned::yes ? Answer::yes : Answer::unknown;
}

void judge_alignment(const Mail& mail, Verdict& verdict) {
  const auto& signatures = mail.evidence.signatures;
  const Answer certain =
      best_answer(mail, [&](std::size_t i) { return signatures[i].aligned == Aligned::yes; });
  const Answer perhaps =
      best_answer(mail, [&](std::size_t i) { return signatures[i].aligned == Aligned::unknown; });
  Answer answer = std::max(certain, spf_aligns(mail.evidence));
  if (answer == Answer::no && perhaps != Answer::no) answer = Answer::unknown;
  if (answer == Answer::unknown) verdict.unknown.push_back(Unknown::alignment);
  if (answer == Answer::no) verdict.faults.push_back(Fault::not_aligned);
}

void judge_dmarc(const Mail& mail, Verdict& verdict) {
  if (mail.evidence.dmarc.gap != Gap::none) {
    verdict.unknown.push_back(Unknown::dmarc);
  } else if (!standing::opinion_in_force(mail.evidence.dmarc).has_record) {
    verdict.faults.push_back(Fault::dmarc_missing);
  }
}

struct Uris {
  std::size_t https = 0;
  std::size_t http = 0;
};

bool has_scheme(std::string_view uri, std::string_view scheme) {
  return ascii::equal_ignoring_case(uri.substr(0, scheme.size()), scheme);
}

/// The URIs between angle brackets; all else is comment. [RFC2369 2]
Uris count_uris(std::string_view value) {
  Uris uris;
  while (true) {
    const std::size_t begin = value.find('<');
    if (begin == std::string_view::npos) return uris;
    value.remove_prefix(begin + 1);
    const std::size_t end = value.find('>');
    if (end == std::string_view::npos) return uris;
    const std::string_view uri = ascii::trim(value.substr(0, end));
    if (has_scheme(uri, "https:")) ++uris.https;
    if (has_scheme(uri, "http:")) ++uris.http;
    value.remove_prefix(end + 1);
  }
}

bool names_field(std::string_view signed_fields, std::string_view field) {
  while (true) {
    const std::size_t end = std::min(signed_fields.find(':'), signed_fields.size());
    if (ascii::equal_ignoring_case(ascii::trim(signed_fields.substr(0, end)), field)) return true;
    if (end == signed_fields.size()) return false;
    signed_fields.remove_prefix(end + 1);
  }
}

/// Both fields MUST be covered by a valid DKIM signature. [RFC8058 4]
Answer one_click_is_signed(const Mail& mail) {
  return best_answer(mail, [&](std::size_t i) {
    return i < mail.signed_fields.size() &&
           names_field(mail.signed_fields[i], "list-unsubscribe") &&
           names_field(mail.signed_fields[i], "list-unsubscribe-post");
  });
}

void judge_one_click(const Mail& mail, Verdict& verdict) {
  if (mail.list_unsubscribe.empty() || mail.list_unsubscribe_post.empty()) {
    verdict.faults.push_back(Fault::one_click_missing);
    return;
  }
  // One field of each. [RFC8058 3.1]
  if (mail.list_unsubscribe.size() > 1 || mail.list_unsubscribe_post.size() > 1) {
    verdict.faults.push_back(Fault::one_click_repeated);
  }
  // One HTTPS URI, and no other of HTTP or HTTPS. [RFC8058 3.1]
  const Uris uris = count_uris(mail.list_unsubscribe.front());
  if (uris.https == 0) {
    verdict.faults.push_back(Fault::one_click_no_https);
  } else if (uris.https + uris.http > 1) {
    verdict.faults.push_back(Fault::one_click_several_uris);
  }
  // The single pair, in any case as all literals of ABNF. [RFC8058 5] [RFC5234 2.3]
  if (!ascii::equal_ignoring_case(ascii::trim(mail.list_unsubscribe_post.front()),
                                  "List-Unsubscribe=One-Click")) {
    verdict.faults.push_back(Fault::one_click_value);
  }
  const Answer is_signed = one_click_is_signed(mail);
  if (is_signed == Answer::unknown) verdict.unknown.push_back(Unknown::one_click_signature);
  if (is_signed == Answer::no) verdict.faults.push_back(Fault::one_click_not_signed);
}

}  // namespace

Verdict bulk_sender_faults(const Mail& mail) {
  Verdict verdict;
  judge_spf(mail, verdict);
  judge_dkim(mail, verdict);
  judge_alignment(mail, verdict);
  judge_dmarc(mail, verdict);
  if (mail.needs_one_click) judge_one_click(mail, verdict);
  return verdict;
}

}  // namespace mailassay::bulk_sender
