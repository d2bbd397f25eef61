#include "verdict/traits.h"

#include <algorithm>

namespace mailassay {
namespace {

/// What gateways do to mail: a banner on top, a tag in the subject, links to themselves.
bool is_of_gateway(Undo undo) {
  switch (undo) {
    case Undo::banner_remove:
    case Undo::external_tag_remove:
    case Undo::rewritten_links_decode:
      return true;
    default:
      return false;
  }
}

bool is_modified_by_gateway(const Dossier& dossier, const Verdict& verdict) {
  const auto shows = [](const dkim::SignatureVerdict& signature) {
    return signature.finding && signature.finding->state == Finding::State::found &&
           std::any_of(signature.finding->verifies_after.begin(),
                       signature.finding->verifies_after.end(), is_of_gateway);
  };
  if (std::any_of(verdict.signatures.begin(), verdict.signatures.end(), shows)) return true;
  return dossier.kind.handling.external_tag;
}

/// A message that verifies, came from a host that may not send for its domain, and was not for
/// whom it was delivered to: a copy that was sent again. A list does the same, and says so.
bool may_be_replay(const Dossier& dossier, const Verdict& verdict) {
  return verdict.dmarc && verdict.dmarc->dkim_aligned && !verdict.dmarc->spf_aligned &&
         dossier.kind.handling.delivered_elsewhere && !dossier.kind.list && verdict.spf.mail_from &&
         verdict.spf.mail_from->status != spf::Status::pass &&
         verdict.spf.mail_from->status != spf::Status::temperror;
}

}  // namespace

std::vector<std::string> traits_of(const Dossier& dossier, const Verdict& verdict) {
  const kind::Traits& traits = dossier.kind.traits;
  std::vector<std::string> words;
  if (traits.encrypted) words.emplace_back("encrypted");
  if (traits.smime) words.emplace_back("smime");
  if (traits.pgp) words.emplace_back("pgp");
  if (traits.confidential_stub) words.emplace_back("confidential-stub");
  if (traits.from_munged) words.emplace_back("from-munged");
  if (traits.rewriting == kind::Rewriting::srs) words.emplace_back("srs");
  if (traits.esp != kind::Esp::none) {
    words.push_back("via-esp:" + std::string(kind::word_of(traits.esp)));
  }
  const bool is_blind_copy =
      verdict.direction == standing::Direction::copy &&
      (dossier.kind.handling.delivered_elsewhere || dossier.kind.handling.no_recipients);
  if (is_blind_copy) words.emplace_back("bcc-copy");
  if (dossier.kind.attached_message) words.emplace_back("nested");
  if (is_modified_by_gateway(dossier, verdict)) words.emplace_back("gateway-modified");
  if (may_be_replay(dossier, verdict)) words.emplace_back("replay-suspect");
  return words;
}

}  // namespace mailassay
