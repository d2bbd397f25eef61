#include "engine/judge_options.h"

#include <utility>

namespace mailassay::engine {

JudgeOptions judge_options(const ScanOptions& options, const PublicSuffixList* suffix_list) {
  std::vector<impersonation::Party> parties = options.brands;
  if (!options.own_domains.empty()) {
    parties.push_back({.is_own = true, .domains = options.own_domains, .display_names = {}});
  }
  return {.time = options.time,
          .limits = options.limits,
          .trusted_sealers = options.trusted_sealers,
          .trusted_lists = options.trusted_lists,
          .trusted_forwarders = options.trusted_forwarders,
          .receivers = options.receivers,
          .own_domains = options.own_domains,
          .own_senders = options.own_senders,
          .parties = std::move(parties),
          .copy_addresses = options.copy_addresses,
          .suffix_list = suffix_list,
          .fresh = options.fresh};
}

}  // namespace mailassay::engine
