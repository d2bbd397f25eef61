// DKIM body canonicalization.  [RFC6376 3.4.3] simple, [RFC6376 3.4.4] relaxed.
//
// Turns the body octets, fed in pieces, into the octets that are hashed. Works on the raw body;
// MIME structure plays no part. A line end is LF, or CR LF; both count as CR LF, since that is what
// went over the wire (stored mail often has LF). A CR elsewhere is text. [RFC6376 3.4.3]
//
// Invariant: the output depends on the concatenation of the pieces, not on their borders.
#ifndef MAILASSAY_DKIM_CANONICAL_BODY_H
#define MAILASSAY_DKIM_CANONICAL_BODY_H

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/byte_sink.h"
#include "mailassay/dossier.h"

namespace mailassay::dkim {

/// Threads: one at a time.
class BodyCanonicalizer {
 public:
  /// Octets that are canonicalized at once.
  static constexpr std::size_t kPieceBytes = std::size_t{32} * 1024;

  explicit BodyCanonicalizer(BodyCanon canon);

  /// Forgets all that was fed and sends what comes now to `sink`.
  ///
  /// Lifetime: `sink` has to live until finish() has returned.
  void begin(ByteSink& sink);

  /// Feeds the next octets; any borders. What is written of up to kPieceBytes of them stays where
  /// it is until more is fed.
  void feed(std::string_view octets);

  /// What finish() would write if the body ended here.
  ///
  /// Demands: what was fed ends with a line feed, or nothing was fed.
  std::string_view closing() const noexcept;

  /// Ends the body. Nothing may be fed after it before the next begin().
  ///
  /// Result: octets of the whole canonicalized body.
  std::uint64_t finish();

 private:
  struct Output;

  void feed_slice(std::string_view slice);
  template <BodyCanon canon>
  void copy_slice(std::string_view slice);
  std::size_t take_octets(std::string_view slice, std::size_t at, Output& out);
  std::size_t take_blanks(std::string_view slice, std::size_t at, Output& out);
  void put_pending_text();
  void hand_on();
  void write_pending_line_ends();
  void write(std::string_view octets);

  BodyCanon canon_;
  ByteSink* sink_ = nullptr;
  std::vector<char> buffer_;
  std::size_t used_ = 0;
  std::uint64_t written_ = 0;
  std::uint64_t pending_line_ends_ = 0;  ///< not written, since they may be the last ones
  bool pending_cr_ = false;              ///< CR at the end of a piece: part of a line end or text?
  bool pending_blank_ = false;           ///< relaxed: white space that may end a line
  bool any_text_ = false;                ///< some line was not empty
};

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_CANONICAL_BODY_H
