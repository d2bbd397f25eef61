#include "envelope/own_cause.h"

namespace mailassay::envelope {

OwnCause cause_of(dkim::Reason reason, bool made_with_another_key) {
  using dkim::Reason;
  switch (reason) {
    case Reason::none:
      return OwnCause::none;
    case Reason::signature_too_large:
    case Reason::too_many_signatures:
    case Reason::signature_syntax:
    case Reason::duplicate_tag:
    case Reason::missing_tag:
    case Reason::unknown_version:
    case Reason::unknown_algorithm:
    case Reason::unknown_canonicalization:
    case Reason::unknown_query_method:
    case Reason::bad_signature_data:
    case Reason::bad_body_hash_data:
    case Reason::bad_domain:
    case Reason::bad_selector:
    case Reason::bad_signed_headers:
    case Reason::bad_auid:
    case Reason::bad_body_length:
    case Reason::bad_timestamp:
    case Reason::bad_expiration:
    case Reason::from_not_signed:
    case Reason::auid_domain_mismatch:
      return OwnCause::syntax;
    case Reason::body_length_exceeds:
    case Reason::body_hash_mismatch:
      return OwnCause::content_changed;
    case Reason::signature_mismatch:
      return made_with_another_key ? OwnCause::key_changed : OwnCause::content_changed;
    case Reason::expired:
    case Reason::algorithm_obsolete:
    case Reason::key_too_short:
      return OwnCause::rules;
    case Reason::dns_timeout:
    case Reason::dns_servfail:
    case Reason::dns_deadline:
      return OwnCause::dns_error;
    case Reason::no_evidence:
      return OwnCause::no_evidence;
    case Reason::no_key:
    case Reason::key_revoked:
      return OwnCause::key_gone;
    case Reason::key_syntax:
    case Reason::key_version:
    case Reason::key_service:
    case Reason::key_hash_mismatch:
    case Reason::key_type_mismatch:
    case Reason::key_data:
    case Reason::key_subdomain:
      return OwnCause::key_changed;
    case Reason::internal_error:
      break;
  }
  return OwnCause::none;
}

OwnCause cause_of(spf::Reason reason) {
  using spf::Reason;
  switch (reason) {
    case Reason::dns_timeout:
    case Reason::dns_servfail:
    case Reason::dns_deadline:
      return OwnCause::dns_error;
    case Reason::no_evidence:
      return OwnCause::no_evidence;
    case Reason::bad_domain:
    case Reason::identity_too_long:
      return OwnCause::syntax;
    case Reason::matched:
    case Reason::no_match:
    case Reason::no_record:
    case Reason::several_records:
    case Reason::record_syntax:
    case Reason::include_without_record:
    case Reason::redirect_without_record:
    case Reason::too_many_terms:
    case Reason::too_many_void_lookups:
    case Reason::too_many_mx_names:
      break;
  }
  return OwnCause::record;
}

}  // namespace mailassay::envelope
