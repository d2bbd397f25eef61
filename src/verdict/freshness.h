// Whether answers of DNS are of the time at which a message was received.
#ifndef MAILASSAY_VERDICT_FRESHNESS_H
#define MAILASSAY_VERDICT_FRESHNESS_H

#include <span>

#include "mailassay/dns.h"
#include "verdict/signature_evidence.h"

namespace mailassay {

/// Whether the sighting that counts is fresh, of each of the questions.
bool are_fresh(std::span<const dns::Question> questions, const dns::View& view,
               const standing::ReceiptTime& time);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_FRESHNESS_H
