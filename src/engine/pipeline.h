// The oneTBB flow graph that a scan runs in.
//
//   read+split --> digest --> ask, judge --> put in order, write
//    (serial)         |           ^  |            (serial)
//                     |           |  v
//                     `--------> answers (async: the resolver's thread)
//
// No body ever blocks. Reading is not a source node with limiters: it is told to go on by whoever
// gives memory back (Budget), so that what is parked is bounded in octets and not in batches.
// Blocks on their way to digest are few; what waits for DNS is dossiers. Nodes have priorities, the
// last one the highest: rows leave as soon as their turn has come.
#ifndef MAILASSAY_ENGINE_PIPELINE_H
#define MAILASSAY_ENGINE_PIPELINE_H

#include <atomic>
#include <cstdint>

#include "engine/row_writer.h"
#include "engine/source.h"
#include "mailassay/scan.h"
#include "report/redaction.h"
#include "resolver/dns_source.h"

namespace mailassay::engine {

/// What the pipeline did, beyond the counts of RowWriter.
struct PipelineCounts {
  StageTimes stages;
  std::uint64_t verifications = 0;
};

/// Runs everything from `source` to `writer`; returns when all is written, or when
/// ScanOptions::stop was requested and what was under way has been let go of.
///
/// `messages_done` counts the messages written; any thread may read it meanwhile.
PipelineCounts run_pipeline(const ScanOptions& options, const PublicSuffixList* suffix_list,
                            const report::Redaction* redaction, Source& source,
                            resolver::DnsSource& dns, RowWriter& writer,
                            std::atomic<std::uint64_t>& messages_done);

/// Threads that a scan uses when the options say 0: one for each core this process may use.
unsigned default_threads();

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_PIPELINE_H
