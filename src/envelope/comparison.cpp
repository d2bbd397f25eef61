// compare(): what receivers recorded, beside what we find.
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "dns/name.h"
#include "envelope/trace_text.h"
#include "mailassay/recorded.h"

namespace mailassay::envelope {
namespace {

Comparison incomparable(ComparisonReason reason) {
  return {0, Agreement::not_comparable, reason, {}};
}
Comparison agrees() { return {0, Agreement::agrees, ComparisonReason::same_result, {}}; }
Comparison differs(ComparisonReason reason) { return {0, Agreement::differs, reason, {}}; }

bool is_below(std::string_view name, std::string_view domain) {
  return name.size() > domain.size() && dns::is_same_or_below(name, domain);
}

/// Header fields abbreviate b=: one has to be the beginning of the other. [RFC6008 4]
bool is_same_signature_data(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  return size > 0 && a.substr(0, size) == b.substr(0, size);
}

/// Whether what the entry says of a signature can be said of this one.
bool may_mean(const RecordedEntry& entry, const OwnDkim& own) {
  const std::string_view domain = value_of(entry, "header.d");
  if (!domain.empty() && !ascii::equal_ignoring_case(domain, own.domain)) return false;
  const std::string_view selector = value_of(entry, "header.s");
  if (!selector.empty() && !ascii::equal_ignoring_case(selector, own.selector)) return false;
  const std::string_view data = value_of(entry, "header.b");
  if (!data.empty() && !is_same_signature_data(data, own.signature_prefix)) return false;
  const std::string_view auid = value_of(entry, "header.i");
  if (auid.empty()) return true;
  const std::string auid_domain = ascii::lower(domain_of(auid));
  return auid_domain == own.domain || is_below(auid_domain, own.domain);
}

bool names_signature(const RecordedEntry& entry) {
  return std::any_of(entry.properties.begin(), entry.properties.end(),
                     [](const Property& property) {
                       return property.name == "header.d" || property.name == "header.i" ||
                              property.name == "header.b" || property.name == "header.s";
                     });
}

/// Why a result of ours cannot stand against another; empty if it can.
std::optional<ComparisonReason> own_obstacle(ResultWord result, OwnCause cause) {
  if (cause == OwnCause::no_evidence) return ComparisonReason::no_evidence;
  if (cause == OwnCause::dns_error || result == ResultWord::temperror) {
    return ComparisonReason::dns_failed_now;
  }
  if (cause == OwnCause::no_session_data) return ComparisonReason::no_session_data;
  if (result == ResultWord::unknown) return ComparisonReason::no_own_result;
  return std::nullopt;
}

ComparisonReason why_no_longer(OwnCause cause, bool is_signature) {
  switch (cause) {
    case OwnCause::key_gone:
      return ComparisonReason::key_gone;
    case OwnCause::key_changed:
      return ComparisonReason::key_changed;
    case OwnCause::content_changed:
      return ComparisonReason::content_altered;
    case OwnCause::rules:
      return ComparisonReason::rules_differ;
    case OwnCause::record:
      return ComparisonReason::record_changed;
    case OwnCause::syntax:
      return is_signature ? ComparisonReason::rules_differ : ComparisonReason::record_changed;
    case OwnCause::none:
    case OwnCause::dns_error:
    case OwnCause::no_evidence:
    case OwnCause::no_session_data:
      break;
  }
  return ComparisonReason::unexplained;
}

/// The signature that an entry means.
Comparison compare_dkim(const RecordedEntry& entry, ResultWord recorded,
                        const std::vector<OwnDkim>& own) {
  if (recorded == ResultWord::none) {
    return own.empty() ? agrees() : incomparable(ComparisonReason::signature_not_found);
  }
  std::optional<std::size_t> meant;
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (!may_mean(entry, own[i])) continue;
    if (meant) return incomparable(ComparisonReason::several_signatures);
    meant = i;
  }
  if (!meant) return incomparable(ComparisonReason::signature_not_found);
  if (!names_signature(entry) && own.size() > 1) {
    return incomparable(ComparisonReason::several_signatures);
  }
  const OwnDkim& signature = own[*meant];
  Comparison comparison;
  if (const auto obstacle = own_obstacle(signature.result, signature.cause)) {
    comparison = incomparable(*obstacle);
  } else if (recorded == ResultWord::temperror) {
    comparison = differs(ComparisonReason::dns_failed_then);
  } else if ((recorded == ResultWord::pass) == (signature.result == ResultWord::pass)) {
    // Which word stands for "it does not verify" differs among receivers. [RFC8601 2.7.1]
    comparison = agrees();
  } else if (signature.result == ResultWord::pass) {
    comparison = differs(ComparisonReason::failed_before_us);
  } else {
    comparison = differs(why_no_longer(signature.cause, true));
  }
  comparison.own_dkim = meant;
  return comparison;
}

bool is_other(std::string_view recorded, std::string_view own) {
  return !recorded.empty() && !own.empty() && !ascii::equal_ignoring_case(recorded, own);
}

/// The domain that was checked: of MAIL FROM, or HELO if that was the null sender.
std::string_view checked_domain(const RecordedEntry& entry) {
  if (is_of_helo(entry)) return domain_of(value_of(entry, "smtp.helo"));
  for (const std::string_view name : {"smtp.mailfrom", "smtp.mfrom", "smtp.mail", "smtp.helo"}) {
    const std::string_view value = value_of(entry, name);
    if (!value.empty()) return domain_of(value);
  }
  return {};
}

/// What is left to say once both are known to speak of the same.
Comparison compare_words(ResultWord recorded, ResultWord own, OwnCause cause) {
  if (const auto obstacle = own_obstacle(own, cause)) return incomparable(*obstacle);
  if (recorded == own) return agrees();
  if (recorded == ResultWord::temperror) return differs(ComparisonReason::dns_failed_then);
  if (own == ResultWord::pass) return differs(ComparisonReason::failed_before_us);
  return differs(why_no_longer(cause, false));
}

Comparison compare_spf(const Recorded& field, const RecordedEntry& entry, ResultWord recorded,
                       const std::optional<OwnSpf>& own) {
  if (!own) return incomparable(ComparisonReason::no_own_result);
  if (is_other(checked_domain(entry), own->domain) || is_other(field.client_ip, own->client_ip)) {
    return incomparable(ComparisonReason::other_identity);
  }
  return compare_words(recorded, own->result, own->cause);
}

Comparison compare_dmarc(const RecordedEntry& entry, ResultWord recorded,
                         const std::optional<OwnDmarc>& own) {
  if (!own) return incomparable(ComparisonReason::no_own_result);
  if (is_other(domain_of(value_of(entry, "header.from")), own->author_domain)) {
    return incomparable(ComparisonReason::other_identity);
  }
  return compare_words(recorded, own->result, own->cause);
}

Comparison compare_arc(ResultWord recorded, const std::optional<ResultWord>& own) {
  if (!own) return incomparable(ComparisonReason::no_own_result);
  // The set that the receiver itself added came later. [RFC8617 5.1]
  if (recorded == ResultWord::none && *own != ResultWord::none) {
    return incomparable(ComparisonReason::other_identity);
  }
  return compare_words(recorded, *own, OwnCause::none);
}

Comparison compare_entry(const Recorded& field, const RecordedEntry& entry, const OwnResults& own) {
  const ResultWord recorded = result_word(entry.result);
  const bool is_known = entry.method == "dkim" || entry.method == "spf" ||
                        entry.method == "dmarc" || entry.method == "arc";
  if (!is_known) return incomparable(ComparisonReason::unknown_method);
  if (recorded == ResultWord::unknown) return incomparable(ComparisonReason::unknown_result);
  if (entry.method == "dkim") return compare_dkim(entry, recorded, own.dkim);
  if (entry.method == "spf") return compare_spf(field, entry, recorded, own.spf);
  if (entry.method == "dmarc") return compare_dmarc(entry, recorded, own.dmarc);
  return compare_arc(recorded, own.arc);
}

}  // namespace

std::vector<Comparison> compare(const Recorded& recorded, const OwnResults& own) {
  std::vector<Comparison> comparisons;
  comparisons.reserve(recorded.entries.size());
  for (const RecordedEntry& entry : recorded.entries) {
    comparisons.push_back(compare_entry(recorded, entry, own));
    comparisons.back().entry = comparisons.size() - 1;
  }
  return comparisons;
}

}  // namespace mailassay::envelope
