#include "floor/canonical_chunk.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/ascii.h"
#include "base/byte_sink.h"
#include "dkim/signature.h"
#include "dkim/verification.h"

namespace mailassay::floor {
namespace {

class AppendingSink final : public ByteSink {
 public:
  explicit AppendingSink(std::string& out) : out_(out) {}
  void write(std::string_view octets) override { out_.append(octets); }

 private:
  std::string& out_;
};

crypto::HashAlgorithm hash_of(const dkim::SignatureFacts& facts) {
  return facts.algorithm == dkim::Algorithm::rsa_sha1 ? crypto::HashAlgorithm::sha1
                                                      : crypto::HashAlgorithm::sha256;
}

}  // namespace

void CanonicalChunk::clear() {
  octets_.clear();
  jobs_.clear();
  signatures_.clear();
}

void CanonicalChunk::add(std::string_view message) {
  header_.build(message);
  const std::size_t first_signature = signatures_.size();
  add_signatures();
  add_body_jobs(first_signature, message.substr(header_.body_offset()));
}

void CanonicalChunk::add_signatures() {
  const auto fields = header_.fields();
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    if (!ascii::equal_ignoring_case(header_.name(fields[i]), "dkim-signature")) continue;
    if (count++ == limits_.signatures) {
      signatures_.emplace_back().fault = dkim::Reason::too_many_signatures;
      return;
    }
    const dkim::ParsedSignature parsed = dkim::parse_signature(header_.value(fields[i]), limits_);
    dkim::SignatureFacts& facts = signatures_.emplace_back(parsed.facts);
    if (facts.fault == dkim::Reason::none) add_header_job(parsed, i, facts);
  }
}

void CanonicalChunk::add_header_job(const dkim::ParsedSignature& parsed, std::uint32_t field,
                                    dkim::SignatureFacts& facts) {
  const std::string& input = header_hash_.input(header_, parsed, field);
  jobs_.push_back({hash_of(facts), octets_.size(), input.size(), &facts, {}});
  octets_.append(input);
}

void CanonicalChunk::add_body_jobs(std::size_t first_signature, std::string_view body) {
  for (dkim::BodyCanonicalizer* canonicalizer : {&simple_, &relaxed_}) {
    const dkim::BodyCanon canon =
        canonicalizer == &simple_ ? dkim::BodyCanon::simple : dkim::BodyCanon::relaxed;
    const std::vector<BodyWish> wishes = distinct_wishes(first_signature, canon);
    if (wishes.empty()) continue;
    const std::size_t begin = octets_.size();
    AppendingSink sink(octets_);
    canonicalizer->begin(sink);
    canonicalizer->feed(body);
    canonicalizer->finish();
    for (const BodyWish& wish : wishes) {
      // l= counts octets of the canonicalized body. [RFC6376 3.5]
      const std::size_t whole = octets_.size() - begin;
      const auto size = static_cast<std::size_t>(
          std::min<std::uint64_t>(wish.body_length.value_or(whole), whole));
      jobs_.push_back({wish.algorithm, begin, size, nullptr, {}});
    }
  }
}

std::vector<CanonicalChunk::BodyWish> CanonicalChunk::distinct_wishes(std::size_t first_signature,
                                                                      dkim::BodyCanon canon) const {
  std::vector<BodyWish> wishes;
  for (std::size_t i = first_signature; i < signatures_.size(); ++i) {
    const dkim::SignatureFacts& facts = signatures_[i];
    if (facts.fault != dkim::Reason::none || facts.body_canon != canon) continue;
    const BodyWish wish{hash_of(facts), facts.body_length};
    if (std::find(wishes.begin(), wishes.end(), wish) == wishes.end()) wishes.push_back(wish);
  }
  return wishes;
}

std::vector<crypto::Check> CanonicalChunk::checks(const dns::View& view) {
  for (const HashJob& job : jobs_) {
    if (job.header_of != nullptr) job.header_of->header_hash = job.digest;
  }
  std::vector<crypto::Check> checks;
  for (const dkim::SignatureFacts& facts : signatures_) {
    const auto question = dkim::key_question(facts);
    const dns::Answer* answer = question ? view.find(*question) : nullptr;
    // Which keys are tried does not depend on the time, only their order does.
    static_cast<void>(dkim::plan(facts, answer, std::nullopt, limits_, keys_, checks));
  }
  std::stable_sort(checks.begin(), checks.end(),
                   [](const crypto::Check& a, const crypto::Check& b) {
                     return std::less<>{}(a.key.get(), b.key.get());
                   });
  return checks;
}

}  // namespace mailassay::floor
