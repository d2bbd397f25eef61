#include "resolver/dns_source.h"

#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "resolver/answer_table.h"
#include "resolver/live_facts.h"

namespace mailassay::resolver {

namespace {

using dns::Answer;
using dns::Question;

/// One call of resolve() that waits.
struct Batch {
  std::size_t open = 0;  ///< questions not answered yet
  std::function<void()> done;
};
using BatchPointer = std::shared_ptr<Batch>;

/// One question that waits for the network.
struct Open {
  std::size_t outstanding = 0;  ///< replies it waits for
  std::vector<BatchPointer> batches;
};

template <typename Value>
using QuestionMap = std::unordered_map<Question, Value, dns::QuestionHash>;

}  // namespace

class DnsSource::Impl final : public dns::View {
 public:
  explicit Impl(dns::Evidence evidence) : evidence_(std::move(evidence)), facts_(evidence_) {}
  ~Impl() override { stop(); }

  Result<Done, std::string> connect(const LiveOptions& options) {
    auto live =
        LiveResolver::start(options, [this](LiveReply reply) { on_reply(std::move(reply)); });
    if (!live) return Unexpected(std::move(live.error()));
    live_ = std::move(*live);
    return Done{};
  }

  const Answer* find(const Question& question) const override {
    if (const Answer* known = table_.find(question)) return known;
    return from_files(question);
  }

  void resolve(std::span<const Question> questions, std::function<void()> done) {
    const auto batch = std::make_shared<Batch>();
    {
      const std::lock_guard lock(mutex_);
      for (const Question& question : questions) {
        if (find(question) != nullptr) continue;
        if (is_stopped_) {
          give_up(question);
          continue;
        }
        const auto [open, is_new] = open_.try_emplace(question);
        if (is_new && !ask_unknown(question, open->second)) continue;
        // A question that is named twice in one batch is waited for once.
        auto& batches = open->second.batches;
        if (!batches.empty() && batches.back() == batch) continue;
        batches.push_back(batch);
        ++batch->open;
      }
      if (batch->open > 0) batch->done = std::move(done);
    }
    if (done) done();
  }

  void stop() {
    if (!live_) return;
    const std::lock_guard stopping(stop_mutex_);
    live_->stop();  // from here on no reply comes in
    std::vector<std::function<void()>> done;
    {
      const std::lock_guard lock(mutex_);
      is_stopped_ = true;
      for (auto& [question, open] : open_) {
        give_up(question);
        close(open, done);
      }
      open_.clear();
      waiters_.clear();
    }
    for (const auto& call : done) call();
  }

  DnsCounters counters() const {
    const auto& counts = table_.counts();
    const auto kind = [&](dns::AnswerKind k) {
      return counts.by_kind[static_cast<std::size_t>(k)].load(std::memory_order_relaxed);
    };
    const auto failure = [&](dns::Failure f) {
      return counts.by_failure[static_cast<std::size_t>(f)].load(std::memory_order_relaxed);
    };
    DnsCounters out;
    out.records = kind(dns::AnswerKind::records);
    out.no_data = kind(dns::AnswerKind::no_data);
    out.no_such_name = kind(dns::AnswerKind::no_such_name);
    out.no_evidence = kind(dns::AnswerKind::no_evidence);
    out.timeouts = failure(dns::Failure::timeout);
    out.servfails = failure(dns::Failure::servfail);
    out.deadlines = failure(dns::Failure::deadline);
    out.from_files = counts.from_files.load(std::memory_order_relaxed);
    if (live_) out.live = live_->counters();
    return out;
  }

  std::string recording(std::span<const Question> in_order, std::uint64_t first_id) const {
    const std::lock_guard lock(mutex_);
    return facts_.recording(in_order, first_id);
  }

  const LiveResolver* live() const { return live_.get(); }

 private:
  /// The answer that needs no network, or null.
  const Answer* from_files(const Question& question) const {
    if (auto invalid = dns::answer_to_invalid_name(question)) {
      return table_.insert(question, std::move(*invalid), true);
    }
    if (live_ && evidence_.empty()) return nullptr;
    dns::Resolution known = dns::resolve_aliases(evidence_, question);
    if (live_ && !known.unknown.empty()) return nullptr;
    if (known.sightings.empty()) return table_.insert(question, dns::no_evidence_answer(), true);
    return table_.insert(question, Answer{std::move(known.sightings)}, true);
  }

