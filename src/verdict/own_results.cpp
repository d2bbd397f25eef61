#include "verdict/own_results.h"

#include <algorithm>

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

OwnCause cause_of(const dkim::SignatureVerdict& verdict) {
  switch (verdict.reason) {
    case dkim::Reason::none:
      return OwnCause::none;
    case dkim::Reason::dns_timeout:
    case dkim::Reason::dns_servfail:
    case dkim::Reason::dns_deadline:
      return OwnCause::dns_error;
    case dkim::Reason::no_evidence:
      return OwnCause::no_evidence;
    case dkim::Reason::no_key:
    case dkim::Reason::key_revoked:
      return OwnCause::key_gone;
    case dkim::Reason::body_hash_mismatch:
    case dkim::Reason::body_length_exceeds:
      return OwnCause::content_changed;
    case dkim::Reason::signature_mismatch:
      return has_note(verdict, dkim::Note::made_with_another_key) ? OwnCause::key_changed
                                                                  : OwnCause::content_changed;
    case dkim::Reason::expired:
    case dkim::Reason::algorithm_obsolete:
    case dkim::Reason::key_too_short:
      return OwnCause::rules;
    case dkim::Reason::key_syntax:
    case dkim::Reason::key_version:
    case dkim::Reason::key_service:
    case dkim::Reason::key_hash_mismatch:
    case dkim::Reason::key_type_mismatch:
    case dkim::Reason::key_data:
    case dkim::Reason::key_subdomain:
      return OwnCause::key_changed;
    default:
      return OwnCause::syntax;
  }
}

OwnCause cause_of(const SpfVerdict& spf) {
  if (!spf.mail_from) return OwnCause::no_session_data;
  if (spf.mail_from->status == spf::Status::pass) return OwnCause::none;
  if (spf.mail_from->status != spf::Status::temperror) return OwnCause::record;
  return spf.mail_from->reason == spf::Reason::no_evidence ? OwnCause::no_evidence
                                                           : OwnCause::dns_error;
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
                        word_of(verdict.signatures[i].status), cause_of(verdict.signatures[i])});
  }
  envelope::OwnSpf& spf = own.spf.emplace();
  spf.cause = cause_of(verdict.spf);
  if (verdict.spf.mail_from) {
    spf.result = word_of(verdict.spf.mail_from->status);
    spf.domain = verdict.spf.mail_from->domain;
  }
  if (verdict.envelope.client_ip) spf.client_ip = verdict.envelope.client_ip->text;
  own.dmarc = {word_of(verdict.dmarc.rfc9989.status), cause_of(verdict.dmarc.rfc9989),
               verdict.dmarc.author_domain};
  own.arc = word_of(verdict.arc.result);
  return own;
}

}  // namespace mailassay
