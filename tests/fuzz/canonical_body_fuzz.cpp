// Streamed canonicalization, with borders that the input chooses, is what the reference says.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "dkim/canonical_body.h"
#include "mkcorpus/reference_canon.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

std::string streamed(dkim::BodyCanon canon, std::string_view body, std::size_t step) {
  dkim::BodyCanonicalizer canonicalizer(canon);
  StringSink sink;
  canonicalizer.begin(sink);
  while (!body.empty()) {
    const std::string_view piece = body.substr(0, step);
    body.remove_prefix(piece.size());
    canonicalizer.feed(piece);
    step = step * 5 % 97 + 1;
  }
  const std::uint64_t length = canonicalizer.finish();
  demand(length == sink.text().size());
  return sink.text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace reference = mkcorpus::reference;
  const std::string_view body = as_text(data, size);
  const std::string wire = reference::network_line_ends(body);
  const std::size_t step = size == 0 ? 1 : 1 + data[size / 2] % 64U;
  for (const bool relaxed : {false, true}) {
    const std::string expected = reference::canonical_body(
        wire, relaxed ? reference::Canon::relaxed : reference::Canon::simple);
    const auto canon = relaxed ? dkim::BodyCanon::relaxed : dkim::BodyCanon::simple;
    demand(streamed(canon, body, step) == expected);
    demand(streamed(canon, body, size + 1) == expected);
    // Canonicalizing again changes nothing.
    demand(streamed(canon, expected, step) == expected || expected.empty());
  }
  return 0;
}
