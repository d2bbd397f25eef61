// Canonicalization, streamed, is what the plain reference implementation says, for any octets and
// any borders. [RFC6376 3.4.3] [RFC6376 3.4.4] [RFC6376 3.7]
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "dkim/canonical_body.h"
#include "dkim/canonical_header.h"
#include "dkim/header_hash.h"
#include "mkcorpus/reference_canon.h"
#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

namespace reference = mkcorpus::reference;

constexpr unsigned kSeed = 6376;

class Canonicalization : public testing::Test {
 protected:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_()) % limit; }

  /// Octets in which nearly everything is a border case.
  std::string octets(std::size_t size) {
    std::string text;
    text.reserve(size + 80);
    while (text.size() < size) {
      switch (below(12)) {
        case 0:
        case 1:
          text += "\r\n";
          break;
        case 2:
          text += '\r';
          break;
        case 3:
        case 4:
          text += '\n';
          break;
        case 5:
        case 6:
          text.append(1 + below(3), ' ');
          break;
        case 7:
          text += '\t';
          break;
        case 8:
          text.append(below(70), 'x');
          break;
        case 9:
          text += "\r\n\r\n";
          break;
        default:
          text += "a\0\xFF:"[below(4)];
          break;
      }
    }
    text.resize(size);
    return text;
  }

  std::string streamed(BodyCanon canon, std::string_view body, std::size_t most) {
    BodyCanonicalizer& canonicalizer = canon == BodyCanon::simple ? simple_ : relaxed_;
    StringSink sink;
    canonicalizer.begin(sink);
    while (!body.empty()) {
      const std::string_view piece = body.substr(0, below(most) + 1);
      body.remove_prefix(piece.size());
      const test::ExactCopy copy(piece);
      canonicalizer.feed(copy.view());
    }
    const std::uint64_t length = canonicalizer.finish();
    EXPECT_EQ(length, sink.text().size());
    return sink.text();
  }

  void expect_as_reference(const std::string& body, std::size_t most) {
    const std::string wire = reference::network_line_ends(body);
    ASSERT_EQ(streamed(BodyCanon::simple, body, most),
              reference::canonical_body(wire, reference::Canon::simple))
        << body.size() << (body.size() < 200 ? testing::PrintToString(body) : "");
    ASSERT_EQ(streamed(BodyCanon::relaxed, body, most),
              reference::canonical_body(wire, reference::Canon::relaxed))
        << body.size() << (body.size() < 200 ? testing::PrintToString(body) : "");
  }

 private:
  std::mt19937_64 engine_{kSeed};
  // Kept, as the product keeps them: nothing may stay of the body before.
  BodyCanonicalizer simple_{BodyCanon::simple};
  BodyCanonicalizer relaxed_{BodyCanon::relaxed};
};

TEST_F(Canonicalization, OfSmallBodies) {
  for (int round = 0; round < 20'000; ++round) {
    expect_as_reference(octets(below(20)), 1 + below(8));
    if (HasFatalFailure()) return;
  }
}

TEST_F(Canonicalization, OfBodiesAroundTheBlockOf64) {
  for (int round = 0; round < 5'000; ++round) {
    expect_as_reference(octets(50 + below(170)), round % 2 == 0 ? 300 : 64);
    if (HasFatalFailure()) return;
  }
}

