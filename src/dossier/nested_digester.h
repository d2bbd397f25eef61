// Digests the messages that lie in other messages, level by level.
#ifndef MAILASSAY_DOSSIER_NESTED_DIGESTER_H
#define MAILASSAY_DOSSIER_NESTED_DIGESTER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/hasher.h"
#include "dossier/batch_digester.h"
#include "dossier/nested_finder.h"

namespace mailassay {

/// A message in another one.
struct NestedMessage {
  std::size_t stored = 0;              ///< index of the job of the stored message
  std::vector<std::uint32_t> section;  ///< from the stored message on [RFC3501 6.4.5]
  std::size_t parent_levels = 0;       ///< so much of `section` is that of the message it lies in
  std::uint64_t offset = 0;            ///< in the stored message
  std::uint64_t length = 0;            ///< of the part as stored
  bool is_encoded = false;             ///< as Origin::is_encoded
  Dossier dossier;
};

/// "2.1"; empty if there are no numbers.
std::string section_text(std::span<const std::uint32_t> section);

/// Threads: one at a time; keep one per thread.
class NestedDigester {
 public:
  /// `with_hash`: dossiers get the SHA-256 of the octets of their message, decoded.
  NestedDigester(const Limits& limits, bool with_hash);

  /// Digests what lies in the messages of `stored`, whose dossiers are there already, and adds the
  /// note nested_cut where something is left out.
  ///
  /// Result: in the order of `stored`, and in each a message before those that lie in it.
  /// Memory: at most Limits::nested_decoded_bytes for each of `stored`, until it returns.
  std::vector<NestedMessage> digest(std::span<const DigestJob> stored, BatchDigester& digester);

 private:
  struct Level;

  Dossier& dossier_of(const Level& level);
  void look_into(const Level& outer, std::vector<Level>& inner, bool is_deep);
  void digest_level(const std::vector<Level>& level, BatchDigester& digester);

  Limits limits_;
  std::optional<crypto::Hasher> hasher_;
  std::vector<NestedRoom> rooms_;      ///< of each stored message
  std::vector<NestedMessage> nested_;  ///< in the order in which they were found
};

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_NESTED_DIGESTER_H
