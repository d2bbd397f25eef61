#include "engine/examine.h"

#include <future>
#include <memory>
#include <utility>

#include "engine/dns_setup.h"
#include "engine/judge_options.h"
#include "engine/nested_origin.h"
#include "engine/source.h"
#include "engine/suffix_list.h"
#include "report/summary.h"

namespace mailassay::engine {
namespace {

std::string_view without_brackets(std::string_view id) {
  if (id.starts_with('<') && id.ends_with('>') && id.size() >= 2) {
    id.remove_prefix(1);
    id.remove_suffix(1);
  }
  return id;
}

bool fits(const MessageSelector& selector, const Origin& origin) {
  if (selector.index && *selector.index != origin.index) return false;
  if (selector.member && *selector.member != origin.member) return false;
  return !selector.offset ||
         (*selector.offset >= origin.offset && *selector.offset < origin.offset + origin.length);
}

bool fits(const MessageSelector& selector, const Dossier& dossier) {
  return !selector.message_id ||
         without_brackets(*selector.message_id) == without_brackets(dossier.message_id);
}

/// The message in a stored one that fits, if there is one.
std::optional<Examined> find_nested_message(const BatchMessage& stored,
                                            const MessageSelector& selector, const Limits& limits) {
  // Its octets are gone.
  if (stored.digested) return std::nullopt;
  BatchDigester digester(limits);
  Dossier dossier;
  const DigestJob job{stored.bytes, &dossier};
  digester.digest({&job, 1});
  for (NestedMessage& nested : NestedDigester(limits, false).digest({&job, 1}, digester)) {
    Origin origin = origin_of(nested, stored.origin);
    if (origin.part != *selector.part || !fits(selector, nested.dossier)) continue;
    return Examined{std::move(origin), std::move(nested.dossier), {}};
  }
  return std::nullopt;
}

Result<Examined, ScanError> find_message(const ScanOptions& options,
                                         const MessageSelector& selector) {
  Source source(options, {});
  Digester digester(options.limits);
  while (const auto batch = source.next()) {
    for (BatchMessage& message : batch->messages) {
      if (!fits(selector, message.origin)) continue;
      if (selector.part) {
        auto nested = find_nested_message(message, selector, options.limits);
        if (nested) return std::move(*nested);
        continue;
      }
      Dossier dossier =
          message.digested ? std::move(*message.digested) : digester.digest(message.bytes);
      add_source_notes(message.notes, dossier);
      if (fits(selector, dossier)) return Examined{message.origin, std::move(dossier), {}};
    }
  }
  if (!source.problems().empty()) {
    return Unexpected(ScanError{report::problem_text(source.problems().front()), false, true});
  }
  return Unexpected(ScanError{"no message fits", false, true});
}

}  // namespace

void resolve_and_wait(resolver::DnsSource& dns, std::span<const dns::Question> questions) {
  std::promise<void> answered;
  dns.resolve(questions, [&answered] { answered.set_value(); });
  answered.get_future().wait();
}

Result<Examined, ScanError> examine(const ScanOptions& options, const MessageSelector& selector) {
  auto dns = make_dns_source(options);
  if (!dns) return Unexpected(dns.error());
  auto examined = find_message(options, selector);
  if (!examined) return examined;
  const auto suffix_list = find_suffix_list(options.suffix_list);
  if (!suffix_list) return Unexpected(suffix_list.error());
  const JudgeOptions to_judge =
      judge_options(options, *suffix_list ? &(*suffix_list)->list : nullptr);
  for (;;) {
    dns::Needs needs;
    auto verdict = judge(examined->dossier, (*dns)->view(), needs, to_judge);
    if (verdict) {
      examined->verdict = std::move(*verdict);
      return examined;
    }
    resolve_and_wait(**dns, needs.questions());
  }
}

}  // namespace mailassay::engine
