#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "arc/reason.h"
#include "base/ascii.h"
#include "dkim/reason.h"
#include "report/chain_text.h"
#include "report/json_text.h"
#include "report/printable.h"

namespace mailassay::report {
namespace {

using Out = std::back_insert_iterator<std::string>;
constexpr std::size_t kShownName = 200;
constexpr std::size_t kShownResults = 400;

/// The results on one line: folding and runs of white space become one space.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : ascii::trim(text)) {
    if (!ascii::is_fws_octet(c)) {
      out.push_back(c);
    } else if (out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

std::string names_of(const dkim::SignatureFacts& facts) {
  return fmt::format("d={} s={} {}", printable(facts.domain, kShownName),
                     printable(facts.selector, kShownName),
                     facts.algorithm ? dkim::word_of(*facts.algorithm) : "");
}

void write_outcome(const dkim::SignatureVerdict* verdict, Out out) {
  if (verdict == nullptr) {
    fmt::format_to(out, "            not checked\n");
    return;
  }
  const dkim::ReasonEntry& entry = dkim::entry_of(verdict->reason);
  if (verdict->question) {
    fmt::format_to(out, "            key TXT {}\n", printable(verdict->question->name, 300));
  }
  if (verdict->reason == dkim::Reason::none) {
    fmt::format_to(out, "            verifies\n");
  } else {
    fmt::format_to(out, "            {} ({}): {} [{}]\n", dkim::word_of(verdict->status),
                   entry.word, entry.sentence, entry.reference);
  }
}

void write_message_signature(const arc::SetFacts& set, const dkim::SignatureFacts& facts,
                             const dkim::SignatureVerdict* verdict, Out out) {
  if (!set.has_message_signature) {
    fmt::format_to(out, "    ARC-Message-Signature is missing\n");
    return;
  }
  fmt::format_to(out, "    message {}\n", names_of(facts));
  if (facts.fault == dkim::Reason::none) {
    fmt::format_to(out, "            signs {}\n", printable(facts.signed_fields, kShownResults));
  }
  if (facts.body_match) {
    fmt::format_to(out, "            body hash {}\n", dkim::word_of(*facts.body_match));
  }
  if (set.covers_seal) fmt::format_to(out, "            h= names ARC-Seal\n");
  write_outcome(verdict, out);
}

void write_seal(const arc::SetFacts& set, const dkim::SignatureFacts& facts,
                const dkim::SignatureVerdict* verdict, Out out) {
  if (!set.has_seal) {
    fmt::format_to(out, "    ARC-Seal is missing\n");
    return;
  }
  fmt::format_to(out, "    seal    {} cv={}\n", names_of(facts),
                 set.chain_status ? arc::word_of(*set.chain_status) : "?");
  constexpr std::int64_t kYear10000 = 253402300800;
  if (facts.signed_at && *facts.signed_at < kYear10000) {
    fmt::format_to(out, "            t= {}\n",
                   time_text(std::chrono::sys_seconds(std::chrono::seconds(*facts.signed_at))));
  }
  if (set.seal_names_fields) fmt::format_to(out, "            has h=\n");
  write_outcome(verdict, out);
}

void write_results(const arc::SetFacts& set, Out out) {
  if (!set.has_results) {
    fmt::format_to(out, "    ARC-Authentication-Results is missing\n");
    return;
  }
  fmt::format_to(out, "    results {}{}\n",
                 printable(on_one_line(set.authentication_results), kShownResults),
                 set.results_cut ? " (cut)" : "");
}

void write_result(const arc::ChainVerdict& verdict, Out out) {
  const arc::ReasonEntry& entry = arc::entry_of(verdict.reason);
  fmt::format_to(out, "  = {}", arc::word_of(verdict.result));
  if (verdict.reason != arc::Reason::none) fmt::format_to(out, " ({})", entry.word);
  fmt::format_to(out, ": {} [{}]\n", entry.sentence, entry.reference);
  if (arc::in_rfc_wording(verdict.result) != verdict.result) {
    fmt::format_to(out, "    in the words of RFC 8617 5.2.1: fail\n");
  }
  // What the message signatures say is worth nothing in a chain that does not hold.
  const bool holds = verdict.result == arc::Result::pass;
  if (holds && verdict.oldest_pass == 0U) {
    fmt::format_to(out, "    the message is as each of the sealers signed it\n");
  } else if (holds && verdict.oldest_pass) {
    fmt::format_to(
        out,
        "    the message is as it was signed in set {}; the message signature before it\n"
        "    does not verify: changed on the way, or expired, or its key is gone\n",
        *verdict.oldest_pass);
  }
  if (verdict.trusted_from) {
    fmt::format_to(out, "    trusted sealers from set {} on\n", *verdict.trusted_from);
  }
}

}  // namespace

std::string explain_chain(const arc::ChainFacts& facts, const arc::ChainVerdict& verdict) {
  std::string text;
  if (facts.fields == 0) return text;
  const Out out(text);
  fmt::format_to(out, "\nARC chain: {} header fields, highest instance {}\n", facts.fields,
                 facts.instances);
  for (std::size_t i = 0; i < facts.sets.size(); ++i) {
    const arc::SetFacts& set = facts.sets[i];
    const bool is_judged = i < verdict.seals.size();
    fmt::format_to(out, "  set {}{}\n", set.instance,
                   set.is_duplicate ? ", with a field more than once" : "");
    write_results(set, out);
    write_message_signature(set, facts.message_signatures[i],
                            is_judged ? &verdict.message_signatures[i] : nullptr, out);
    write_seal(set, facts.seals[i], is_judged ? &verdict.seals[i] : nullptr, out);
  }
  write_result(verdict, out);
  return text;
}

}  // namespace mailassay::report
