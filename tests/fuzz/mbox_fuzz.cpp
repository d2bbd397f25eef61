// Relations of the splitter: the rules said line by line, windows, shards and the account of all
// octets agree with split() for any octets.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "mbox/sniff.h"
#include "mbox/splitter.h"
#include "support/mbox_reference.h"

namespace {

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailassay;
  const std::string_view archive = as_text(data, size);
  const auto messages = mbox::split(archive);
  demand(messages == test::split_by_lines(archive));
  demand(test::account_error(archive, messages).empty());

  const std::size_t capacity = mbox::kLookBehindBytes + mbox::kLookAheadBytes;
  const std::size_t block = 1 + size % 97;
  demand(test::split_by_windows(archive, capacity, [block] { return block; }) == messages);

  const std::size_t cut = size == 0 ? 0 : (data[0] * 256U + data[size - 1]) % (size + 1);
  auto parts = mbox::split(archive, 0, cut);
  const auto rest = mbox::split(archive, cut);
  parts.insert(parts.end(), rest.begin(), rest.end());
  demand(parts == messages);

  const mbox::Sniffed sniffed = mbox::sniff(archive);
  demand(sniffed.offset <= size && !sniffed.reason.empty());
  demand(sniffed.content != mbox::Content::mbox || !messages.empty());
  return 0;
}
