// check_host() with a trace of what it read, so that its verdict can stand for others.
#ifndef MAILASSAY_SPF_EVALUATION_H
#define MAILASSAY_SPF_EVALUATION_H

#include <cstddef>
#include <optional>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/limits.h"
#include "mailassay/spf.h"
#include "spf/record_cache.h"
#include "spf/session.h"

namespace mailassay::spf {

/// What an evaluation read beside the sender's domain and answers seen only once. Another one that
/// agrees in these takes the same way, and so ends in the same verdict.
struct Trace {
  /// An answer with several sightings, and the place of the one that counted.
  struct Choice {
    dns::Question question;
    std::size_t sighting = 0;
  };

  bool ip = false;
  bool local_part = false;
  bool helo = false;
  bool receiver = false;
  bool time = false;  ///< by %{t}; the choice among sightings is told by `choices`
  std::vector<Choice> choices;
};

/// The place of the sighting that counts at the time.
std::size_t best_sighting(const dns::Answer& answer, std::optional<std::chrono::sys_seconds> time);

/// evaluate() of mailassay/spf.h. `session` is that of the input; the trace is whole if there is a
/// verdict.
std::optional<Verdict> evaluate(const Input& input, const Session& session, const dns::View& view,
                                dns::Needs& needs, const Limits& limits, RecordCache& records,
                                Trace& trace);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_EVALUATION_H
