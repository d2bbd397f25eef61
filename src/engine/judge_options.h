// What of the options of a scan the judge is told.
#ifndef MAILASSAY_ENGINE_JUDGE_OPTIONS_H
#define MAILASSAY_ENGINE_JUDGE_OPTIONS_H

#include "mailassay/scan.h"

namespace mailassay::engine {

/// Lifetime: `suffix_list`, which may be null, is used by who gets the options.
JudgeOptions judge_options(const ScanOptions& options, const PublicSuffixList* suffix_list);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_JUDGE_OPTIONS_H
