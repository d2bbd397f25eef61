// Reduces messages to dossiers; the engine keeps one per thread.
//
// A message comes whole, or, when it is too large for that, as its header block and then its body
// in pieces of any size: both go through the same code.
#ifndef MAILASSAY_DOSSIER_DIGESTER_H
#define MAILASSAY_DOSSIER_DIGESTER_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arc/chain_reader.h"
#include "base/line_start_search.h"
#include "diagnosis/body_search.h"
#include "dkim/body_hash.h"
#include "dkim/header_hash.h"
#include "mailassay/dossier.h"
#include "message/header_index.h"

namespace mailassay {

/// Threads: one at a time.
class Digester {
 public:
  explicit Digester(const Limits& limits = {}) : limits_(limits), body_search_(limits) {}

  Dossier digest(std::string_view message);

  /// Begins a message that comes in pieces.
  ///
  /// Demands: `front` holds the whole header block, or at least Limits::header_bytes + 1 octets.
  ///          Octets of the body may follow; they are taken as its first piece.
  /// Lifetime: `front` is not needed after the call.
  void begin(std::string_view front);
  void feed(std::string_view body);
  Dossier finish();

 private:
  void read_front(std::string_view message);
  void watch_for_parts();
  void add_body(std::string_view body);
  void end_body();
  bool body_differs() const;
  void read_kind(std::string_view message);
  void keep(std::string_view octets);
  void note_quoted_from();
  void note_large_body();
  bool read_header(std::string_view message);
  void read_shown_fields();
  void read_transit();
  void read_author();
  void read_signatures();
  void keep_header_block();
  void read_chain();
  std::span<dkim::SignatureFacts> chain_signatures();
  bool cut_signature_strings(dkim::SignatureFacts& facts);
  void note_truncated(std::string_view key);
  std::string_view field_value(std::string_view name) const;

  Limits limits_;
  message::HeaderIndex header_;
  dkim::HeaderHash header_hash_;
  arc::ChainReader chain_reader_;
  dkim::BodyHash body_hash_;
  LineStartSearch quoted_from_;
  diagnosis::BodySearch body_search_;
  Dossier dossier_;
  std::string kept_;  ///< a message that comes in pieces, while it is small enough for its kind
  bool is_over_kind_limit_ = false;
  bool evaluated_ = false;
};

/// End of the header block in `text`: offset of the first octet after the empty line, or npos if
/// no empty line is there. Only as much is looked at as that takes.
std::size_t find_body(std::string_view text);

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_DIGESTER_H
