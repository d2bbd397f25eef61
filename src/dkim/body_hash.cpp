#include "dkim/body_hash.h"

#include <algorithm>
#include <limits>

#include "base/ascii.h"

namespace mailassay::dkim {
namespace {

crypto::HashAlgorithm hash_of(const SignatureFacts& facts) noexcept {
  return facts.algorithm == Algorithm::rsa_sha1 ? crypto::HashAlgorithm::sha1
                                                : crypto::HashAlgorithm::sha256;
}

/// Each run of white space as one blank, none at the end. [RFC6376 3.4.4]
std::string with_single_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!ascii::is_wsp(c)) {
      out.push_back(c);
    } else if (out.empty() || out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

/// Feeds what of `octets` stands behind their last line end.
void take_last_line(std::string_view octets, std::vector<WholeLineSearch>& searches) {
  const std::size_t end = octets.rfind('\n');
  const bool is_new = end != std::string_view::npos;
  for (WholeLineSearch& search : searches) {
    if (is_new) search.begin_again();
    search.feed(is_new ? octets.substr(end + 1) : octets);
  }
}

}  // namespace

BodyHash::BodyHash() : lanes_{Lane(BodyCanon::simple, *this), Lane(BodyCanon::relaxed, *this)} {}

BodyHash::Lane& BodyHash::lane_of(const SignatureFacts& facts) noexcept {
  return lanes_[facts.body_canon == BodyCanon::simple ? 0 : 1];
}

BodyHash::Job* BodyHash::find_job(Lane& lane, const SignatureFacts& facts) {
  for (Job& job : lane.jobs) {
    if (job.algorithm == hash_of(facts) && job.limit == facts.body_length) return &job;
  }
  return nullptr;
}

void BodyHash::update(const Job& job, std::string_view octets) {
  if (job.algorithm == crypto::HashAlgorithm::sha1) {
    sha1_[job.hasher].update(octets);
  } else {
    sha256_[job.hasher].feed(octets);
  }
}

Digest BodyHash::digest_of(const Job& job) {
  return job.algorithm == crypto::HashAlgorithm::sha1 ? sha1_[job.hasher].finish()
                                                      : sha256_[job.hasher].finish();
}

void BodyHash::begin(std::span<const SignatureFacts> signatures,
                     std::span<const SignatureFacts> others) {
  hashed_bytes_ = 0;
  for (Lane& lane : lanes_) {
    lane.jobs.clear();
    lane.active = false;
    lane.length = 0;
    lane.open_line.clear();
  }
  lines_sought_.clear();
  used_ = {};
  for (const SignatureFacts& facts : signatures) add_job(facts);
  for (const SignatureFacts& facts : others) add_job(facts);
  for (Lane& lane : lanes_) {
    if (lane.active) lane.canonicalizer.begin(lane);
  }
}

/// Adds what one signature asks for, unless another has asked for the same.
void BodyHash::add_job(const SignatureFacts& facts) {
  if (facts.fault != Reason::none) return;
  Lane& lane = lane_of(facts);
  if (find_job(lane, facts) != nullptr) return;
  const crypto::HashAlgorithm algorithm = hash_of(facts);
  std::size_t next = 0;
  if (algorithm == crypto::HashAlgorithm::sha1) {
    next = used_.sha1++;
    if (next == sha1_.size()) sha1_.emplace_back(algorithm);
    sha1_[next].begin();
  } else {
    next = used_.sha256++;
    if (next == sha256_.size()) sha256_.emplace_back();
    sha256_[next].begin();
  }
  lane.jobs.push_back({algorithm,
                       facts.body_length,
                       facts.body_length.value_or(std::numeric_limits<std::uint64_t>::max()),
                       next,
                       {},
                       {}});
  lane.active = true;
}

void BodyHash::Lane::write(std::string_view octets) {
  for (Job& job : jobs) {
    // l= counts octets of the canonicalized body. [RFC6376 3.5]
    const auto count = static_cast<std::size_t>(
        std::min(job.remaining, static_cast<std::uint64_t>(octets.size())));
    if (count > 0) {
      owner->update(job, octets.substr(0, count));
      owner->hashed_bytes_ += count;
      if (job.limit) job.remaining -= count;
    }
    if (count < octets.size() && !owner->lines_sought_.empty()) search_beyond(job, octets, count);
  }
  if (owner->lines_sought_.empty()) return;
  if (open_line.empty()) begin_searches();
  take_last_line(octets, open_line);
}

void BodyHash::Lane::begin_searches() {
  const bool is_relaxed = this == &owner->lanes_[1];
  for (const std::string& line : owner->lines_sought_) {
    open_line.emplace_back().begin(is_relaxed ? with_single_blanks(line) : line);
  }
}

/// Looks at the octets behind l=, the first `covered` of `octets` left out. Of the line that l=
/// ends in the middle of, what is signed is taken too: what follows makes it a delimiter or not.
void BodyHash::Lane::search_beyond(Job& job, std::string_view octets, std::size_t covered) {
  if (job.beyond.empty()) {
    if (open_line.empty()) begin_searches();
    job.beyond = open_line;
    take_last_line(octets.substr(0, covered), job.beyond);
  }
  for (WholeLineSearch& search : job.beyond) search.feed(octets.substr(covered));
}

void BodyHash::watch_for(std::string_view line) {
  // White space at the end of a delimiter is padding. [RFC2046 5.1.1]
  while (!line.empty() && ascii::is_wsp(line.back())) line.remove_suffix(1);
  lines_sought_.emplace_back(line);
}

void BodyHash::feed(std::string_view body) {
  while (!body.empty()) {
    body.remove_prefix(feed_some(body));
    for (std::size_t i = 0; i < used_.sha256; ++i) sha256_[i].hash_waiting();
  }
}

std::size_t BodyHash::feed_some(std::string_view body) {
  const std::string_view piece = body.substr(0, BodyCanonicalizer::kPieceBytes);
  for (Lane& lane : lanes_) {
    if (lane.active) lane.canonicalizer.feed(piece);
  }
  return piece.size();
}

void BodyHash::append_waiting(std::vector<crypto::Sha256Stream*>& streams) {
  for (std::size_t i = 0; i < used_.sha256; ++i) {
    if (sha256_[i].waits()) streams.push_back(&sha256_[i]);
  }
}

std::uint64_t BodyHash::finish(std::span<SignatureFacts> signatures,
                               std::span<SignatureFacts> others) {
  for (Lane& lane : lanes_) {
    if (!lane.active) continue;
    lane.length = lane.canonicalizer.finish();
    for (Job& job : lane.jobs) job.digest = digest_of(job);
  }
  for (SignatureFacts& facts : signatures) fill(facts);
  for (SignatureFacts& facts : others) fill(facts);
  return hashed_bytes_;
}

void BodyHash::fill(SignatureFacts& facts) {
  if (facts.fault != Reason::none) return;
  Lane& lane = lane_of(facts);
  facts.canonical_body_length = lane.length;
  // l= MUST NOT be larger than the canonicalized body. [RFC6376 3.5]
  if (facts.body_length && *facts.body_length > lane.length) {
    facts.fault = Reason::body_length_exceeds;
    return;
  }
  const Job& job = *find_job(lane, facts);
  facts.body_hash = job.digest;
  facts.mime_part_beyond_length = std::any_of(job.beyond.begin(), job.beyond.end(),
                                              [](const auto& search) { return search.found(); });
  facts.body_match = *facts.body_hash == facts.declared_body_hash ? Match::match : Match::mismatch;
}

}  // namespace mailassay::dkim
