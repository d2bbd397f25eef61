// A message as its author wrote it: before signing, before the way through the mail servers.
#ifndef MAILASSAY_MKCORPUS_DRAFT_H
#define MAILASSAY_MKCORPUS_DRAFT_H

#include <cstdint>
#include <string>
#include <vector>

#include "mkcorpus/prng.h"

namespace mkcorpus {

enum class Form : std::uint8_t {
  newsletter,  ///< multipart/alternative of 4 to 15 KB
  letter,      ///< plain text of 1 to 4 KB, some with an empty body
  attachment,  ///< multipart/mixed with 50 to 300 KB of base64
};

struct Author {
  std::string domain;           ///< d= of the author's signature
  std::int64_t written_at = 0;  ///< seconds since 1970
  std::uint64_t number = 0;     ///< of the message in the corpus
};

/// Fields keep their folding and lack the last CRLF; the body has CRLF line ends.
struct Draft {
  std::vector<std::string> fields;
  std::string body;
  std::string message_id;  ///< with its angle brackets
  std::string recipient;   ///< address
};

Draft write_draft(Form form, const Author& author, Prng& prng);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DRAFT_H
