// Scenarios of mail with an envelope: the bulk of an archive, and the cases that a verdict on whole
// messages has to get right. The tables stand in local_fixtures.cpp and its like.
#ifndef MAILASSAY_MKCORPUS_FIXTURE_H
#define MAILASSAY_MKCORPUS_FIXTURE_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/journey.h"

namespace mkcorpus {

struct Fixture {
  std::string_view name;
  /// Leads a new journey to its end.
  CorpusMessage (*make)(Journey&);
};

/// Mail of the senders: most passes, some is damaged on the way, some is forged.
CorpusMessage make_ordinary(Journey& journey);

/// Mail that never crossed a border: sent copies, drafts, internal mail, journals.
std::span<const Fixture> local_fixtures();
/// Mail that somebody passed on: mailing services, forwarders, lists.
std::span<const Fixture> relayed_fixtures();
/// Mail whose author is not who it says.
std::span<const Fixture> spoofed_fixtures();
/// Mail of which something is lost: content, keys, transit.
std::span<const Fixture> damaged_fixtures();
/// Mail that programs write: bounces, answers, reports.
std::span<const Fixture> automatic_fixtures();
/// Mail with special content: encrypted, signed by people, invitations.
std::span<const Fixture> content_fixtures();

/// All scenarios that a list of names asks for: NAME[,NAME...] or "all".
///
/// Result:   empty if a name is none of these.
std::vector<const Fixture*> fixtures_named(std::string_view list);

/// The names of all, with blanks between them.
std::string fixture_names();

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_FIXTURE_H
