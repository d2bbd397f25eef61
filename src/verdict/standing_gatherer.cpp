#include "verdict/standing_gatherer.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/ascii.h"
#include "dns/name.h"
#include "envelope/client_address.h"
#include "envelope/trace_text.h"
#include "verdict/freshness.h"
#include "verdict/recorded_check.h"

namespace mailassay {
namespace {

using standing::Gap;
using standing::SignatureClass;

/// RFC 9989 was published in May 2026; before, RFC 7489 was what domains published for.
constexpr std::chrono::sys_seconds kRfc9989 =
    std::chrono::sys_days(std::chrono::year(2026) / std::chrono::May / 1);

/// As the DMARC record asks for it, relaxed without one. [RFC9989 4.4]
standing::Aligned aligned_of(const dmarc::Verdict& dmarc, std::size_t identifier, bool is_spf) {
  if (identifier >= dmarc.identifiers.size()) return standing::Aligned::no;
  const auto& record = dmarc.rfc9989.record;
  const bool is_strict = record && (is_spf ? record->strict_spf : record->strict_dkim);
  switch (dmarc.identifiers[identifier].rfc9989) {
    case dmarc::Alignment::strict:
      return standing::Aligned::yes;
    case dmarc::Alignment::relaxed:
      return is_strict ? standing::Aligned::no : standing::Aligned::yes;
    case dmarc::Alignment::unknown:
      return is_strict ? standing::Aligned::no : standing::Aligned::unknown;
    case dmarc::Alignment::none:
      break;
  }
  return standing::Aligned::no;
}

standing::Author author_of(const Dossier& dossier, const dmarc::Verdict& dmarc) {
  const auto has = [&](MessageNote note) {
    return std::find(dossier.notes.begin(), dossier.notes.end(), note) != dossier.notes.end();
  };
  if (has(MessageNote::no_header)) return standing::Author::not_a_message;
  if (has(MessageNote::header_too_large)) return standing::Author::bad_from;
  if (!dmarc.author_domain.empty()) return standing::Author::one;
  switch (dmarc.rfc9989.reason) {
    case dmarc::Reason::no_from_field:
    case dmarc::Reason::no_author_domain:
      return standing::Author::no_from;
    case dmarc::Reason::several_author_domains:
      return standing::Author::many_domains;
    default:
      return standing::Author::bad_from;
  }
}

standing::Border border_of(const envelope::Border& border) {
  if (border.sureness == envelope::Sureness::none) return standing::Border::none;
  if (border.sureness == envelope::Sureness::inferred) return standing::Border::inferred;
  switch (border.reason) {
    case envelope::BorderReason::provider:
      return standing::Border::provider;
    case envelope::BorderReason::confirmed:
      return standing::Border::trusted_results;
    default:
      return standing::Border::receiver;
  }
}

standing::SpfStatus status_of(spf::Status status) {
  switch (status) {
    case spf::Status::none:
      return standing::SpfStatus::none;
    case spf::Status::neutral:
      return standing::SpfStatus::neutral;
    case spf::Status::pass:
      return standing::SpfStatus::pass;
    case spf::Status::fail:
      return standing::SpfStatus::fail;
    case spf::Status::softfail:
      return standing::SpfStatus::softfail;
    case spf::Status::temperror:
      return standing::SpfStatus::temperror;
    case spf::Status::permerror:
      return standing::SpfStatus::permerror;
  }
  return standing::SpfStatus::not_evaluated;
}

Gap gap_of(const SpfVerdict& spf) {
  if (spf.absence == SpfVerdict::Absence::no_client_ip) return Gap::no_client_ip;
  if (!spf.mail_from) return Gap::no_domain;
  if (spf.mail_from->reason == spf::Reason::no_evidence) return Gap::no_evidence;
  if (spf.mail_from->status == spf::Status::temperror) return Gap::temporary;
  return spf.is_fresh ? Gap::none : Gap::not_fresh;
}

standing::Spf spf_of(const Verdict& verdict, std::size_t identifier) {
  standing::Spf spf;
  spf.gap = gap_of(verdict.spf);
  spf.aligned = aligned_of(*verdict.dmarc, identifier, true);
  if (verdict.spf.mail_from) {
    spf.status = status_of(verdict.spf.mail_from->status);
    spf.domain = verdict.spf.mail_from->domain;
  } else if (verdict.spf.absence == SpfVerdict::Absence::no_mail_from) {
    spf.aligned = standing::Aligned::unknown;
  }
  return spf;
}

standing::Policy policy_of(const dmarc::PolicyResult& result) {
  switch (result.policy.value_or(dmarc::Policy::none)) {
    case dmarc::Policy::reject:
      return standing::Policy::reject;
    case dmarc::Policy::quarantine:
      return standing::Policy::quarantine;
    case dmarc::Policy::none:
      break;
  }
  return standing::Policy::none;
}

standing::DmarcOpinion opinion_of(const dmarc::PolicyResult& result) {
  standing::DmarcOpinion opinion;
  opinion.fails = result.status == dmarc::Status::fail;
  opinion.has_record = result.record.has_value();
  opinion.policy = policy_of(result);
  opinion.is_testing = result.record && result.record->test;
  return opinion;
}

Gap gap_of(const dmarc::PolicyResult& result) {
  switch (result.reason) {
    case dmarc::Reason::dns_timeout:
    case dmarc::Reason::dns_servfail:
    case dmarc::Reason::dns_deadline:
      return Gap::temporary;
    case dmarc::Reason::no_evidence:
      return Gap::no_evidence;
    default:
      return Gap::none;
  }
}

/// With pct the domain asks for the next milder policy for the rest of its mail, and nobody knows
/// which this was: the milder. [RFC7489 6.6.4]
void apply_share(const dmarc::PolicyResult& result, standing::DmarcOpinion& opinion) {
  const unsigned share = result.record ? result.record->pct.value_or(100) : 100;
  if (share == 100) return;
  if (share == 0 || opinion.policy != standing::Policy::none) opinion.is_testing = true;
  opinion.policy = opinion.policy == standing::Policy::reject ? standing::Policy::quarantine
                                                              : standing::Policy::none;
}

standing::Dmarc dmarc_of(const Verdict& verdict, const standing::ReceiptTime& time,
                         const dns::View& view) {
  standing::Dmarc dmarc;
  const auto& received_at = verdict.envelope.received_at;
  if (received_at) {
    dmarc.rules = received_at->time < kRfc9989 ? standing::DmarcRules::rfc7489
                                               : standing::DmarcRules::rfc9989;
  }
  dmarc.rfc9989 = opinion_of(verdict.dmarc->rfc9989);
  dmarc.gap = gap_of(verdict.dmarc->rfc9989);
  if (verdict.dmarc->rfc7489) {
    dmarc.rfc7489 = opinion_of(*verdict.dmarc->rfc7489);
    dmarc.rfc7489.is_testing = false;
    apply_share(*verdict.dmarc->rfc7489, dmarc.rfc7489);
    if (dmarc.gap == Gap::none) dmarc.gap = gap_of(*verdict.dmarc->rfc7489);
  } else {
    // Without a list of suffixes nobody knows what RFC 7489 says of a record that stands above the
    // Author Domain: the milder.
    dmarc.rfc7489 = dmarc.rfc9989;
    if (verdict.dmarc->rfc9989.policy_domain != verdict.dmarc->author_domain) {
      dmarc.rfc7489.policy = standing::Policy::none;
    }
    apply_share(verdict.dmarc->rfc9989, dmarc.rfc7489);
  }
  if (dmarc.gap == Gap::none && !are_fresh(verdict.dmarc->evidence, view, time)) {
    dmarc.gap = Gap::not_fresh;
  }
  return dmarc;
}

/// The domain is the author's or of the same organization.
bool is_authors(const Verdict& verdict, std::string_view domain) {
  const std::string& organization = verdict.dmarc->rfc9989.organizational_domain;
  if (domain.empty()) return false;
  if (domain == verdict.dmarc->author_domain) return true;
  return !organization.empty() && dns::is_same_or_below(domain, organization);
}

/// A pass of it is one for this From: where the record asks for strict alignment, of no other name.
bool is_aligned_pass(const Verdict& verdict, std::string_view domain, bool is_spf) {
  const auto& record = verdict.dmarc->rfc9989.record;
  const bool is_strict = record && (is_spf ? record->strict_spf : record->strict_dkim);
  return is_strict ? domain == verdict.dmarc->author_domain : is_authors(verdict, domain);
}

std::string lower_domain(std::string_view address) {
  return ascii::lower(envelope::domain_of(address));
}

/// The aligned passes for this From that one field records.
std::vector<standing::Witness> witnesses_in(const envelope::Recorded& recorded, bool is_sealed,
                                            const Verdict& verdict) {
  std::vector<standing::Witness> witnesses;
  for (const envelope::RecordedEntry& entry : recorded.entries) {
    if (envelope::result_word(entry.result) != envelope::ResultWord::pass) continue;
    standing::Witness witness;
    witness.is_sealed = is_sealed;
    if (entry.method == "dkim") {
      witness.domain = ascii::lower(envelope::value_of(entry, "header.d"));
      if (witness.domain.empty()) {
        witness.domain = lower_domain(envelope::value_of(entry, "header.i"));
      }
      if (!is_aligned_pass(verdict, witness.domain, false)) continue;
      witness.selector = ascii::lower(envelope::value_of(entry, "header.s"));
      witness.value_prefix = envelope::value_of(entry, "header.b");
    } else if (entry.method == "dmarc") {
      witness.names_pass = false;
      const std::string from = lower_domain(envelope::value_of(entry, "header.from"));
      if (from.empty() || from != verdict.dmarc->author_domain) continue;
    } else if (entry.method == "spf") {
      witness.names_pass = false;
      if (envelope::is_of_helo(entry)) continue;  // SPF of MAIL FROM alone counts [RFC9989 4.1]
      const std::string sender = lower_domain(envelope::value_of(entry, "smtp.mailfrom"));
      if (!is_aligned_pass(verdict, sender, true)) continue;
    } else {
      continue;
    }
    witnesses.push_back(std::move(witness));
  }
  return witnesses;
}

/// Whether a host of the sealer received the message last: down to the border, or else on top.
/// Microsoft seals as microsoft.com and receives as outlook.com.
bool received_last(const Dossier& dossier, const Verdict& verdict, std::string_view sealer) {
  const auto& hops = dossier.transit.hops;
  const std::string name(sealer == "microsoft.com" ? "outlook.com" : sealer);
  const std::size_t last = verdict.envelope.border.hop.value_or(0);
  for (std::size_t i = 0; i < hops.size() && i <= last; ++i) {
    if (is_within(hops[i].by, {name})) return true;
  }
  return false;
}

/// Trusted results of one signature that contradict each other prove nothing. [RFC6008 4]
bool is_contradicted(const standing::Witness& witness, const Dossier& dossier,
                     const Verdict& verdict) {
  const auto denies = [&](const envelope::RecordedEntry& entry) {
    return entry.method == "dkim" &&
           envelope::result_word(entry.result) != envelope::ResultWord::pass &&
           ascii::lower(envelope::value_of(entry, "header.d")) == witness.domain &&
           envelope::value_of(entry, "header.b") == witness.value_prefix;
  };
  return std::any_of(verdict.recorded.begin(), verdict.recorded.end(),
                     [&](const RecordedVerdict& one) {
                       const auto& entries = recorded_of(dossier, one).entries;
                       return one.instance == 0 && one.witness.trusted &&
                              std::any_of(entries.begin(), entries.end(), denies);
                     });
}

void add_witnesses(const Dossier& dossier, const Verdict& verdict, standing::Evidence& evidence) {
  // Behind what a seal leaves unsigned (l=), whoever encloses the message can add what he likes.
  const auto& seal = evidence.newest_arc_signature;
  if (dossier.enclosure && seal && seal->is_partial) return;
  for (const RecordedVerdict& one : verdict.recorded) {
    const bool is_sealed = one.instance != 0;
    // A forwarder that seals is no witness of how the message was received: what came after it may
    // have been changed on the way, as lists do.
    if (!is_trusted(verdict, one)) continue;
    // Who received last a message that lies in another one is not known; a seal that verifies
    // holds.
    const bool is_of_receiver =
        !is_sealed || dossier.enclosure ||
        (one.instance <= verdict.arc.sealers.size() &&
         received_last(dossier, verdict, verdict.arc.sealers[one.instance - 1]));
    if (!is_of_receiver) continue;
    for (standing::Witness& witness : witnesses_in(recorded_of(dossier, one), is_sealed, verdict)) {
      if (witness.names_pass && !is_sealed && is_contradicted(witness, dossier, verdict)) continue;
      evidence.witnesses.push_back(std::move(witness));
    }
  }
}

void add_arc_sets(const Dossier& dossier, const Verdict& verdict, standing::Evidence& evidence) {
  if (verdict.arc.result != arc::Result::pass || dossier.enclosure) return;
  // What a seal leaves unsigned (l=) may be anybody's, and he may have sent it on.
  if (evidence.newest_arc_signature && evidence.newest_arc_signature->is_partial) return;
  for (const RecordedVerdict& one : verdict.recorded) {
    if (one.instance == 0 || one.instance > verdict.arc.sealers.size()) continue;
    const envelope::Recorded& recorded = recorded_of(dossier, one);
    standing::ArcSet& set = evidence.arc_sets.emplace_back();
    set.sealer = verdict.arc.sealers[one.instance - 1];
    set.trusted_to_newest = is_trusted(verdict, one);
    set.has_external_ip = !recorded.client_ip.empty() && !envelope::is_private(recorded.client_ip);
    set.has_aligned_pass = !witnesses_in(recorded, true, verdict).empty();
    set.is_sender = is_authors(verdict, set.sealer);
    set.is_final_receiver = received_last(dossier, verdict, set.sealer);
  }
}

void add_trusted_passes(const JudgeOptions& options, standing::Evidence& evidence) {
  for (const standing::Signature& signature : evidence.signatures) {
    const bool is_list = is_within(signature.domain, options.trusted_lists);
    if (!is_list && !is_within(signature.domain, options.trusted_forwarders)) continue;
    // Whoever can append to what they signed in part (l=) is not trusted. [RFC6376 8.2]
    if (signature.outcome == SignatureClass::verifies && signature.is_partial) continue;
    if (signature.outcome == SignatureClass::verifies) {
      evidence.trusted_passes.push_back({is_list, signature.key_fresh, signature.domain});
    } else if (signature.outcome == SignatureClass::unknown) {
      evidence.trust_gap = signature.gap;
    }
  }
}

void add_own_senders(const JudgeOptions& options, standing::Evidence& evidence) {
  const auto add = [&](const std::string& domain) {
    auto& senders = evidence.own_senders;
    if (!is_within(domain, options.own_senders)) return;
    if (std::find(senders.begin(), senders.end(), domain) == senders.end()) {
      senders.push_back(domain);
    }
  };
  for (const standing::Signature& signature : evidence.signatures) {
    if (signature.outcome == SignatureClass::verifies) add(signature.domain);
  }
  if (evidence.spf.status == standing::SpfStatus::pass) add(evidence.spf.domain);
}

bool is_own_hop(const envelope::Hop& hop, const JudgeOptions& options) {
  const auto is_own_host = [&](const std::string& name) {
    return is_within(name, options.own_domains) || is_within(name, options.receivers.hosts);
  };
  if (!is_own_host(hop.by)) return false;
  switch (hop.kind) {
    case envelope::HopKind::authorised:
    case envelope::HopKind::local:
    case envelope::HopKind::delivery:
      return true;
    case envelope::HopKind::smtp:
      // What the client called itself proves nothing; its address and its looked-up name do.
      return (!hop.client_ip.empty() && envelope::is_private(hop.client_ip)) ||
             is_own_host(hop.rdns);
    case envelope::HopKind::fetched:
    case envelope::HopKind::unreadable:
      break;
  }
  return false;
}

/// The time of receipt is not known of a message that lies in another one: its trace is the word of
/// whoever wrote that one. So it is not known either that an old algorithm was in force.
void doubt_old_rules(const dkim::SignatureVerdict& verdict, standing::Signature& signature) {
  const bool is_old = verdict.reason == dkim::Reason::algorithm_obsolete ||
                      verdict.reason == dkim::Reason::key_too_short;
  if (!is_old || signature.outcome == SignatureClass::counts_for_none) return;
  signature.outcome = SignatureClass::unknown;
  signature.gap = Gap::no_evidence;
}

}  // namespace

standing::ReceiptTime receipt_time(const Verdict& verdict, const JudgeOptions& options) {
  standing::ReceiptTime time;
  if (verdict.envelope.received_at) time.received = verdict.envelope.received_at->time;
  time.window = options.fresh;
  return time;
}

bool is_within(std::string_view domain, const std::vector<std::string>& domains) {
  return std::any_of(domains.begin(), domains.end(), [&](std::string_view other) {
    return !other.empty() && dns::is_same_or_below(domain, other);
  });
}

standing::Hops hops_of(const Dossier& dossier, const JudgeOptions& options) {
  const auto& hops = dossier.transit.hops;
  if (hops.empty()) return standing::Hops::none;
  const bool all_own = std::all_of(
      hops.begin(), hops.end(), [&](const envelope::Hop& hop) { return is_own_hop(hop, options); });
  return all_own ? standing::Hops::own : standing::Hops::foreign;
}

standing::Evidence gather_evidence(const Dossier& dossier, const Verdict& verdict,
                                   const JudgeOptions& options, const dns::View& view) {
  standing::ReceiptTime time = receipt_time(verdict, options);
  if (dossier.enclosure) time.received.reset();
  standing::Evidence evidence;
  evidence.is_enclosed = dossier.enclosure.has_value();
  evidence.author = author_of(dossier, *verdict.dmarc);
  evidence.from_is_own = is_within(verdict.dmarc->author_domain, options.own_domains);
  evidence.form = verdict.form;
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    const bool is_left_out = verdict.signatures[i].reason == dkim::Reason::too_many_signatures;
    evidence.signatures.push_back(standing::signature_evidence(
        dossier.signatures[i], verdict.signatures[i],
        is_left_out ? standing::Aligned::unknown : aligned_of(*verdict.dmarc, i, false), time));
    if (dossier.enclosure) doubt_old_rules(verdict.signatures[i], evidence.signatures.back());
  }
  if (!verdict.arc.message_signatures.empty()) {
    evidence.newest_arc_signature = standing::signature_evidence(
        dossier.arc.message_signatures.back(), verdict.arc.message_signatures.back(),
        standing::Aligned::no, time);
  }
  evidence.has_dkim_field = !dossier.signatures.empty();
  evidence.has_arc_field = dossier.arc.fields > 0;
  evidence.border = border_of(verdict.envelope.border);
  evidence.hops = hops_of(dossier, options);
  evidence.has_transit_trace = dossier.form.has_transit;
  evidence.local.submitted = verdict.envelope.border.reason == envelope::BorderReason::submission;
  evidence.local.draft = dossier.form.draft_marks;
  evidence.local.crm_log = dossier.form.crm_marks;
  evidence.is_journal_wrapper = dossier.kind.journal && dossier.kind.journal->message;
  evidence.spf = spf_of(verdict, dossier.signatures.size());
  evidence.dmarc = dmarc_of(verdict, time, view);
  if (verdict.arc.result == arc::Result::undetermined && !options.trusted_sealers.empty()) {
    evidence.trust_gap = Gap::no_evidence;
  }
  add_trusted_passes(options, evidence);
  add_witnesses(dossier, verdict, evidence);
  add_arc_sets(dossier, verdict, evidence);
  add_own_senders(options, evidence);
  evidence.claims_list = dossier.kind.list.has_value();
  return evidence;
}

}  // namespace mailassay
