#include "io/seven_zip_header.h"

#include <algorithm>
#include <limits>

#include "base/bytes.h"
#include "base/cursor.h"

namespace mailassay::io {
namespace {

using namespace std::string_view_literals;

/// Property ids of the format.
enum class Id : std::uint8_t {
  end = 0x00,
  header = 0x01,
  archive_properties = 0x02,
  main_streams = 0x04,
  files = 0x05,
  pack_info = 0x06,
  unpack_info = 0x07,
  substreams = 0x08,
  size = 0x09,
  crc = 0x0A,
  folder = 0x0B,
  coders_unpack_size = 0x0C,
  members_of_folder = 0x0D,
  encoded_header = 0x17,
};

constexpr std::uint64_t kTooMuch = std::numeric_limits<std::uint64_t>::max();

constexpr std::string_view kLzma = "\x03\x01\x01"sv;
constexpr std::string_view kLzma2 = "\x21"sv;
constexpr std::string_view kPpmd = "\x03\x04\x01"sv;
constexpr std::string_view kBcj2 = "\x03\x03\x01\x1B"sv;

/// libarchive admits four.
constexpr std::uint64_t kMaxCoders = 32;

/// Once something is not there `ok` is false, and all that follows is 0.
class Reader {
 public:
  explicit Reader(std::string_view text) : cursor_(text) {}

  bool ok() const noexcept { return ok_; }

  bool take(Id id) { return cursor_.take(static_cast<char>(id)); }
  void demand(Id id) { ok_ = ok_ && take(id); }
  void fail() noexcept { ok_ = false; }

  std::uint8_t octet_here() {
    const std::string_view one = cursor_.take_up_to(1);
    ok_ = ok_ && !one.empty();
    return ok_ ? octet(one[0]) : std::uint8_t{0};
  }

  std::string_view octets(std::uint64_t count) {
    if (count > cursor_.rest().size()) ok_ = false;
    return ok_ ? cursor_.take_up_to(static_cast<std::size_t>(count)) : std::string_view();
  }

  /// The leading one bits of the first octet tell how many octets follow it, least first; its other
  /// bits are the most significant ones.
  std::uint64_t number() {
    const unsigned first = octet_here();
    std::uint64_t value = 0;
    unsigned mask = 0x80;
    for (unsigned shift = 0; shift < 64; shift += 8, mask >>= 1U) {
      if ((first & mask) == 0) return value | (std::uint64_t{first & (mask - 1)} << shift);
      value |= std::uint64_t{octet_here()} << shift;
    }
    return value;
  }

  /// Whether `count` things of `size` octets each can follow; otherwise it is broken.
  bool has(std::uint64_t count, std::uint64_t size) {
    if (count > cursor_.rest().size() / size) ok_ = false;
    return ok_;
  }

  /// A number of things that take at least one octet each.
  std::uint64_t count() {
    const std::uint64_t value = number();
    if (value > cursor_.rest().size()) ok_ = false;
    return ok_ ? value : 0;
  }

 private:
  Cursor cursor_;
  bool ok_ = true;
};

/// Calls `each(i)` for each of `count` checksums that is there.
template <typename Each>
void read_checksums(Reader& reader, std::uint64_t count, const Each& each) {
  constexpr std::uint64_t kChecksumBytes = 4;
  std::uint64_t defined = count;
  if (reader.octet_here() == 0) {
    defined = 0;
    const std::string_view bits = reader.octets(count / 8 + (count % 8 != 0 ? 1 : 0));
    for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
      if ((octet(bits[static_cast<std::size_t>(i / 8)]) & (0x80U >> (i % 8))) == 0) continue;
      each(i);
      ++defined;
    }
  } else {
    // Before a loop over as many as a header claims to have.
    if (!reader.has(count, kChecksumBytes)) return;
    for (std::uint64_t i = 0; i < count; ++i) each(i);
  }
  reader.octets(defined * kChecksumBytes);
}

void skip_checksums(Reader& reader, std::uint64_t count) {
  read_checksums(reader, count, [](std::uint64_t) {});
}

void read_pack_info(Reader& reader, SevenZipHeader& header) {
  header.packed_at = reader.number();
  const std::uint64_t count = reader.count();
  if (reader.take(Id::size)) {
    for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
      const std::uint64_t bytes = reader.number();
      if (i == 0) header.packed_bytes = bytes;
    }
  }
  if (reader.take(Id::crc)) skip_checksums(reader, count);
  reader.demand(Id::end);
}

