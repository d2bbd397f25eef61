// The messages seen so far by their identity, in the order of the rows: what it says depends on
// that order alone, and not on how many threads there are.
#ifndef MAILASSAY_ENGINE_COPY_TABLE_H
#define MAILASSAY_ENGINE_COPY_TABLE_H

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "engine/copy_identity.h"
#include "mailassay/copies.h"

namespace mailassay::engine {

/// Octets that one identity takes, with what the table and the allocator add.
inline constexpr std::uint64_t kIdentityBytes = 192;
/// Share of --memory that may go to identities.
inline constexpr std::uint64_t kIdentityShare = 4;
/// Groups that are listed one by one, and rows of each; further ones are only counted.
inline constexpr std::size_t kMaxCopyGroups = 1000;
inline constexpr std::size_t kMaxDifferingRows = 10;

/// How many identities are held with --memory `memory_bytes`.
constexpr std::uint64_t most_identities(std::uint64_t memory_bytes) noexcept {
  return memory_bytes / kIdentityShare / kIdentityBytes;
}

/// Threads: one at a time.
class CopyTable {
 public:
  /// `limit`: identities that are held at most. Those that are held are found beyond it too.
  explicit CopyTable(std::uint64_t limit) { summary_.limit = limit; }

  /// Takes the message of the next row, `row`.
  ///
  /// Result: empty if it is the first of its identity, or has none.
  std::optional<CopyMark> add(const CopyIdentity& identity, std::uint64_t row);

  const CopySummary& summary() const noexcept { return summary_; }

 private:
  struct KeyHash {
    std::size_t operator()(const Fingerprint& key) const noexcept {
      std::size_t hash = 0;
      std::memcpy(&hash, key.data(), sizeof hash);
      return hash;
    }
  };
  struct Entry {
    std::uint64_t first = 0;      ///< row of the first message
    std::uint64_t preferred = 0;  ///< row of the one to keep
    std::uint64_t compared = 0;   ///< row of the one whose signatures these are
    std::array<CopyIdentity::Signature, kComparedSignatures> signatures{};
    Fingerprint octets{};  ///< of the first message
    std::uint8_t signature_count = 0;
    std::uint32_t group = kNoGroup;  ///< its place in the list of groups
  };
  static constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;
  static constexpr std::uint32_t kUnlistedGroup = 0xFFFFFFFE;

  /// Beside these: links, a hash, the head of the allocator, a place in the table of buckets.
  static_assert(sizeof(Entry) + sizeof(Fingerprint) + 4 * sizeof(void*) <= kIdentityBytes);

  static CopyMark compare(const Entry& entry, const CopyIdentity& identity);
  void list(Entry& entry, std::uint64_t row, const CopyMark& mark);

  std::unordered_map<Fingerprint, Entry, KeyHash> entries_;
  CopySummary summary_;
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_COPY_TABLE_H
