// The DNS of one run: files first, then, if allowed, the network; each question once.
//
// What is known is a growing table behind view(). Answers from files are made when they are first
// looked up; those from the network are put in by resolve(). An answer, once in, stays as it is.
//
// The network is asked only for names of which no file knows anything, and what it says of other
// names is not kept. So the files of a run together with its recording hold all that the run used,
// and a run with both and without network gives the same answers. (OPEN: a name that files know
// for one type and that turns out live to be an alias when asked for another type gets a further
// sighting for the first type in the replay.)
#ifndef MAILASSAY_RESOLVER_DNS_SOURCE_H
#define MAILASSAY_RESOLVER_DNS_SOURCE_H

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "dns/evidence.h"
#include "mailassay/dns.h"
#include "mailassay/result.h"
#include "resolver/live_resolver.h"

namespace mailassay::resolver {

struct DnsCounters {
  // Distinct questions answered, by the best sighting of each.
  std::uint64_t records = 0;
  std::uint64_t no_data = 0;
  std::uint64_t no_such_name = 0;
  std::uint64_t timeouts = 0;
  std::uint64_t servfails = 0;
  std::uint64_t deadlines = 0;
  std::uint64_t no_evidence = 0;
  std::uint64_t from_files = 0;  ///< of all these, answered without the network
  LiveCounters live;
};

/// Threads: all functions from any thread.
class DnsSource {
 public:
  /// With `live` empty not a packet is sent, and what files do not know is no evidence.
  ///
  /// Errors: the network could not be set up, in words for a person.
  static Result<std::unique_ptr<DnsSource>, std::string> open(dns::Evidence evidence,
                                                              std::optional<LiveOptions> live);
  /// Stops as stop() does.
  ~DnsSource();
  DnsSource(const DnsSource&) = delete;
  DnsSource& operator=(const DnsSource&) = delete;

  /// What is known. Without network find() is never null.
  ///
  /// Lifetime: as long as the source.
  const dns::View& view() const noexcept;

  /// Gets answers; after done() every question is found in view().
  ///
  /// Calls done() exactly once: on the resolver's thread, or before returning if nothing has to be
  /// waited for, or from stop(). It is called without a lock held and may call resolve().
  /// Demands: the names are canonical (dns/name.h); others count as names that do not exist.
  void resolve(std::span<const dns::Question> questions, std::function<void()> done);

  /// Gives up on the network. What is outstanding, and what is asked later and not known, gets
  /// Failure::deadline; these answers are not recorded. Not to be called from done().
  void stop();

  DnsCounters counters() const;
  bool is_live() const noexcept;
  /// The servers asked; empty without network.
  std::vector<ServerAddress> servers() const;

  /// All that was learned from the network, as COF rows.
  ///
  /// First what answers `in_order`, each row with the id of the question that used it first:
  /// `first_id` plus its position; then all else, sorted by name and type, without id.
  std::string recording(std::span<const dns::Question> in_order, std::uint64_t first_id = 1) const;

 private:
  class Impl;
  explicit DnsSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_DNS_SOURCE_H
