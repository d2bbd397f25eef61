#include "resolver/live_resolver.h"

#include <utility>

#include "resolver/live_worker.h"

namespace mailassay::resolver {

LiveResolver::LiveResolver(std::unique_ptr<Worker> worker) : worker_(std::move(worker)) {}
LiveResolver::~LiveResolver() = default;

Result<std::unique_ptr<LiveResolver>, std::string> LiveResolver::start(const LiveOptions& options,
                                                                       Sink sink) {
  auto worker = std::make_unique<Worker>(options, std::move(sink));
  if (auto started = worker->start(); !started) return Unexpected(std::move(started.error()));
  return std::unique_ptr<LiveResolver>(new LiveResolver(std::move(worker)));
}

void LiveResolver::ask(dns::Question question) { worker_->ask(std::move(question)); }
void LiveResolver::stop() { worker_->stop(); }
LiveCounters LiveResolver::counters() const { return worker_->counters(); }
const std::vector<ServerAddress>& LiveResolver::servers() const noexcept {
  return worker_->options().servers;
}

}  // namespace mailassay::resolver
