#include "verdict/body_sample.h"

#include <algorithm>
#include <string_view>

#include "diagnosis/undo.h"

namespace mailassay {
namespace {

std::string_view last_two_labels(std::string_view domain) {
  const std::size_t last = domain.rfind('.');
  if (last == std::string_view::npos || last == 0) return domain;
  const std::size_t before = domain.rfind('.', last - 1);
  return before == std::string_view::npos ? domain : domain.substr(before + 1);
}

std::string organization_of(std::string_view domain, const PublicSuffixList* suffix_list) {
  std::string_view organization;
  if (suffix_list != nullptr) organization = suffix_list->organizational_domain(domain);
  return std::string(organization.empty() ? last_two_labels(domain) : organization);
}

bool shows_other_content(const Repair& repair) {
  if (repair.shows_other_text) return true;
  if (repair.same_text) return false;
  return std::any_of(repair.undone.begin(), repair.undone.end(),
                     [](Undo undo) { return diagnosis::entry_of(undo).removes_content; });
}

}  // namespace

std::optional<BodySample> body_sample(const Dossier& dossier, const Verdict& verdict,
                                      const PublicSuffixList* suffix_list) {
  if (dossier.kind.kind == kind::Kind::list) return std::nullopt;
  bool fits = false;
  bool was_added_to = false;
  const dkim::SignatureFacts* signer = nullptr;
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    const dkim::SignatureFacts& facts = dossier.signatures[i];
    if (!facts.body_match) continue;
    // That of the author, if there is one: a service signs for many.
    const bool is_authors = i < verdict.signatures.size() && verdict.signatures[i].aligned;
    if (signer == nullptr || is_authors) signer = &facts;
    if (facts.body_match == dkim::Match::match) {
      fits = true;
    } else if (facts.body_repair && !facts.body_repair->undone.empty()) {
      (shows_other_content(*facts.body_repair) ? was_added_to : fits) = true;
    }
  }
  if (signer == nullptr || (was_added_to && !fits)) return std::nullopt;
  return BodySample{organization_of(signer->domain, suffix_list), fits};
}

}  // namespace mailassay
