// What a full verdict must say of a message of a corpus with envelopes.
//
// The words are those of the NDJSON rows of mailassay. They follow from how the message was made,
// by the published rules alone; no code of the product has a part in them.
#ifndef MAILASSAY_MKCORPUS_SCENE_TRUTH_H
#define MAILASSAY_MKCORPUS_SCENE_TRUTH_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/sender.h"

namespace mkcorpus {

struct SpfTruth {
  std::string_view result;
  std::string domain;
  std::string ip;
  std::string helo;
  std::string mail_from;  ///< empty: the null sender
  std::string mechanism;  ///< as its record has it; empty: null
};

struct DmarcTruth {
  std::string_view result;
  PolicyTruth policy;
  std::string organization;
  std::vector<std::string_view> aligned;  ///< "dkim", "spf"
  std::string_view old_result;            ///< by RFC 7489
  PolicyTruth old_policy;
};

struct EnvelopeTruth {
  std::string ip;  ///< empty: null, as the two below
  std::string helo;
  std::optional<std::string> mail_from;
  std::optional<std::int64_t> received_at;  ///< empty: not stated
  std::string_view border;                  ///< sure, inferred or none
};

/// What one Authentication-Results field says.
struct RecordedTruth {
  std::string authserv_id;            ///< empty: the field has none
  std::string_view dkim, spf, dmarc;  ///< empty: not in it
  bool trusted = false;
};

struct IntegrityTruth {
  std::string_view value;
  std::vector<std::string> by;  ///< whose signatures say so, from the top
};

/// What a bounce reports.
struct BounceTruth {
  std::string recipient;
  std::string_view action;
  std::string_view status;
  std::string original_message_id;
};

/// The one message that is a part of another.
struct InnerTruth {
  std::string_view part;  ///< as IMAP numbers it
  std::string_view role;
  std::string_view standing;
  std::string_view form = "enclosed";
};

/// Empty optional members are not stated: more than one word is right, or the scenario is not about
/// them.
struct SceneTruth {
  std::string_view fixture;  ///< empty: ordinary mail
  std::string_view standing;
  std::vector<std::string> reasons;  ///< that must be among those given
  std::string_view kind = "ordinary";
  std::string_view form = "raw";
  std::optional<std::string_view> direction;
  std::optional<std::vector<std::string>> traits = std::vector<std::string>();
  std::optional<std::vector<std::string_view>> impersonates = std::vector<std::string_view>();
  std::optional<IntegrityTruth> integrity;
  std::optional<SpfTruth> spf;  ///< empty: null, since there is no client address
  std::optional<DmarcTruth> dmarc;
  EnvelopeTruth envelope;
  std::optional<std::vector<RecordedTruth>> recorded;
  std::optional<BounceTruth> bounce;
  std::optional<InnerTruth> inner;  ///< the message inside of it; empty: there is none
  bool only_in_recording = false;   ///< the zone file, which has no dates, leads elsewhere
};

/// The keys of truth.ndjson, each with a comma before it.
std::string scene_json(const SceneTruth& truth);

/// As the rows write times.
std::string row_time(std::int64_t seconds);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_SCENE_TRUTH_H