std::uint64_t little_endian(std::string_view octets_of_it) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < octets_of_it.size(); ++i) {
    value |= std::uint64_t{octet(octets_of_it[i])} << (8 * i);
  }
  return value;
}

std::uint64_t lzma2_dictionary(std::string_view properties) {
  if (properties.empty()) return 0;
  const unsigned bits = octet(properties[0]) & 0x3FU;
  if (bits >= 40) return std::numeric_limits<std::uint32_t>::max();
  return (std::uint64_t{2} | (bits & 1U)) << (bits / 2 + 11);
}

/// LZMA and PPMd: one octet of parameters, and a size in four.
std::uint64_t size_in_properties(std::string_view properties) {
  return little_endian(properties.substr(std::min<std::size_t>(1, properties.size()), 4));
}

std::uint64_t memory_of(const SevenZipCoder& coder) {
  if (coder.id == kLzma2) return lzma2_dictionary(coder.properties);
  if (coder.id == kLzma || coder.id == kPpmd) return size_in_properties(coder.properties);
  return 0;
}

std::uint64_t add(std::uint64_t one, std::uint64_t other) {
  const std::uint64_t sum = one + other;
  return sum < one ? kTooMuch : sum;
}

struct CoderEnds {
  std::uint64_t inputs = 0;
  std::uint64_t outputs = 0;
};

CoderEnds read_coder(Reader& reader, SevenZipCoder& coder) {
  const unsigned flags = reader.octet_here();
  // 0x80 announced another description of the coder in old versions.
  if ((flags & 0x80U) != 0) reader.fail();
  coder.id = reader.octets(flags & 0x0FU);
  CoderEnds ends{1, 1};
  if ((flags & 0x10U) != 0) {
    ends.inputs = reader.number();
    ends.outputs = reader.number();
    if (ends.inputs > kMaxCoders || ends.outputs > kMaxCoders) reader.fail();
  }
  if ((flags & 0x20U) != 0) coder.properties = reader.octets(reader.number());
  return ends;
}

SevenZipFolder read_folder(Reader& reader, std::vector<SevenZipCoder>& coders) {
  SevenZipFolder folder;
  const std::uint64_t count = reader.number();
  if (count == 0 || count > kMaxCoders) reader.fail();
  std::uint64_t inputs = 0;
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    SevenZipCoder coder;
    const CoderEnds ends = read_coder(reader, coder);
    inputs += ends.inputs;
    folder.outputs += ends.outputs;
    folder.memory = add(folder.memory, memory_of(coder));
    folder.joins_streams = folder.joins_streams || coder.id == kBcj2;
    coders.push_back(std::move(coder));
  }
  if (folder.outputs == 0 || inputs + 1 < folder.outputs) reader.fail();
  if (!reader.ok()) return folder;
  const std::uint64_t bound = folder.outputs - 1;
  for (std::uint64_t i = 0; i < 2 * bound && reader.ok(); ++i) reader.number();
  const std::uint64_t packed = inputs - bound;
  for (std::uint64_t i = 0; packed > 1 && i < packed && reader.ok(); ++i) reader.number();
  return folder;
}

/// libarchive holds all inputs of BCJ2 but the first one as a whole: all outputs of the folder but
/// the two largest.
void read_output_sizes(Reader& reader, SevenZipFolder& folder, std::uint64_t& first) {
  std::vector<std::uint64_t> sizes;
  for (std::uint64_t i = 0; i < folder.outputs && reader.ok(); ++i) {
    sizes.push_back(reader.number());
  }
  if (!sizes.empty()) first = sizes.front();
  if (!folder.joins_streams) return;
  std::sort(sizes.begin(), sizes.end());
  for (std::size_t i = 0; i + 2 < sizes.size(); ++i) folder.memory = add(folder.memory, sizes[i]);
}

