#include "engine/pipeline.h"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "engine/batch.h"
#include "engine/budget.h"
#include "engine/memory_size.h"
#include "engine/stopwatch.h"
#include "engine/worker.h"

namespace mailassay::engine {
namespace {

namespace flow = oneapi::tbb::flow;

/// A flow graph copies what it passes on; a shared pointer is what it can copy.
using BatchPointer = std::shared_ptr<Batch>;

/// Octets in blocks on their way to digest, per thread: enough that nobody waits for the reader.
constexpr std::uint64_t kBlockBytesPerThread = 16 * kBlockBytes;
/// Share of --memory that may go to blocks.
constexpr std::uint64_t kBlockShare = 2;
/// Measured: dossiers, rows and their fragmentation take about twice what is charged.
constexpr std::uint64_t kOtherShare = 3;

/// What is nearest to its end goes first and reading comes last. Else a thread, which takes up its
/// newest task, reads on and on and leaves older batches lying until the memory is used up, and no
/// block is in the processor's cache any more when it is digested.
constexpr flow::node_priority_t kDigestPriority = 1;
constexpr flow::node_priority_t kJudgePriority = 2;
constexpr flow::node_priority_t kWritePriority = 3;

Budget make_budget(const ScanOptions& options, unsigned threads) {
  const std::uint64_t blocks =
      std::min(options.memory_bytes / kBlockShare, (threads + 1) * kBlockBytesPerThread);
  return {blocks, options.memory_bytes / kOtherShare};
}

class Pipeline {
 public:
  Pipeline(const ScanOptions& options, unsigned threads, const PublicSuffixList* suffix_list,
           const report::Redaction* redaction, Source& source, resolver::DnsSource& dns,
           RowWriter& writer, std::atomic<std::uint64_t>& messages_done)
      : options_(options),
        source_(source),
        dns_(dns),
        writer_(writer),
        messages_done_(messages_done),
        budget_(make_budget(options, threads)),
        workers_(
            [&options, suffix_list, redaction] { return Worker(options, suffix_list, redaction); }),
        read_(graph_, flow::serial, [this](int, auto& ports) { read(std::get<0>(ports)); }),
        digest_(
            graph_, flow::unlimited,
            [this](const BatchPointer& batch, auto& ports) {
              digest(*batch);
              judge_or_ask(batch, ports);
            },
            kDigestPriority),
        answers_(graph_, flow::unlimited,
                 [this](const BatchPointer& batch, auto& gateway) { fetch(batch, gateway); }),
        judge_(
            graph_, flow::unlimited,
            [this](const BatchPointer& batch, auto& ports) { judge_or_ask(batch, ports); },
            kJudgePriority),
        write_(
            graph_, flow::serial,
            [this](const BatchPointer& batch) {
              write_in_order(batch);
              return flow::continue_msg();
            },
            kWritePriority) {
    flow::make_edge(flow::output_port<0>(read_), digest_);
    flow::make_edge(flow::output_port<0>(digest_), write_);
    flow::make_edge(flow::output_port<1>(digest_), answers_);
    flow::make_edge(answers_, judge_);
    flow::make_edge(flow::output_port<0>(judge_), write_);
    flow::make_edge(flow::output_port<1>(judge_), answers_);
  }

  PipelineCounts run() {
    pump();
    graph_.wait_for_all();
    PipelineCounts counts;
    counts.stages = times_;
    for (const Worker& worker : workers_) {
      counts.stages.digest += worker.times().digest;
      counts.stages.judge += worker.times().judge;
      counts.verifications += worker.verifications();
    }
    return counts;
  }

 private:
  bool stopped() const { return options_.stop.stop_requested() || output_failed_.load(); }

  /// Has one more batch read if there is memory for it.
  void pump() {
    if (budget_.may_read()) read_.try_put(0);
  }

  template <typename Port>
  void read(Port& port) {
    std::unique_ptr<Batch> batch;
    {
      const Stopwatch stopwatch(times_.read);
      if (!stopped()) batch = source_.next();
    }
    if (batch) {
      budget_.charge_block(batch->bytes);
      port.try_put(BatchPointer(std::move(batch)));
    } else {
      budget_.end();
    }
    budget_.done_reading();
    pump();
  }

