#include "mailassay/form.h"

namespace mailassay {

FormVerdict form_of(const FormFacts& facts, const FormEvidence& evidence) {
  // What left a trace of its way or a signature is the header as it came; the rest is what some
  // program made of a few fields.
  if (evidence.store_keeps_headers) {
    const bool is_as_it_came = facts.has_transit || evidence.has_signature_fields;
    return {is_as_it_came ? Form::headers_only : Form::excerpt, false};
  }
  if (evidence.is_header_only) return {Form::headers_only, false};
  // What a list's web archive shows: it was never a message as it was sent. With a trace of
  // transit it is one, however short its header; between excerpts too.
  if (evidence.store_excerpts && !facts.has_transit) return {Form::excerpt, false};
  if (facts.few_fields && facts.obfuscated_from && !facts.has_transit) {
    return {Form::excerpt, false};
  }
  if (evidence.store_regenerates) return {Form::regenerated, false};
  // A boundary is text of the message too: whoever sends another body can write it.
  if (facts.libpst_boundary || facts.libpst_fields || facts.exchange_fields) {
    return {Form::regenerated, true};
  }
  // An empty body is a body, unless something tells that there was one.
  if (!facts.has_body && (facts.names_parts || evidence.body_hash_differs)) {
    return {Form::headers_only, false};
  }
  // What is left of the body tells nothing of the whole, unless it still has the hash.
  if (evidence.store_holds_back_parts && evidence.body_hash_differs) {
    return {Form::headers_only, false};
  }
  // What became of it on its way into the other message cannot be told.
  if (evidence.is_enclosed) return {Form::enclosed, false};
  if (evidence.from_quoting) return {Form::escaped, false};
  return {facts.store_fields ? Form::known_additions : Form::raw, false};
}

}  // namespace mailassay