  /// Asks what the chains of a question still lack; answers it if they lack nothing.
  ///
  /// Demands: the lock is held.
  /// Result:  true if the question now waits.
  bool ask_unknown(const Question& question, Open& open) {
    dns::Resolution known = dns::resolve_aliases(facts_, question);
    if (known.unknown.empty()) {
      table_.insert(question, Answer{std::move(known.sightings)}, false);
      open_.erase(question);
      return false;
    }
    for (const Question& unknown : known.unknown) {
      ++open.outstanding;
      waiters_[unknown].push_back(question);
      if (asked_.insert(unknown).second) live_->ask(unknown);
    }
    return true;
  }

  /// On the resolver's thread.
  void on_reply(LiveReply reply) {
    std::vector<std::function<void()>> done;
    {
      const std::lock_guard lock(mutex_);
      facts_.add(reply.question.type, std::move(reply.rows));
      const auto waiting = waiters_.extract(reply.question);
      if (waiting.empty()) return;
      for (const Question& question : waiting.mapped()) {
        const auto open = open_.find(question);
        if (open == open_.end() || --open->second.outstanding > 0) continue;
        // What is learned may itself be an alias whose target has to be asked.
        Open waited = std::move(open->second);
        waited.outstanding = 0;
        open->second = Open{};
        if (ask_unknown(question, open->second)) {
          open->second.batches = std::move(waited.batches);
        } else {
          close(waited, done);
        }
      }
    }
    for (const auto& call : done) call();
  }

  static void close(Open& open, std::vector<std::function<void()>>& done) {
    for (const BatchPointer& batch : open.batches) {
      if (--batch->open == 0) done.push_back(std::move(batch->done));
    }
    open.batches.clear();
  }

  void give_up(const Question& question) {
    Answer answer = dns::no_evidence_answer();
    answer.sightings.front().kind = dns::AnswerKind::temporary_failure;
    answer.sightings.front().failure = dns::Failure::deadline;
    answer.sightings.front().source = dns::kLiveSource;
    table_.insert(question, std::move(answer), false);
  }

  const dns::Evidence evidence_;
  mutable AnswerTable table_;
  std::unique_ptr<LiveResolver> live_;

  std::mutex stop_mutex_;     // one stop() at a time; taken before mutex_
  mutable std::mutex mutex_;  // guards all below
  LiveFacts facts_;
  QuestionMap<Open> open_;
  QuestionMap<std::vector<Question>> waiters_;  ///< by what was asked: who waits for it
  std::unordered_set<Question, dns::QuestionHash> asked_;
  bool is_stopped_ = false;
};

DnsSource::DnsSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DnsSource::~DnsSource() = default;

Result<std::unique_ptr<DnsSource>, std::string> DnsSource::open(dns::Evidence evidence,
                                                                std::optional<LiveOptions> live) {
  auto impl = std::make_unique<Impl>(std::move(evidence));
  if (live) {
    if (auto connected = impl->connect(*live); !connected) {
      return Unexpected(std::move(connected.error()));
    }
  }
  return std::unique_ptr<DnsSource>(new DnsSource(std::move(impl)));
}

const dns::View& DnsSource::view() const noexcept { return *impl_; }
void DnsSource::resolve(std::span<const Question> questions, std::function<void()> done) {
  impl_->resolve(questions, std::move(done));
}
void DnsSource::stop() { impl_->stop(); }
DnsCounters DnsSource::counters() const { return impl_->counters(); }
bool DnsSource::is_live() const noexcept { return impl_->live() != nullptr; }
std::vector<ServerAddress> DnsSource::servers() const {
  return is_live() ? impl_->live()->servers() : std::vector<ServerAddress>{};
}
std::string DnsSource::recording(std::span<const Question> in_order, std::uint64_t first_id) const {
  return impl_->recording(in_order, first_id);
}

}  // namespace mailassay::resolver
