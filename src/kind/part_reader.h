// Reads what the MIME parts of a message say of its kind.
#ifndef MAILASSAY_KIND_PART_READER_H
#define MAILASSAY_KIND_PART_READER_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mailassay/kind.h"
#include "mailassay/limits.h"
#include "message/mime_structure.h"
#include "message/part_content.h"

namespace mailassay::kind {

/// S/MIME and OpenPGP, by the type of a part or of the whole. [RFC8551 3.2] [RFC3156 4]
void read_protection(const message::MimeValue& type, Traits& traits);

/// The method of a calendar in upper case, at most 32 octets.
std::string calendar_method(std::string_view method);

/// Recipients of an X-Failed-Recipients field.
void add_failed_recipients(std::string_view value, const Limits& limits, DsnFacts& out, bool& cut);

/// Lifetime: keeps references to all that it is given.
class PartReader {
 public:
  /// Reads the structure, and adds the marks of the parts that a report consists of.
  PartReader(const message::HeaderIndex& header, std::string_view body, const Limits& limits,
             ReasonSet& marks, KindFacts& out, bool& cut);

  bool over_limit() const noexcept { return structure_.over_limit; }

  /// Whether a part is a message, or the header of one.
  bool has_message() const;

  /// Takes back the marks of report parts: the message only carries them.
  void forget_reports();

  void read_dsn();
  void read_bounce_text();
  void read_mdn();
  void read_feedback();
  /// `has_field`: the header says that it is a journal report.
  void read_journal(bool has_field);
  /// `may_report`: the message may be a report itself, and does not only pass one on.
  void read_attachments(bool may_report, bool has_calendar_field);

 private:
  using Part = message::MimePart;

  /// The first part of one of the types, not deeper than the parts of the outermost multipart.
  const Part* find_top(std::string_view type, std::string_view other = {}) const;
  const Part* first_text() const;
  std::string content_of(const Part& part);
  std::string header_of(const Part& part) const;
  ByteRange range_of(const Part& part) const;
  void mark_report_parts();
  void take_returned(DsnFacts& dsn);
  void take_report_data(const Part& part);

  std::string_view body_;
  const Limits& limits_;
  ReasonSet& marks_;
  KindFacts& out_;
  bool& cut_;
  message::MimeStructure structure_;
  ReasonSet of_parts_;
  const Part* consumed_ = nullptr;  ///< the message that the report is about
};

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_PART_READER_H
