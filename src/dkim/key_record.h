// A DKIM key record: the TXT record at SELECTOR._domainkey.DOMAIN. [RFC6376 3.6.1] [RFC8463 4]
// Malformed ones do no harm. [RFC6376 8.8]
#ifndef MAILASSAY_DKIM_KEY_RECORD_H
#define MAILASSAY_DKIM_KEY_RECORD_H

#include <memory>
#include <optional>
#include <string_view>

#include "crypto/public_key.h"
#include "mailassay/verdict.h"

namespace mailassay::dkim {

struct KeyRecord {
  /// First fault of the record itself in the order of [RFC6376 6.1.2]; whether the record fits a
  /// signature is asked by key_fault_for().
  Reason fault = Reason::none;
  bool admits_sha1 = true;                       ///< h= is absent or names it
  bool admits_sha256 = true;                     ///< h= is absent or names it
  bool testing = false;                          ///< t=y
  bool strict_auid = false;                      ///< t=s
  bool has_unknown_names = false;                ///< h= or t= has others than these
  bool has_granularity = false;                  ///< g= of [RFC4871 3.6.1], which is ignored
  std::optional<KeyType> type;                   ///< k=; empty if it is none that we know
  std::shared_ptr<const crypto::PublicKey> key;  ///< null if there is a fault
};

/// Reads the text of one TXT record.
KeyRecord parse_key_record(std::string_view text);

/// True if the text is meant as a key: wildcard SPF records and the like are not. A name may hold
/// both [RFC6376 3.6.2.2].
bool looks_like_key_record(std::string_view text);

/// Why the record cannot be used for a signature; Reason::none if it can. In the order of
/// [RFC6376 6.1.2] steps 5 to 8, then t=s.
Reason key_fault_for(const KeyRecord& record, const SignatureFacts& facts);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_KEY_RECORD_H
