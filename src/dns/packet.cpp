#include "dns/packet.h"

#include <optional>
#include <utility>

#include "base/bytes.h"
#include "dns/name.h"
#include "dns/rdata.h"

namespace mailassay::dns {

namespace {

constexpr unsigned kPointerBits = 0xC0;  ///< [RFC1035 4.1.4]
constexpr std::uint16_t kFlagResponse = 0x8000;
constexpr std::uint16_t kFlagAuthoritative = 0x0400;
constexpr std::uint16_t kFlagTruncated = 0x0200;
constexpr std::uint16_t kFlagRecursionDesired = 0x0100;
constexpr std::uint16_t kFlagRecursionAvailable = 0x0080;
constexpr std::uint16_t kFlagAuthenticData = 0x0020;

/// Reads numbers and names at a position that moves; false and no movement at the end.
class Reader {
 public:
  explicit Reader(std::string_view packet) : packet_(packet) {}

  std::size_t position() const { return position_; }
  std::size_t remaining() const { return packet_.size() - position_; }
  void seek(std::size_t position) { position_ = position; }

  bool u8(unsigned& value) {
    if (remaining() < 1) return false;
    value = octet(packet_[position_++]);
    return true;
  }
  bool u16(std::uint16_t& value) {
    unsigned high = 0;
    unsigned low = 0;
    if (remaining() < 2 || !u8(high) || !u8(low)) return false;
    value = static_cast<std::uint16_t>(high << 8 | low);
    return true;
  }
  bool u32(std::uint32_t& value) {
    std::uint16_t high = 0;
    std::uint16_t low = 0;
    if (remaining() < 4 || !u16(high) || !u16(low)) return false;
    value = static_cast<std::uint32_t>(high) << 16 | low;
    return true;
  }
  bool take(std::size_t count, std::string_view& value) {
    if (remaining() < count) return false;
    value = packet_.substr(position_, count);
    position_ += count;
    return true;
  }

  /// Reads a name, following pointers, into uncompressed wire form.
  std::optional<PacketError> name(std::string& wire) {
    std::size_t resume = 0;  // behind the first pointer; 0: none yet
    std::size_t earliest = position_;
    wire.clear();
    while (true) {
      unsigned length = 0;
      if (!u8(length)) return PacketError::truncated;
      if ((length & kPointerBits) == kPointerBits) {
        unsigned low = 0;
        if (!u8(low)) return PacketError::truncated;
        const std::size_t target = (length & ~kPointerBits) << 8 | low;
        // Each pointer must point before all that was read of this name: no loop is possible.
        if (target >= earliest) return PacketError::bad_name;
        if (resume == 0) resume = position_;
        earliest = target;
        position_ = target;
        continue;
      }
      if (length > kMaxLabelBytes) return PacketError::bad_name;
      std::string_view label;
      if (!take(length, label)) return PacketError::truncated;
      wire.push_back(static_cast<char>(length));
      wire.append(label);
      if (wire.size() > kMaxNameBytes) return PacketError::bad_name;
      if (length == 0) break;
    }
    if (resume != 0) position_ = resume;
    return std::nullopt;
  }

