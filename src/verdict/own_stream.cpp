#include "verdict/own_stream.h"

#include <string_view>
#include <vector>

#include "dns/name.h"
#include "verdict/bulk_sender_word.h"
#include "verdict/standing_gatherer.h"

namespace mailassay {
namespace {

/// The nearest of the own domains that the name belongs to.
std::string_view own_domain_of(std::string_view name, const JudgeOptions& options) {
  std::string_view nearest;
  for (const std::string& domain : options.own_domains) {
    if (domain.size() > nearest.size() && dns::is_same_or_below(name, domain)) nearest = domain;
  }
  return nearest;
}

/// What goes through somebody else's list, or reports on other mail, is no stream of ours.
bool has_kind_of_stream(const kind::KindFacts& facts, const JudgeOptions& options) {
  switch (facts.kind) {
    case kind::Kind::ordinary:
    case kind::Kind::bulk:
    case kind::Kind::calendar:
    case kind::Kind::auto_reply:
      return true;
    case kind::Kind::list:
      return facts.list && is_within(facts.list->list_id, options.own_domains);
    default:
      return false;
  }
}

/// It is by the own domain on the evidence, or by a service that is known to send for it.
bool was_sent_by_us(const standing::Evidence& evidence, const standing::Standing& standing) {
  return standing.value == standing::Value::authenticated ||
         standing.value == standing::Value::attested || !evidence.own_senders.empty();
}

/// A forwarder came between: SPF is about the forwarder.
bool was_forwarded(const kind::Traits& traits) {
  return traits.rewriting == kind::Rewriting::srs || traits.rewriting == kind::Rewriting::gmail_caf;
}

/// A message that offers an end of the subscription was subscribed to, or advertises.
bool offers_unsubscription(const kind::KindFacts& facts) {
  return facts.marks.has(kind::Reason::list_unsubscribe) ||
         facts.marks.has(kind::Reason::precedence_bulk);
}

}  // namespace

std::optional<bulk_sender::StreamVerdict> judge_own_stream(const Dossier& dossier,
                                                           const standing::Evidence& evidence,
                                                           const Verdict& verdict,
                                                           const JudgeOptions& options) {
  if (evidence.is_enclosed) return std::nullopt;  // how a receiver got it, nobody knows
  if (!evidence.from_is_own || was_forwarded(dossier.kind.traits)) return std::nullopt;
  if (!has_kind_of_stream(dossier.kind, options)) return std::nullopt;
  if (!was_sent_by_us(evidence, verdict.standing)) return std::nullopt;
  if (!bulk_sender::is_asked_at(bulk_sender::Fault::dkim_missing, verdict.judged_at)) {
    return std::nullopt;
  }
  std::vector<std::string_view> signed_fields;
  signed_fields.reserve(dossier.signatures.size());
  for (const dkim::SignatureFacts& facts : dossier.signatures) {
    signed_fields.emplace_back(facts.signed_fields);
  }
  bulk_sender::Mail mail{.evidence = evidence,
                         .signed_fields = signed_fields,
                         .needs_one_click = offers_unsubscription(dossier.kind),
                         .list = dossier.kind.list ? &*dossier.kind.list : nullptr};
  if (!bulk_sender::is_asked_at(bulk_sender::Fault::one_click_missing, verdict.judged_at)) {
    mail.needs_one_click = false;
  }
  return bulk_sender::StreamVerdict{
      std::string(own_domain_of(verdict.dmarc->author_domain, options)),
      bulk_sender::bulk_sender_faults(mail)};
}

}  // namespace mailassay
