#include "mailassay/archive_form.h"

#include "message/header_index.h"

namespace mailassay {

void ArchiveForm::add(std::string_view organization, bool body_fits) {
  // Two domains that share a hash count as one: that can only hide a finding.
  const std::uint64_t key = message::hash_field_name(organization);
  auto found = signers_.find(key);
  if (found == signers_.end()) {
    if (signers_.size() == kMostSigners) {
      ++not_counted_;
      return;
    }
    found = signers_.emplace(key, Signer{}).first;
  }
  ++(body_fits ? found->second.fitting : found->second.failing);
}

ArchiveFormVerdict ArchiveForm::verdict() const {
  ArchiveFormVerdict verdict;
  verdict.messages_not_counted = not_counted_;
  for (const auto& [key, signer] : signers_) {
    verdict.messages_failing += signer.failing;
    verdict.messages_fitting += signer.fitting;
    ++(signer.failing > signer.fitting ? verdict.signers_failing : verdict.signers_fitting);
  }
  const std::uint32_t signers = verdict.signers_failing + verdict.signers_fitting;
  verdict.damages_bodies = verdict.signers_failing >= kUnrelatedSigners &&
                           verdict.signers_failing * 10 >= signers * kFailingOfTen;
  return verdict;
}

}  // namespace mailassay