 private:
  std::string_view packet_;
  std::size_t position_ = 0;
};

std::optional<PacketError> read_name(Reader& reader, std::string& out) {
  std::string wire;
  if (const auto error = reader.name(wire)) return error;
  auto name = name_from_wire(wire);
  if (!name) return PacketError::bad_name;
  // name_from_wire() keeps to canonical form, so names compare as text from here on.
  out = std::move(*name);
  return std::nullopt;
}

/// Uncompresses the names of RDATA that may hold compressed ones. [RFC3597 4]
std::optional<PacketError> read_rdata(Reader& reader, Type type, std::size_t end,
                                      std::string& out) {
  std::string wire;
  std::string_view part;
  const auto take_name = [&]() -> std::optional<PacketError> {
    std::string name;
    if (const auto error = reader.name(name)) return error;
    wire += name;
    return std::nullopt;
  };
  if (type == Type::mx) {
    if (!reader.take(2, part)) return PacketError::bad_rdata;
    wire += part;
  }
  const bool has_name = type == Type::mx || type == Type::ns || type == Type::cname ||
                        type == Type::ptr || type == Type::soa;
  if (has_name) {
    if (const auto error = take_name()) return error;
    if (type == Type::soa) {
      if (const auto error = take_name()) return error;
    }
  }
  // A name may not run out of its record, even where the packet goes on.
  if (reader.position() > end) return PacketError::bad_rdata;
  if (!reader.take(end - reader.position(), part)) return PacketError::truncated;
  wire += part;
  auto canonical = canonical_rdata(type, wire);
  if (!canonical) return PacketError::bad_rdata;
  out = std::move(*canonical);
  return std::nullopt;
}

std::optional<PacketError> read_record(Reader& reader, PacketRecord& record) {
  if (const auto error = read_name(reader, record.name)) return error;
  std::uint16_t length = 0;
  if (!reader.u16(record.type) || !reader.u16(record.record_class) || !reader.u32(record.ttl) ||
      !reader.u16(length) || reader.remaining() < length) {
    return PacketError::truncated;
  }
  const std::size_t end = reader.position() + length;
  const auto type = type_from_number(record.type);
  if (type && record.record_class == kClassIn) return read_rdata(reader, *type, end, record.rdata);
  std::string_view rdata;
  if (!reader.take(length, rdata)) return PacketError::truncated;
  record.rdata = rdata;
  return std::nullopt;
}

std::optional<PacketError> read_section(Reader& reader, std::uint16_t count,
                                        std::vector<PacketRecord>& out) {
  for (std::uint16_t i = 0; i < count; ++i) {
    PacketRecord record;
    if (const auto error = read_record(reader, record)) return error;
    out.push_back(std::move(record));
  }
  return std::nullopt;
}

std::optional<PacketError> read_sections(Reader& reader, std::uint16_t question_count,
                                         std::uint16_t answer_count, std::uint16_t authority_count,
                                         std::uint16_t additional_count, Packet& packet) {
  for (std::uint16_t i = 0; i < question_count; ++i) {
    PacketQuestion question;
    if (const auto error = read_name(reader, question.name)) return error;
    if (!reader.u16(question.type) || !reader.u16(question.record_class)) {
      return PacketError::truncated;
    }
    packet.questions.push_back(std::move(question));
  }
  if (const auto error = read_section(reader, answer_count, packet.answers)) return error;
  if (const auto error = read_section(reader, authority_count, packet.authority)) return error;
  std::vector<PacketRecord> additional;
  if (const auto error = read_section(reader, additional_count, additional)) return error;
  for (const PacketRecord& record : additional) packet.has_edns |= record.type == kTypeOpt;
  return std::nullopt;
}

void append_u16(std::string& out, unsigned value) {
  out.push_back(static_cast<char>(value >> 8 & 0xFF));
  out.push_back(static_cast<char>(value & 0xFF));
}

}  // namespace

Result<Packet, PacketError> parse_packet(std::string_view octets) {
  Packet packet;
  Reader reader(octets);
  std::uint16_t flags = 0;
  std::uint16_t questions = 0;
  std::uint16_t answers = 0;
  std::uint16_t authority = 0;
  std::uint16_t additional = 0;
  if (!reader.u16(packet.id) || !reader.u16(flags) || !reader.u16(questions) ||
      !reader.u16(answers) || !reader.u16(authority) || !reader.u16(additional)) {
    return Unexpected(PacketError::truncated);
  }
  packet.is_response = (flags & kFlagResponse) != 0;
  packet.is_authoritative = (flags & kFlagAuthoritative) != 0;
  packet.is_truncated = (flags & kFlagTruncated) != 0;
  packet.recursion_available = (flags & kFlagRecursionAvailable) != 0;
  packet.authentic_data = (flags & kFlagAuthenticData) != 0;
  packet.rcode = static_cast<std::uint8_t>(flags & 0xF);
  const auto error = read_sections(reader, questions, answers, authority, additional, packet);
  if (error && !packet.is_truncated) return Unexpected(*error);
  return packet;
}

std::string build_query(std::uint16_t id, const Question& question, bool with_edns) {
  const auto name = name_to_wire(question.name);
  if (!name) return {};
  std::string out;
  append_u16(out, id);
  append_u16(out, kFlagRecursionDesired | kFlagAuthenticData);
  append_u16(out, 1);
  append_u16(out, 0);
  append_u16(out, 0);
  append_u16(out, with_edns ? 1 : 0);
  out += *name;
  append_u16(out, static_cast<unsigned>(question.type));
  append_u16(out, kClassIn);
  if (with_edns) {
    // OPT: root, type, payload size, extended rcode and flags, no options. [RFC6891 6.1.2]
    out.push_back('\0');
    append_u16(out, kTypeOpt);
    append_u16(out, kEdnsPayloadBytes);
    append_u16(out, 0);
    append_u16(out, 0);
    append_u16(out, 0);
  }
  return out;
}

}  // namespace mailassay::dns
