// What the header of a message says of the store that it lay in.
#ifndef MAILASSAY_DOSSIER_FORM_READER_H
#define MAILASSAY_DOSSIER_FORM_READER_H

#include "mailassay/form.h"
#include "message/header_index.h"

namespace mailassay {

/// Reads the facts of the form. FormFacts::has_body is left as it is by default: the header does
/// not tell.
///
/// Cost: one pass over the names of the fields; nothing is allocated.
FormFacts read_form(const message::HeaderIndex& header);

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_FORM_READER_H
