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
  const kind::ListFacts none;
  const kind::ListFacts& list = mail.list != nullptr ? *mail.list : none;
  if (list.unsubscribe_fields == 0 || list.unsubscribe_post_fields == 0) {
    verdict.faults.push_back(Fault::one_click_missing);
    return;
  }
  // One field of each. [RFC8058 3.1]
  if (list.unsubscribe_fields > 1 || list.unsubscribe_post_fields > 1) {
    verdict.faults.push_back(Fault::one_click_repeated);
  }
  // One HTTPS URI, and no other of HTTP or HTTPS. [RFC8058 3.1]
  if (list.https_uris == 0) {
    verdict.faults.push_back(Fault::one_click_no_https);
  } else if (list.https_uris > 1 || list.http_uris > 0) {
    verdict.faults.push_back(Fault::one_click_several_uris);
  }
  if (!list.post_is_one_click) verdict.faults.push_back(Fault::one_click_value);
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
