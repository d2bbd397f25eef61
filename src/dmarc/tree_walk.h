// The DNS Tree Walk and where it leads to. [RFC9989 4.10]
#ifndef MAILASSAY_DMARC_TREE_WALK_H
#define MAILASSAY_DMARC_TREE_WALK_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmarc/answers.h"
#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

inline constexpr std::size_t kMostQueries = 8;  ///< labels from which on the walk jumps

/// The names that a walk from `domain` looks at, longest first: 8 at most.
///
/// Lifetime: the views point into `domain`.
std::vector<std::string_view> walk_names(std::string_view domain);

/// What stands at one name; empty if the answer is missing.
std::optional<Visit> visit(std::string_view domain, Answers& answers);

/// Walks from `domain` until a record has psd=y or psd=n, or the labels end.
///
/// Demands: `domain` as domain_name() gives it.
/// Result:  empty if an answer is missing; all that the walk may want are then named as needed.
std::optional<std::vector<Visit>> walk(std::string_view domain, Answers& answers,
                                       const Options& options);

/// Names as needed what a walk may want.
void prefetch_walk(std::string_view domain, Answers& answers);

/// True for a record that ends a walk. [RFC9989 4.10]
bool ends_walk(const Visit& visit);

/// Every Organizational Domain that unknown answers leave possible: one if all are known.
/// [RFC9989 4.10.2]
///
/// Demands: `walk` begins at `domain`.
std::vector<std::string> possible_organizations(std::string_view domain,
                                                const std::vector<Visit>& walk);

/// The only possible one; empty if there are several.
std::string only_organization(std::string_view domain, const std::vector<Visit>& walk);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_TREE_WALK_H
