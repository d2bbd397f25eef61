// The body canonicalizer against the plain one of mkcorpus, for random bodies and random borders.
// [RFC6376 3.4.3] [RFC6376 3.4.4]
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "base/byte_sink.h"
#include "dkim/canonical_body.h"
#include "mkcorpus/reference_canon.h"
#include "support/exact_copy.h"

namespace mailassay {
namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

/// Long words, so that whole blocks are copied, and all that is treated otherwise, in clusters.
std::string random_body(Random& random, std::size_t size) {
  constexpr std::string_view kSpecial = "\r\n \t\n\r a\v";
  std::string body;
  while (body.size() < size) {
    if (below(random, 3) == 0) body.append(below(random, 150), 'x');
    if (below(random, 40) == 0) body.append(below(random, 200), ' ');
    if (below(random, 40) == 0) body.append(below(random, 200), '\n');
    const std::size_t count = below(random, 6);
    for (std::size_t i = 0; i < count; ++i)
      body.push_back(kSpecial[below(random, kSpecial.size())]);
  }
  body.resize(size);
  return body;
}

/// Feeds pieces of 0 to `longest` octets, each a heap block of its exact size.
std::string canonicalize(dkim::BodyCanon canon, std::string_view body, std::size_t longest,
                         Random& random) {
  dkim::BodyCanonicalizer canonicalizer(canon);
  StringSink sink;
  canonicalizer.begin(sink);
  while (!body.empty()) {
    const std::string_view piece = body.substr(0, below(random, longest + 1));
    body.remove_prefix(piece.size());
    const test::ExactCopy copy(piece);
    canonicalizer.feed(copy.view());
  }
  const std::uint64_t length = canonicalizer.finish();
  EXPECT_EQ(length, sink.text().size());
  return sink.text();
}

void compare(std::size_t size, std::size_t longest, Random& random) {
  const std::string body = random_body(random, size);
  const std::string sent = mkcorpus::reference::network_line_ends(body);
  EXPECT_EQ(canonicalize(dkim::BodyCanon::simple, body, longest, random),
            mkcorpus::reference::canonical_body(sent, mkcorpus::reference::Canon::simple));
  EXPECT_EQ(canonicalize(dkim::BodyCanon::relaxed, body, longest, random),
            mkcorpus::reference::canonical_body(sent, mkcorpus::reference::Canon::relaxed));
}

TEST(CanonicalBodyProperty, ShortBodiesEqualTheReference) {
  Random random(1);
  for (int i = 0; i < 20000 && !HasFailure(); ++i) {
    compare(below(random, 400), 1 + below(random, 400), random);
  }
}

TEST(CanonicalBodyProperty, BodiesOfSeveralSlicesEqualTheReference) {
  Random random(2);
  for (int i = 0; i < 100 && !HasFailure(); ++i) {
    compare(30000 + below(random, 80000), 1 + below(random, 70000), random);
  }
}

TEST(CanonicalBodyProperty, RunsLongerThanASliceEqualTheReference) {
  Random random(3);
  for (const std::string& run : {std::string(70000, '\n'), std::string(70000, ' '),
                                 std::string(70000, '\r'), std::string(70000, 'x')}) {
    for (const std::string& body : {run, "a" + run + "b", run + "\r\n", "a" + run}) {
      const std::string sent = mkcorpus::reference::network_line_ends(body);
      EXPECT_EQ(canonicalize(dkim::BodyCanon::simple, body, 100000, random),
                mkcorpus::reference::canonical_body(sent, mkcorpus::reference::Canon::simple));
      EXPECT_EQ(canonicalize(dkim::BodyCanon::relaxed, body, 100000, random),
                mkcorpus::reference::canonical_body(sent, mkcorpus::reference::Canon::relaxed));
    }
  }
}

}  // namespace
}  // namespace mailassay
