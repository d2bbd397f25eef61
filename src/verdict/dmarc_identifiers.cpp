#include "verdict/dmarc_identifiers.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "envelope/trace_text.h"

namespace mailassay {
namespace {

using State = dmarc::Identifier::State;

State state_of(dkim::Status status) noexcept {
  if (status == dkim::Status::pass) return State::passes;
  // The key could not be had: it may pass. [RFC9989 5.3.4]
  return status == dkim::Status::temperror ? State::unknown : State::fails;
}

State state_of(spf::Status status) noexcept {
  if (status == spf::Status::pass) return State::passes;
  return status == spf::Status::temperror ? State::unknown : State::fails;
}

/// The name that SPF would be checked for. [RFC7208 2.4]
std::string sender_domain(const envelope::Envelope& envelope) {
  if (!envelope.mail_from) return {};
  const std::string& address = envelope.mail_from->text;
  if (address.empty()) return envelope.helo ? envelope.helo->text : std::string();
  return ascii::lower(envelope::domain_of(address));
}

}  // namespace

void fill_dmarc_input(const Dossier& dossier, const std::vector<dkim::SignatureVerdict>& signatures,
                      const envelope::Envelope& envelope, const SpfVerdict* spf,
                      dmarc::Input& input) {
  input.author.fields = dossier.from_fields;
  input.author.domains = dossier.from_domains;
  input.author.is_cut = std::find(dossier.truncated.begin(), dossier.truncated.end(), "from") !=
                        dossier.truncated.end();
  input.identifiers.resize(dossier.signatures.size() + 1);
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    const dkim::SignatureFacts& facts = dossier.signatures[i];
    const bool may_pass = facts.fault == dkim::Reason::none;
    dmarc::Identifier& identifier = input.identifiers[i];
    identifier.method = dmarc::Method::dkim;
    identifier.state = i < signatures.size() ? state_of(signatures[i].status)
                       : may_pass            ? State::unknown
                                             : State::fails;
    identifier.domain = facts.domain;
  }
  dmarc::Identifier& of_spf = input.identifiers.back();
  of_spf.method = dmarc::Method::spf;
  if (spf != nullptr && spf->mail_from) {
    of_spf.state = state_of(spf->mail_from->status);
    of_spf.domain = spf->mail_from->domain;
  } else {
    // SPF that could not be evaluated might have passed: never a failure. Without a client nobody
    // knows whose session it was, and for which domain.
    of_spf.state = State::unknown;
    const bool has_client = spf == nullptr || spf->absence != SpfVerdict::Absence::no_client_ip;
    of_spf.domain = has_client ? sender_domain(envelope) : std::string();
  }
}

}  // namespace mailassay
