// The MIME part of a draft: its body and the fields that describe it.
#ifndef MAILASSAY_MKCORPUS_DRAFT_BODY_H
#define MAILASSAY_MKCORPUS_DRAFT_BODY_H

#include "mkcorpus/draft.h"

namespace mkcorpus {

/// Sets `draft.body` and appends Content-Type and, where it is needed, Content-Transfer-Encoding.
void write_body(Form form, bool is_reply, const Author& author, Draft& draft, Prng& prng);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DRAFT_BODY_H