// The canonicalizer cuts what it is fed into slices of 32 KiB.
TEST_F(Canonicalization, OfBodiesAroundTheSliceOf32KiB) {
  for (int round = 0; round < 120; ++round) {
    expect_as_reference(octets(32 * 1024 - 40 + below(80)), 100'000);
    expect_as_reference(octets(64 * 1024 - 40 + below(80)), round % 2 == 0 ? 100'000 : 40'000);
    if (HasFatalFailure()) return;
  }
}

// Each border case right at the border of a slice.
TEST_F(Canonicalization, OfEachEndingAtTheBorderOfASlice) {
  for (const std::string_view ending :
       {"\r\n", "\n", "\r", " ", "\t", " \r\n", "  x", "\r\r\n", "x \r", " \rx", "\r\n\r\n", "\n\n",
        "\r\n \r\n", " \n \n", "x  y", "\r \n"}) {
    for (std::size_t before = 32 * 1024 - 5; before <= 32 * 1024 + 1; ++before) {
      for (const char fill : {'x', ' ', '\n', '\r'}) {
        for (const std::string_view rest : {"", "x", "\n", "\r\nx", " ", " x"}) {
          std::string body(before, fill);
          body.append(ending).append(rest);
          expect_as_reference(body, 100'000);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

// A slice of line feeds doubles; many may be pending before the text that needs them.
TEST_F(Canonicalization, OfRunsOfOneOctet) {
  for (const char octet : {'\n', '\r', ' ', '\t'}) {
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{32'767}, std::size_t{32'768}, std::size_t{32'769},
          std::size_t{65'536}, std::size_t{300'000}}) {
      expect_as_reference(std::string(size, octet), 500'000);
      expect_as_reference(std::string(size, octet) + "x", 500'000);
      expect_as_reference("x" + std::string(size, octet) + "x\n \n", 500'000);
      if (HasFatalFailure()) return;
    }
  }
}

// [RFC6376 3.4.1] [RFC6376 3.4.2]
TEST_F(Canonicalization, OfHeaderFields) {
  for (int round = 0; round < 20'000; ++round) {
    // A value whose line ends are followed by white space, as in a message.
    std::string value;
    for (const char c : octets(below(60))) {
      value += c;
      if (c == '\n') value += below(2) == 0 ? ' ' : '\t';
    }
    const std::string name = below(2) == 0 ? "SubJect" : "X-1";
    const std::string field = name + (below(3) == 0 ? " \t:" : ":") + value;
    const test::ExactCopy copy(field);
    for (const bool relaxed : {false, true}) {
      std::string out;
      append_canonical_field(relaxed ? HeaderCanon::relaxed : HeaderCanon::simple,
                             {copy.view(), name.size(), field.find(':')}, out);
      ASSERT_EQ(out, reference::canonical_field(
                         reference::network_line_ends(field),
                         relaxed ? reference::Canon::relaxed : reference::Canon::simple))
          << testing::PrintToString(field);
    }
  }
}

// Selection, removal of b= and the order of fields, for random headers and h= lists.
TEST_F(Canonicalization, OfWholeHeaders) {
  const std::vector<std::string> names = {"From", "Subject", "X", "DKIM-Signature", "to"};
  for (int round = 0; round < 5'000; ++round) {
    const bool relaxed = below(2) == 0;
    std::vector<std::string> listed = {"from"};
    for (std::size_t count = below(8); count != 0; --count) listed.push_back(names[below(5)]);
    std::string list;
    for (const std::string& name : listed) {
      list += (list.empty() ? "" : below(3) == 0 ? " :\r\n " : ":") + name;
    }
    const std::string_view blank = below(2) == 0 ? "" : "\r\n\t";
    std::string own =
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=" + list +
        "; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; c=" + (relaxed ? "relaxed" : "simple") +
        "; b";
    own.append(blank).append("= YW").append(blank).append("Jj ");
    if (below(2) == 0) own += "; z=b=YWJj";
    std::vector<std::string> fields;
    for (std::size_t count = below(8); count != 0; --count) {
      fields.push_back(names[below(5)] + (below(4) == 0 ? " : " : ": ") + std::to_string(round) +
                       (below(3) == 0 ? "\r\n  x " : "") + std::to_string(count));
    }
    const std::size_t own_index = below(fields.size() + 1);
    fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(own_index), own);
    std::string message;
    for (const std::string& field : fields) message += field + "\r\n";
    const test::ExactCopy copy(message + "\r\n");
    message::HeaderIndex header;
    header.build(copy.view());
    const auto index = static_cast<std::uint32_t>(own_index);
    const ParsedSignature signature = parse_signature(header.value(header.fields()[index]), {});
    ASSERT_EQ(signature.facts.fault, Reason::none) << own;
    HeaderHash hash;
    ASSERT_EQ(hash.input(header, signature, index),
              reference::header_hash_input(
                  fields, own_index, listed,
                  relaxed ? reference::Canon::relaxed : reference::Canon::simple))
        << message;
  }
}

}  // namespace
}  // namespace mailassay::dkim
