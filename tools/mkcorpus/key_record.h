// The text of a key record in the many forms in which real ones are published. [RFC6376 3.6.1]
#ifndef MAILASSAY_MKCORPUS_KEY_RECORD_H
#define MAILASSAY_MKCORPUS_KEY_RECORD_H

#include <string>
#include <vector>

#include "mkcorpus/prng.h"
#include "mkcorpus/signing_key.h"

namespace mkcorpus {

struct KeyRecord {
  std::vector<std::string> strings;  ///< at most 255 octets each [RFC1035 3.3]
  bool exact_domain = false;         ///< has t=s
  bool admits_sha1 = true;           ///< has no h=sha256
};

/// A valid record for the public half of `key`.
KeyRecord key_record(const SigningKey& key, Prng& prng);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_KEY_RECORD_H
