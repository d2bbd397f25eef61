// Whom the header names beside its authors.
#ifndef MAILASSAY_PARTIES_H
#define MAILASSAY_PARTIES_H

#include <string>
#include <vector>

namespace mailassay {

/// Names and addresses as the header has them; all of it is the sender's word. Valid UTF-8, each
/// cut at Limits::party_bytes.
struct PartyFacts {
  std::vector<std::string> author_names;  ///< display names in From, decoded; without empty ones
  std::vector<std::string> reply_to;      ///< addresses of Reply-To
  std::vector<std::string> recipient_domains;  ///< of To, Cc and Bcc, lower case, each once
  bool is_cut = false;  ///< there are more of one kind than Limits::parties, or a longer one

  friend bool operator==(const PartyFacts&, const PartyFacts&) = default;
};

}  // namespace mailassay

#endif  // MAILASSAY_PARTIES_H
