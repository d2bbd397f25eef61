// Reads the kind of a message that a test wrote.
#ifndef MAILASSAY_TESTS_SUPPORT_KIND_CASE_H
#define MAILASSAY_TESTS_SUPPORT_KIND_CASE_H

#include <string>
#include <string_view>

#include "kind/kind_reader.h"
#include "message/header_index.h"
#include "support/exact_copy.h"

namespace mailassay::test {

/// Lines end as the text ends them; the header ends at the empty line.
inline kind::KindFacts kind_facts(std::string_view text, const Limits& limits = {}) {
  const ExactCopy copy(text);
  message::HeaderIndex header;
  header.build(copy.view());
  return kind::read_kind(header, copy.view().substr(header.body_offset()), limits);
}

inline kind::KindFacts kind_facts_of_header(std::string_view text) {
  const ExactCopy copy(text);
  message::HeaderIndex header;
  header.build(copy.view());
  return kind::read_kind_of_header(header, Limits());
}

/// The kind and its reasons, "bulk list-unsubscribe feedback-id".
inline std::string kind_words(const kind::KindFacts& facts) {
  std::string out(kind::word_of(facts.kind));
  for (const kind::Reason reason : facts.reasons.list()) {
    out.append(" ").append(kind::word_of(reason));
  }
  return out;
}

inline std::string body_of(std::string_view text) {
  message::HeaderIndex header;
  header.build(text);
  return std::string(text.substr(header.body_offset()));
}

inline std::string at(std::string_view text, const kind::ByteRange& range) {
  return body_of(text).substr(range.offset, range.length);
}

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_KIND_CASE_H
