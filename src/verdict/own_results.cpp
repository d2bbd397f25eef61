#include "verdict/own_results.h"

#include <algorithm>

#include "envelope/own_cause.h"

namespace mailassay {
namespace {

using envelope::OwnCause;
using envelope::ResultWord;

ResultWord word_of(dkim::Status status) noexcept {
  switch (status) {
    case dkim::Status::none:
      return ResultWord::none;
    case dkim::Status::pass:
      return ResultWord::pass;
    case dkim::Status::fail:
      return ResultWord::fail;
    case dkim::Status::policy:
      return ResultWord::policy;
    case dkim::Status::neutral:
      return ResultWord::neutral;
    case dkim::Status::temperror:
      return ResultWord::temperror;
    case dkim::Status::permerror:
      return ResultWord::permerror;
  }
  return ResultWord::unknown;
}

ResultWord word_of(spf::Status status) noexcept {
  switch (status) {
    case spf::Status::none:
      return ResultWord::none;
    case spf::Status::neutral:
      return ResultWord::neutral;
    case spf::Status::pass:
      return ResultWord::pass;
    case spf::Status::fail:
      return ResultWord::fail;
    case spf::Status::softfail:
      return ResultWord::softfail;
    case spf::Status::temperror:
      return ResultWord::temperror;
    case spf::Status::permerror:
      return ResultWord::permerror;
  }
  return ResultWord::unknown;
}

ResultWord word_of(dmarc::Status status) noexcept {
  switch (status) {
    case dmarc::Status::none:
      return ResultWord::none;
    case dmarc::Status::pass:
      return ResultWord::pass;
    case dmarc::Status::fail:
      return ResultWord::fail;
    case dmarc::Status::temperror:
      return ResultWord::temperror;
    case dmarc::Status::permerror:
      return ResultWord::permerror;
  }
  return ResultWord::unknown;
}

ResultWord word_of(arc::Result result) noexcept {
  switch (result) {
    case arc::Result::none:
      return ResultWord::none;
    case arc::Result::pass:
      return ResultWord::pass;
    case arc::Result::fail:
      return ResultWord::fail;
    case arc::Result::undetermined:
      break;
  }
  return ResultWord::unknown;
}

bool has_note(const dkim::SignatureVerdict& verdict, dkim::Note note) {
  return std::find(verdict.notes.begin(), verdict.notes.end(), note) != verdict.notes.end();
}

OwnCause cause_of(const dkim::SignatureFacts& facts, const dkim::SignatureVerdict& verdict) {
  const bool by_another_key = facts.algorithm == dkim::Algorithm::ed25519_sha256 ||
                              has_note(verdict, dkim::Note::made_with_another_key);
  return envelope::cause_of(verdict.reason, by_another_key);
}

OwnCause cause_of(const SpfVerdict& spf) {
  return spf.mail_from ? envelope::cause_of(spf.mail_from->reason) : OwnCause::no_session_data;
}

OwnCause cause_of(const dmarc::PolicyResult& result) {
  switch (result.reason) {
    case dmarc::Reason::aligned:
      return OwnCause::none;
    case dmarc::Reason::no_evidence:
      return OwnCause::no_evidence;
    case dmarc::Reason::spf_unknown:
      return OwnCause::no_session_data;
    case dmarc::Reason::dkim_unknown:
    case dmarc::Reason::dns_timeout:
    case dmarc::Reason::dns_servfail:
    case dmarc::Reason::dns_deadline:
      return OwnCause::dns_error;
    default:
      return OwnCause::record;
  }
}

}  // namespace

envelope::OwnResults own_results(const Dossier& dossier, const Verdict& verdict) {
  envelope::OwnResults own;
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    const dkim::SignatureFacts& facts = dossier.signatures[i];
    own.dkim.push_back({facts.domain, facts.selector, facts.auid, facts.signature_prefix,
                        word_of(verdict.signatures[i].status),
                        cause_of(facts, verdict.signatures[i])});
  }
  envelope::OwnSpf& spf = own.spf.emplace();
  spf.cause = cause_of(verdict.spf);
  if (verdict.spf.mail_from) {
    spf.result = word_of(verdict.spf.mail_from->status);
    spf.domain = verdict.spf.mail_from->domain;
  }
  if (verdict.envelope.client_ip) spf.client_ip = verdict.envelope.client_ip->text;
  own.dmarc = {word_of(verdict.dmarc->rfc9989.status), cause_of(verdict.dmarc->rfc9989),
               verdict.dmarc->author_domain};
  own.arc = word_of(verdict.arc.result);
  return own;
}

}  // namespace mailassay
