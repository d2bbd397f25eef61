// Identifier Alignment: whether two domains have the same Organizational Domain. [RFC9989 4.10.2]
//
// Unknown answers do not spoil what they cannot change. Both walks look at the names that are
// above both domains, so that an unknown answer there mostly changes both Organizational Domains
// alike; only the way to these names, and records with psd=y just where the two meet, tell them
// apart.
#ifndef MAILASSAY_DMARC_ALIGNMENT_H
#define MAILASSAY_DMARC_ALIGNMENT_H

#include <optional>
#include <string_view>
#include <vector>

#include "dmarc/answers.h"
#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

/// A domain and its walk.
struct Walked {
  std::string_view domain;
  const std::vector<Visit>& walk;
};

/// Compares two domains whose walks are there. [RFC9989 4.4]
Alignment compare(const Walked& author, const Walked& other);

/// What the names and the author's walk decide without a walk from `domain`; empty if they do not.
std::optional<Alignment> compare_without_walk(const Walked& author, std::string_view domain);

/// True if it is likely enough that both walks will be wanted to ask for them together.
bool may_need_walk(std::string_view author, std::string_view domain);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_ALIGNMENT_H
