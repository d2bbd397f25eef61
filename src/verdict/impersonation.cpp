#include "mailassay/impersonation.h"

#include <algorithm>
#include <utility>

#include "dns/u_labels.h"
#include "verdict/display_names.h"
#include "verdict/protected_domains.h"

namespace mailassay::impersonation {
namespace {

using standing::Value;

/// Nothing authenticates the mail, and that is known. What is merely not verifiable is not accused.
constexpr bool lacks_authentication(Value value) noexcept {
  return value == Value::disowned || value == Value::unaligned || value == Value::unauthenticated;
}

}  // namespace

struct Register::State {
  explicit State(std::span<const Party> all) : domains(all), display_names(all, domains) {
    is_own.reserve(all.size());
    for (const Party& party : all) is_own.push_back(party.is_own);
  }

  void check_author(const Claim& claim, Verdict& verdict) const;
  void check_replies(const Claim& claim, const ProtectedDomain* author, Verdict& verdict) const;

  std::vector<bool> is_own;  ///< by party
  ProtectedDomains domains;
  DisplayNames display_names;
};

Register::Register(std::span<const Party> parties)
    : state_(std::make_unique<const State>(parties)) {}
Register::~Register() = default;
Register::Register(Register&&) noexcept = default;
Register& Register::operator=(Register&&) noexcept = default;

void Register::State::check_author(const Claim& claim, Verdict& verdict) const {
  const bool is_vouched_for = claim.by_own_sender || !lacks_authentication(claim.standing);
  if (auto reason =
          domains.resemblance(claim.from_domain, claim.organizational_domain, is_vouched_for)) {
    verdict.reasons.push_back(std::move(*reason));
  }
  // A list, and a sender that is known to send for us, show our names with good reason.
  if (claim.from_is_munged || claim.by_own_sender || claim.display_name.empty()) return;
  if (auto reason = display_names.shown(claim.display_name)) {
    verdict.reasons.push_back(std::move(*reason));
  }
}

void Register::State::check_replies(const Claim& claim, const ProtectedDomain* author,
                                    Verdict& verdict) const {
  const bool has_reasons = !verdict.reasons.empty();
  for (const std::string& domain : claim.reply_to_domains) {
    if (domain.empty() || domains.owner_of(domain) != nullptr || domain == claim.from_domain)
      continue;
    const auto resembled = domains.resemblance(domain, {}, true);
    if (resembled) {
      verdict.reasons.push_back({Word::reply_to, resembled->resembles, resembled->found});
      return;
    }
    if (!has_reasons) continue;
    // Answers that stay within the author's organisation go nowhere else.
    const DomainParts reply = split_domain(domain, {});
    const DomainParts from = split_domain(claim.from_domain, claim.organizational_domain);
    if (author == nullptr && reply.label == from.label && reply.suffix == from.suffix) continue;
    verdict.reasons.push_back(
        {Word::reply_to, verdict.reasons.front().resembles, dns::to_u_labels(domain)});
    return;
  }
}

Verdict Register::check(const Claim& claim) const {
  Verdict verdict;
  if (state_->domains.empty() || claim.from_domain.empty()) return verdict;
  const ProtectedDomain* author = state_->domains.owner_of(claim.from_domain);
  if (author == nullptr) {
    state_->check_author(claim, verdict);
  } else if (lacks_authentication(claim.standing) && !claim.by_own_sender) {
    const Word word = state_->is_own[author->party] ? Word::own_domain : Word::brand_domain;
    verdict.reasons.push_back({word, author->domain, std::string(claim.from_domain)});
  }
  state_->check_replies(claim, author, verdict);
  verdict.is_authenticated = !verdict.reasons.empty() && claim.standing == Value::authenticated;
  return verdict;
}

}  // namespace mailassay::impersonation
