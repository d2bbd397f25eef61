// Whole messages and their canonical forms, from mailgun/flanker.
//
// The third form there, nofws, is one of DomainKeys (RFC 4870) and not of DKIM: those files
// are counted and nothing else.
#include <gtest/gtest.h>

#include <string>

#include "dkim/canonical_body.h"
#include "dkim/canonical_header.h"
#include "message/header_index.h"
#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

constexpr std::size_t kCases = 21;

struct StringSink final : ByteSink {
  void write(std::string_view octets) override { text.append(octets); }
  std::string text;
};

/// Each field and CRLF, CRLF, the body.
std::string canonical_message(std::string_view message, HeaderCanon header, BodyCanon body) {
  const test::ExactCopy copy(message);
  message::HeaderIndex index;
  index.build(copy.view());
  std::string out;
  for (const message::HeaderField& field : index.fields()) {
    append_canonical_field(header, {index.raw(field), field.name_size, field.colon - field.begin},
                           out);
    out += "\r\n";
  }
  out += "\r\n";
  StringSink sink;
  BodyCanonicalizer canonicalizer(body);
  canonicalizer.begin(sink);
  canonicalizer.feed(copy.view().substr(index.body_offset()));
  const std::uint64_t length = canonicalizer.finish();
  EXPECT_EQ(length, sink.text.size());
  return out + sink.text;
}

/// email.24 ends in blanks without a line end. Flanker leaves a blank there; white space at the end
/// of a line is ignored, and then the empty lines at the end are. [RFC6376 3.4.4]
void apply_difference(std::string_view number, std::string& relaxed) {
  if (number != "24") return;
  EXPECT_TRUE(relaxed.ends_with("\r\n \r\n"));
  relaxed.resize(relaxed.find("\r\n\r\n") + 4);
}

TEST(Flanker, EachCanonicalization) {
  MAILASSAY_SUITE(suite, "flanker/messages/dkim");
  std::size_t cases = 0;
  std::size_t nofws = 0;
  for (const std::string& name : test::file_names(suite, "")) {
    if (name.starts_with("nofws.expected.")) ++nofws;
    if (!name.starts_with("email.")) continue;
    ++cases;
    SCOPED_TRACE(name);
    const std::string number = name.substr(6);
    const std::string simple = test::read_file(suite / ("simple.expected." + number));
    std::string relaxed = test::read_file(suite / ("relaxed.expected." + number));
    apply_difference(number, relaxed);
    const std::string stored = test::read_file(suite / name);
    for (const std::string& message : {stored, test::with_crlf(stored)}) {
      EXPECT_EQ(canonical_message(message, HeaderCanon::simple, BodyCanon::simple), simple);
      EXPECT_EQ(canonical_message(message, HeaderCanon::relaxed, BodyCanon::relaxed), relaxed);
    }
  }
  EXPECT_EQ(cases, kCases);
  EXPECT_EQ(nofws, kCases);
}

}  // namespace
}  // namespace mailassay::dkim
