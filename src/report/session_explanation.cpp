#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "dns/ip_address.h"
#include "envelope/word.h"
#include "report/json_text.h"
#include "report/printable.h"
#include "report/session_row.h"
#include "report/session_text.h"
#include "spf/reason.h"
#include "verdict/recorded_check.h"

namespace mailassay::report {
namespace {

using Out = std::back_insert_iterator<std::string>;
constexpr std::size_t kShownName = 200;

/// An address as text, the null sender as `<>`, other values as they are.
std::string shown(envelope::ConflictSubject subject, const envelope::Value& value) {
  switch (subject) {
    case envelope::ConflictSubject::client_ip:
      return dns::ip_to_text(value.text);
    case envelope::ConflictSubject::mail_from:
      return value.text.empty() ? "<> (the null sender)" : printable(value.text, kShownName);
    case envelope::ConflictSubject::helo:
    case envelope::ConflictSubject::received_time:
      break;
  }
  return printable(value.text, kShownName);
}

void write_value(std::string_view label, envelope::ConflictSubject subject,
                 const std::optional<envelope::Value>& value, Out out) {
  if (!value) {
    fmt::format_to(out, "  {:<10} not known\n", label);
    return;
  }
  fmt::format_to(out, "  {:<10} {} ({}, {})\n", label, shown(subject, *value),
                 envelope::word_of(value->source), envelope::word_of(value->confidence));
}

void write_border(const Dossier& dossier, const envelope::Border& border, Out out) {
  fmt::format_to(out, "  border     {}: {}\n", envelope::word_of(border.sureness),
                 envelope::sentence_of(border.reason));
  if (!border.hop) return;
  const envelope::Hop& hop = dossier.transit.hops[*border.hop];
  fmt::format_to(out, "             Received field {} of {}, by {}\n", *border.hop + 1,
                 dossier.transit.hops.size(), printable(hop.by, kShownName));
}

}  // namespace

std::string explain_envelope(const Dossier& dossier, const envelope::Envelope& envelope) {
  std::string text = "\nEnvelope, as the stored message tells it\n";
  const Out out(text);
  write_border(dossier, envelope.border, out);
  write_value("client", envelope::ConflictSubject::client_ip, envelope.client_ip, out);
  write_value("HELO", envelope::ConflictSubject::helo, envelope.helo, out);
  write_value("MAIL FROM", envelope::ConflictSubject::mail_from, envelope.mail_from, out);
  for (const envelope::Rewrite& rewrite : envelope.rewrites) {
    fmt::format_to(out, "             carries {} ({})\n",
                   rewrite.address.empty() ? "another address" : printable(rewrite.address, 200),
                   envelope::word_of(rewrite.kind));
  }
  for (const envelope::Conflict& conflict : envelope.conflicts) {
    fmt::format_to(out, "  differs    {}: {} says {}\n", envelope::word_of(conflict.subject),
                   envelope::word_of(conflict.other.source),
                   shown(conflict.subject, conflict.other));
  }
  for (const envelope::TransitNote note : dossier.transit.notes) {
    fmt::format_to(out, "  note       {}\n", envelope::word_of(note));
  }
  return text;
}

std::string explain_spf(const Verdict& verdict) {
  std::string text = "\nSPF\n";
  const Out out(text);
  const spf::Verdict* spf = verdict.spf.mail_from.get();
  if (spf == nullptr) {
    fmt::format_to(out, "  = not evaluated ({}): the stored message does not tell it\n",
                   word_of(verdict.spf.absence));
    return text;
  }
  for (const spf::Visit& visit : spf->visits) {
    fmt::format_to(out, "  {:>{}}{} {}\n", "", 2 * visit.depth, printable(visit.domain, kShownName),
                   visit.record.empty() ? "has no usable record" : printable(visit.record, 600));
  }
  fmt::format_to(out, "  {} terms that ask DNS, {} void lookups\n", spf->counters.terms,
                 spf->counters.void_lookups);
  const spf::ReasonEntry& entry = spf::entry_of(spf->reason);
  fmt::format_to(out, "  = {} for {}", spf::word_of(spf->status),
                 printable(spf->domain, kShownName));
  if (!spf->mechanism.empty()) fmt::format_to(out, " by {}", printable(spf->mechanism, kShownName));
  fmt::format_to(out, ": {} [{}]\n", entry.sentence, entry.reference);
  if (!verdict.spf.is_fresh) {
    fmt::format_to(out, "    the records are not of the time of receipt\n");
  }
  if (verdict.spf.helo) {
    fmt::format_to(out, "  HELO: {}\n", spf::word_of(verdict.spf.helo->status));
  }
  return text;
}

std::string explain_recorded(const Dossier& dossier, const Verdict& verdict) {
  std::string text;
  const Out out(text);
  for (const RecordedVerdict& one : verdict.recorded) {
    const envelope::Recorded& recorded = recorded_of(dossier, one);
    if (text.empty()) text += "\nWhat receivers recorded\n";
    const bool is_set = one.instance != 0;
    fmt::format_to(
        out, "  {}{}{}, {}\n", envelope::word_of(recorded.field),
        is_set ? fmt::format(" {}", one.instance) : "",
        recorded.authserv_id.empty() ? "" : " of " + printable(recorded.authserv_id, kShownName),
        is_set ? "as believable as its seal"
        : one.witness.trusted
            ? "believed"
            : "not believed (" + std::string(envelope::word_of(one.witness.place)) + ")");
    for (const envelope::Comparison& comparison : one.comparisons) {
      const envelope::RecordedEntry& entry = recorded.entries[comparison.entry];
      fmt::format_to(out, "    {}={} {}: {}\n", printable(entry.method, 40),
                     printable(entry.result, 40), envelope::word_of(comparison.agreement),
                     envelope::sentence_of(comparison.reason));
    }
  }
  return text;
}

}  // namespace mailassay::report