/// Result: false if there are too many.
bool read_folders(Reader& reader, SevenZipHeader& header) {
  reader.demand(Id::folder);
  const std::uint64_t count = reader.number();
  if (reader.ok() && count > kMaxSevenZipFolders) return false;
  // Folders in a stream of their own are what no writer makes.
  if (reader.octet_here() != 0) reader.fail();
  std::vector<SevenZipCoder> coders;
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    coders.clear();
    header.folders.push_back(read_folder(reader, coders));
    if (i == 0) header.coders = coders;
  }
  reader.demand(Id::coders_unpack_size);
  for (std::size_t i = 0; i < header.folders.size() && reader.ok(); ++i) {
    std::uint64_t first = 0;
    read_output_sizes(reader, header.folders[i], first);
    if (i == 0) header.unpacked_bytes = first;
  }
  if (reader.take(Id::crc)) {
    read_checksums(reader, header.folders.size(), [&header](std::uint64_t i) {
      header.folders[static_cast<std::size_t>(i)].has_checksum = true;
    });
  }
  reader.demand(Id::end);
  return true;
}

void read_members(Reader& reader, SevenZipHeader& header) {
  if (reader.take(Id::members_of_folder)) {
    for (SevenZipFolder& folder : header.folders) folder.members = reader.number();
  }
  std::uint64_t without_checksum = 0;
  const bool has_sizes = reader.take(Id::size);
  for (const SevenZipFolder& folder : header.folders) {
    // The size of the last one is what is left.
    for (std::uint64_t i = 1; has_sizes && i < folder.members && reader.ok(); ++i) reader.number();
    header.members = add(header.members, folder.members);
    if (folder.members != 1 || !folder.has_checksum) {
      without_checksum = add(without_checksum, folder.members);
    }
  }
  if (reader.take(Id::crc)) skip_checksums(reader, without_checksum);
  reader.demand(Id::end);
}

/// Result: false if there are too many folders.
bool read_streams(Reader& reader, SevenZipHeader& header) {
  if (reader.take(Id::pack_info)) read_pack_info(reader, header);
  if (reader.take(Id::unpack_info) && !read_folders(reader, header)) return false;
  header.members = header.folders.size();
  if (reader.take(Id::substreams)) {
    header.members = 0;
    read_members(reader, header);
  }
  reader.demand(Id::end);
  return true;
}

void skip_archive_properties(Reader& reader) {
  if (!reader.take(Id::archive_properties)) return;
  while (reader.ok() && reader.octet_here() != 0) reader.octets(reader.number());
}

}  // namespace

std::optional<SevenZipFault> read_seven_zip_header(std::string_view octets_of_it,
                                                   SevenZipHeader& header) {
  Reader reader(octets_of_it);
  header = {};
  header.is_encoded = reader.take(Id::encoded_header);
  if (!header.is_encoded) {
    reader.demand(Id::header);
    skip_archive_properties(reader);
  }
  if (header.is_encoded || reader.take(Id::main_streams)) {
    if (!read_streams(reader, header)) return SevenZipFault::too_many_folders;
  }
  if (!header.is_encoded && reader.take(Id::files)) header.files = reader.number();
  if (!reader.ok()) return SevenZipFault::broken;
  return std::nullopt;
}

std::uint64_t memory_of(const SevenZipHeader& header) {
  // What libarchive 3.6 keeps of each, rounded up.
  constexpr std::uint64_t kFolderBytes = 256;
  constexpr std::uint64_t kMemberBytes = 32;
  constexpr std::uint64_t kFileBytes = 128;
  const auto times = [](std::uint64_t count, std::uint64_t bytes) {
    return count > kTooMuch / bytes ? kTooMuch : count * bytes;
  };
  std::uint64_t most = times(header.folders.size(), kFolderBytes);
  most = add(most, times(header.members, kMemberBytes));
  most = add(most, times(header.files, kFileBytes));
  for (const SevenZipFolder& folder : header.folders) most = std::max(most, folder.memory);
  return most;
}

}  // namespace mailassay::io