  void digest(Batch& batch) {
    if (stopped()) {
      batch.dropped = true;
      batch.block.reset();
    } else {
      workers_.local().digest(batch);
      for (const Dossier& dossier : batch.dossiers) batch.charge += memory_size(dossier);
      for (const BatchMessage& message : batch.messages) {
        batch.charge +=
            sizeof message + message.origin.archive.size() + message.origin.member.size();
      }
    }
    budget_.charge_other(batch.charge);
    budget_.release_block(batch.bytes);
    pump();
  }

  template <typename Ports>
  void judge_or_ask(const BatchPointer& batch, Ports& ports) {
    if (stopped()) batch->dropped = true;
    if (!batch->dropped) {
      if (!workers_.local().judge(*batch, dns_.view())) {
        std::get<1>(ports).try_put(batch);
        return;
      }
      const std::uint64_t charged = batch->charge;
      batch->charge = batch->rows.text.capacity();
      budget_.recharge_other(charged, batch->charge);
    }
    std::get<0>(ports).try_put(batch);
  }

  template <typename Gateway>
  void fetch(const BatchPointer& batch, Gateway& gateway) {
    gateway.reserve_wait();
    dns_.resolve(batch->needs.questions(), [batch, &gateway] {
      gateway.try_put(batch);
      gateway.release_wait();
    });
  }

  /// Keeps what comes too early. A sequencer_node would do the same, but its tasks know no
  /// priority, and with one thread none of them ran before all was read.
  void write_in_order(const BatchPointer& finished) {
    early_.emplace(finished->number, finished);
    while (!early_.empty() && early_.begin()->first == next_to_write_) {
      write(*early_.begin()->second);
      early_.erase(early_.begin());
      ++next_to_write_;
    }
  }

  void write(Batch& batch) {
    {
      const Stopwatch stopwatch(times_.write);
      writer_.take(batch);
    }
    messages_done_.store(writer_.counts().messages, std::memory_order_relaxed);
    if (writer_.failed() && !output_failed_.exchange(true)) {
      // Nobody waits for the answers that are outstanding.
      dns_.stop();
    }
    budget_.release_batch(batch.charge);
    pump();
  }

  const ScanOptions& options_;
  Source& source_;
  resolver::DnsSource& dns_;
  RowWriter& writer_;
  std::atomic<std::uint64_t>& messages_done_;
  std::atomic<bool> output_failed_{false};
  StageTimes times_;  ///< read by the serial read node, write by the serial write node
  std::map<std::uint64_t, BatchPointer> early_;  ///< of the serial write node alone
  std::uint64_t next_to_write_ = 0;              ///< of the serial write node alone
  Budget budget_;
  oneapi::tbb::enumerable_thread_specific<Worker> workers_;
  flow::graph graph_;
  flow::multifunction_node<int, std::tuple<BatchPointer>> read_;
  flow::multifunction_node<BatchPointer, std::tuple<BatchPointer, BatchPointer>> digest_;
  flow::async_node<BatchPointer, BatchPointer> answers_;
  flow::multifunction_node<BatchPointer, std::tuple<BatchPointer, BatchPointer>> judge_;
  flow::function_node<BatchPointer, flow::continue_msg> write_;
};

}  // namespace

unsigned default_threads() {
  return static_cast<unsigned>(std::max(1, oneapi::tbb::info::default_concurrency()));
}

PipelineCounts run_pipeline(const ScanOptions& options, const PublicSuffixList* suffix_list,
                            const report::Redaction* redaction, Source& source,
                            resolver::DnsSource& dns, RowWriter& writer,
                            std::atomic<std::uint64_t>& messages_done) {
  const unsigned threads = options.threads != 0 ? options.threads : default_threads();
  // Both are needed: the arena sizes the graph, the control keeps TBB from making other workers.
  const oneapi::tbb::global_control control(oneapi::tbb::global_control::max_allowed_parallelism,
                                            threads);
  oneapi::tbb::task_arena arena(static_cast<int>(threads));
  return arena.execute([&] {
    return Pipeline(options, threads, suffix_list, redaction, source, dns, writer, messages_done)
        .run();
  });
}

}  // namespace mailassay::engine
