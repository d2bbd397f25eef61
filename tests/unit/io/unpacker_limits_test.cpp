// The limits of unpacking: what is just admitted, and what is one too much.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/unpacker.h"
#include "support/temporary_directory.h"

namespace mailassay::io {
namespace {

constexpr std::string_view kMessage = "From: a@example.com\nSubject: hello\n\nbody\n";

std::string gzipped(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string in(text);
  std::string out(deflateBound(&stream, in.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string gzipped_times(std::string text, unsigned times) {
  for (unsigned i = 0; i < times; ++i) text = gzipped(text);
  return text;
}

struct Unpacked {
  std::uint64_t octets = 0;  ///< that members gave
  std::uint64_t members = 0;
  std::vector<ProblemReason> problems;
  UnpackCounts counts;
};

class UnpackerLimits : public testing::Test {
 protected:
  Unpacked unpack(std::string_view octets, const UnpackLimits& limits,
                  const RecordFields& fields = {}) {
    auto file = FileReader::open(folder_.write("packed", octets));
    EXPECT_TRUE(file);
    Unpacker unpacker(limits, fields, {});
    unpacker.start(std::move(*file), {});
    Unpacked out;
    std::vector<char> buffer(100'000);
    while (unpacker.next_member()) {
      ++out.members;
      while (true) {
        const auto got = unpacker.read(buffer);
        if (got) out.octets += *got;
        if (!got) out.problems.push_back(got.error().reason);
        if (!got || (*got < buffer.size() && !unpacker.error_follows())) break;
      }
      const auto left = unpacker.leave();
      if (left.error) out.problems.push_back(left.error->reason);
    }
    for (const IoError& problem : unpacker.take_problems()) out.problems.push_back(problem.reason);
    out.counts = unpacker.counts();
    return out;
  }

  test::TemporaryDirectory folder_;
};

using Problems = std::vector<ProblemReason>;

TEST_F(UnpackerLimits, depth) {
  for (const unsigned depth : {1U, 2U, 8U, 20U}) {
    SCOPED_TRACE(depth);
    const UnpackLimits limits{.depth = depth};
    const Unpacked fits = unpack(gzipped_times(std::string(kMessage), depth), limits);
    EXPECT_EQ(fits.octets, kMessage.size());
    EXPECT_EQ(fits.problems, Problems());
    const Unpacked over = unpack(gzipped_times(std::string(kMessage), depth + 1), limits);
    EXPECT_EQ(over.members, 0U);
    EXPECT_EQ(over.problems, Problems{ProblemReason::nested_too_deep});
  }
}

TEST_F(UnpackerLimits, octets_that_come_out) {
  const std::string packed = gzipped(kMessage);
  const Unpacked fits = unpack(packed, {.expansion_bytes = kMessage.size()});
  EXPECT_EQ(fits.octets, kMessage.size());
  EXPECT_EQ(fits.problems, Problems());
  const Unpacked over = unpack(packed, {.expansion_bytes = kMessage.size() - 1});
  EXPECT_EQ(over.problems, Problems{ProblemReason::expands_too_much});
}

TEST_F(UnpackerLimits, octets_of_all_layers_count) {
  const std::string inner = gzipped(kMessage);
  const std::string packed = gzipped(inner);
  const std::uint64_t sum = inner.size() + kMessage.size();
  EXPECT_EQ(unpack(packed, {.expansion_bytes = sum}).problems, Problems());
  EXPECT_EQ(unpack(packed, {.expansion_bytes = sum - 1}).problems,
            Problems{ProblemReason::expands_too_much});
}

TEST_F(UnpackerLimits, a_small_file_may_expand_freely) {
  const std::string message = std::string(kMessage) + std::string(kFreeExpansion, 'x');
  const std::string_view view = message;
  const UnpackLimits limits{.expansion_ratio = 1};
  const Unpacked fits = unpack(gzipped(view.substr(0, kFreeExpansion)), limits);
  EXPECT_EQ(fits.octets, kFreeExpansion);
  EXPECT_EQ(fits.problems, Problems());
  const Unpacked over = unpack(gzipped(view.substr(0, kFreeExpansion + 1)), limits);
  EXPECT_EQ(over.problems, Problems{ProblemReason::expands_too_much});
}

TEST_F(UnpackerLimits, beyond_that_by_the_size_of_the_file) {
  const std::string packed = gzipped(std::string(kMessage) + std::string(kFreeExpansion, 'x'));
  const std::uint64_t size = kMessage.size() + kFreeExpansion;
  // The least factor that admits it, and the one below.
  const std::uint64_t ratio = (size + packed.size() - 1) / packed.size();
  const Unpacked fits = unpack(packed, {.expansion_ratio = ratio});
  EXPECT_EQ(fits.octets, size);
  EXPECT_EQ(fits.problems, Problems());
  EXPECT_EQ(unpack(packed, {.expansion_ratio = ratio - 1}).problems,
            Problems{ProblemReason::expands_too_much});
  // The lesser of both bounds counts, and a product beyond 64 bits is no bound.
  EXPECT_EQ(unpack(packed, {.expansion_ratio = ratio, .expansion_bytes = size - 1}).problems,
            Problems{ProblemReason::expands_too_much});
  EXPECT_EQ(unpack(packed, {.expansion_ratio = ~std::uint64_t{0}}).problems, Problems());
}

/// A zstd frame of one empty raw block whose window is the smallest with this exponent.
std::string zstd_with_window(unsigned exponent) {
  std::string frame("\x28\xB5\x2F\xFD", 4);
  frame += '\0';
  frame += static_cast<char>((exponent - 10) << 3U);
  return frame + std::string("\x01\x00\x00", 3);
}

TEST_F(UnpackerLimits, windows) {
  const UnpackLimits limits{.dictionary_bytes = std::uint64_t{1} << 20U};
  EXPECT_NE(unpack(zstd_with_window(20), limits).problems,
            Problems{ProblemReason::needs_too_much_memory});
  std::string over = zstd_with_window(20);
  over[5] = static_cast<char>(over[5] | 1);  // one eighth more
  EXPECT_EQ(unpack(over, limits).problems, Problems{ProblemReason::needs_too_much_memory});
}

}  // namespace
}  // namespace mailassay::io
