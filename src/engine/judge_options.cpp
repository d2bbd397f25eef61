#include "engine/judge_options.h"

namespace mailassay::engine {

JudgeOptions judge_options(const ScanOptions& options, const PublicSuffixList* suffix_list) {
  return {.time = options.time,
          .limits = options.limits,
          .trusted_sealers = options.trusted_sealers,
          .trusted_lists = options.trusted_lists,
          .trusted_forwarders = options.trusted_forwarders,
          .receivers = options.receivers,
          .own_domains = options.own_domains,
          .own_senders = options.own_senders,
          .copy_addresses = options.copy_addresses,
          .suffix_list = suffix_list,
          .fresh = options.fresh};
}

}  // namespace mailassay::engine
