// What a store did to an archive as a whole.
//
// One body hash that fails tells of one message. When the body hashes of many signers that have
// nothing to do with each other fail in one archive, the store or the export wrote the mail anew:
// that is one finding about the archive, and not thousands about its messages.
#ifndef MAILASSAY_ARCHIVE_FORM_H
#define MAILASSAY_ARCHIVE_FORM_H

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace mailassay {

struct ArchiveFormVerdict {
  bool damages_bodies = false;         ///< the archive's store or export damaged its mail
  std::uint64_t messages_failing = 0;  ///< no body hash fits, and none does after a reversal
  std::uint64_t messages_fitting = 0;
  std::uint32_t signers_failing = 0;       ///< domains of which most messages fail
  std::uint32_t signers_fitting = 0;       ///< the others
  std::uint64_t messages_not_counted = 0;  ///< by signers beyond kMostSigners

  friend bool operator==(const ArchiveFormVerdict&, const ArchiveFormVerdict&) = default;
};

/// Collects over the messages of one archive.
///
/// Threads: one at a time. The order of messages does not matter below kMostSigners.
class ArchiveForm {
 public:
  /// Domains that are told apart; the messages of more are not counted, and that is said.
  static constexpr std::size_t kMostSigners = 10000;
  /// So many failing signers are needed: fewer can be careless senders, or one attacker's.
  static constexpr std::uint32_t kUnrelatedSigners = 10;
  /// And so many of each ten signers.
  static constexpr std::uint32_t kFailingOfTen = 8;

  /// Adds one signed message.
  ///
  /// `organization` is the organizational domain of the signer, so that subdomains of one count
  /// once. `body_fits`: some body hash of the message fits, as stored or after a reversal that
  /// removes no content. Messages whose hashes could not be compared are not added.
  void add(std::string_view organization, bool body_fits);

  ArchiveFormVerdict verdict() const;

 private:
  struct Signer {
    std::uint64_t failing = 0;
    std::uint64_t fitting = 0;
  };
  std::unordered_map<std::uint64_t, Signer> signers_;  ///< by a hash of the domain
  std::uint64_t not_counted_ = 0;
};

}  // namespace mailassay

#endif  // MAILASSAY_ARCHIVE_FORM_H
