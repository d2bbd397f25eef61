#include "io/unpacking.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "base/bytes.h"
#include "io/archive_reader.h"
#include "io/container_kind.h"
#include "io/gzip_reader.h"
#include "io/mail_store_name.h"
#include "io/pst_reader.h"
#include "io/seven_zip_memory.h"
#include "io/temporary_file.h"

namespace mailassay::io {
namespace {

std::string joined(const std::string& outer, const std::string& inner) {
  return outer.empty() ? inner : outer + std::string(kMemberJoin) + inner;
}

IoError limit_error(ProblemReason reason, std::string what) {
  IoError error{0, {}, 0, std::move(what)};
  error.reason = reason;
  return error;
}

std::unique_ptr<MemberSource> make_reader(LayerStream& layer, ContainerKind kind) {
  if (kind == ContainerKind::gzip) return std::make_unique<GzipReader>(layer);
  return std::make_unique<ArchiveReader>(layer, nullptr, kind);
}

}  // namespace

/// The file itself, counted.
class Unpacking::CountedFile final : public OctetStream {
 public:
  CountedFile(FileReader& file, Unpacking& owner) : file_(file), owner_(owner) {}

  Result<std::size_t, IoError> read(std::span<char> buffer) override {
    auto got = file_.read(buffer);
    if (got) {
      taken_ += *got;
      owner_.file_taken_ = taken_;
      owner_.read_bytes_.fetch_add(*got, std::memory_order_relaxed);
    }
    return got;
  }
  bool error_follows() const noexcept override { return file_.error_follows(); }
  std::optional<std::uint64_t> size() const noexcept override { return file_.size(); }
  std::uint64_t taken() const noexcept { return taken_; }

 private:
  FileReader& file_;
  Unpacking& owner_;
  std::uint64_t taken_ = 0;
};

/// The member at hand of a container; ends early when the file expands too much.
class Unpacking::EntryStream final : public OctetStream {
 public:
  EntryStream(MemberSource& reader, std::optional<std::uint64_t> size, Unpacking& owner)
      : reader_(reader), size_(size), owner_(owner) {}

  Result<std::size_t, IoError> read(std::span<char> buffer) override {
    if (pending_) return Unexpected(*std::exchange(pending_, std::nullopt));
    // Small buffers are filled by one step, so that nobody who drains would see it in there.
    if (owner_.is_over()) return std::size_t{0};
    std::size_t filled = 0;
    while (filled < buffer.size() && !pending_) {
      const std::span<char> room = buffer.subspan(filled);
      auto got = reader_.read(room.first(std::min(room.size(), kStep)));
      if (!got) {
        pending_ = std::move(got.error());
      } else if (*got == 0) {
        break;
      } else {
        filled += *got;
        given_ += *got;
        owner_.counts_.unpacked += *got;
        if (!owner_.may_expand()) {
          pending_ = limit_error(
              ProblemReason::expands_too_much,
              fmt::format("expands to over {} octets; --max-expansion sets what is admitted",
                          owner_.counts_.unpacked));
        } else if (owner_.is_over()) {
          break;
        }
      }
    }
    if (filled == 0 && pending_) return Unexpected(*std::exchange(pending_, std::nullopt));
    return filled;
  }
  bool error_follows() const noexcept override { return pending_.has_value(); }
  std::optional<std::uint64_t> size() const noexcept override { return size_; }
  std::uint64_t given() const noexcept { return given_; }

 private:
  /// A reader that has gone is noticed after so many octets.
  static constexpr std::size_t kStep = std::size_t{256} * 1024;

  MemberSource& reader_;
  std::optional<std::uint64_t> size_;
  Unpacking& owner_;
  std::uint64_t given_ = 0;
  std::optional<IoError> pending_;
};

void Unpacking::run(FileReader& file, std::string head) {
  path_ = file.path();
  file_size_ = file.size();
  const std::uint64_t before = head.size();
  CountedFile counted(file, *this);
  LayerStream layer(counted, std::move(head));
  const bool whole = unpack(layer, file.size() ? &file : nullptr, {}, 0);
  std::uint64_t taken = layer.taken();
  if (out_of_order_) taken = *file_size_;
  // Of a pipe only its end tells the size.
  if (!file_size_ && !is_over()) layer.drain();
  counts_.size = std::max(file_size_.value_or(0), before + counted.taken());
  (whole ? counts_.gap : counts_.rejected) += counts_.size - std::min(taken, counts_.size);
  out_.finish(counts_);
}

/// Result: false if a part of it could not be read as what it is.
bool Unpacking::unpack(LayerStream& layer, FileReader* seekable, const std::string& member,
                       unsigned depth) {
  const std::string_view head = layer.peek(kContainerSniffBytes);
  const ContainerKind kind = sniff_container(head);
  if (kind == ContainerKind::none) {
    const RecordForm form = fields_.content().empty()
                                ? RecordForm::none
                                : sniff_records(layer.peek(kRecordSniffBytes), fields_);
    if (form != RecordForm::none) return take_records(layer, form, member, depth);
    deliver(layer, member);
    return true;
  }
  if (depth >= limits_.depth) {
    reject(layer,
           limit_error(ProblemReason::nested_too_deep,
                       fmt::format("{} at depth {}; --max-depth admits {}", name_of(kind),
                                   depth + 1, limits_.depth)),
           member, depth);
    return false;
  }
  const auto needed = dictionary_bytes(kind, head);
  if (needed && *needed > limits_.dictionary_bytes) {
    reject(layer, memory_error(kind, *needed), member, depth);
    return false;
  }
  return open_container(layer, seekable, kind, member, depth);
}

IoError Unpacking::memory_error(ContainerKind kind, std::uint64_t needed) const {
  return limit_error(ProblemReason::needs_too_much_memory,
                     fmt::format("{}: asks for {} octets of memory, over the {} admitted",
                                 name_of(kind), needed, limits_.dictionary_bytes));
}

/// A 7z tells behind its members what reading them takes. Empty: no more than is admitted.
std::optional<IoError> Unpacking::seven_zip_error(const FileReader& file) const {
  const auto needed = seven_zip_memory(file, limits_.dictionary_bytes);
  if (!needed || *needed <= limits_.dictionary_bytes) return std::nullopt;
  return memory_error(ContainerKind::seven_zip, *needed);
}

bool Unpacking::open_container(LayerStream& layer, FileReader* seekable, ContainerKind kind,
                               const std::string& member, unsigned depth) {
  if (kind == ContainerKind::pst) return open_pst(layer, seekable, member, depth);
  const bool compression = is_compression(kind);
  const bool ends_with_index = kind == ContainerKind::zip || kind == ContainerKind::seven_zip;
  if (seekable != nullptr && ends_with_index) {
    if (kind == ContainerKind::seven_zip) {
      if (auto error = seven_zip_error(*seekable)) {
        reject(layer, std::move(*error), member, depth);
        return false;
      }
    }
    out_of_order_ = true;
    counts_.packed += *file_size_;
    if (auto done = seekable->seek(0); !done) {
      report(done.error(), member);
      return false;
    }
    ArchiveReader reader(*seekable, seekable, kind);
    return take_entries(reader, compression, member, depth);
  }
  if (kind == ContainerKind::seven_zip) {
    auto copy = spool(layer, limits_.expansion_bytes, stop_);
    if (copy) {
      if (auto error = seven_zip_error(*copy)) {
        counts_.rejected += layer.taken();
        report(std::move(*error), member);
        return false;
      }
    }
    counts_.packed += layer.taken();
    if (!copy) {
      report(copy.error(), member);
      return false;
    }
    ArchiveReader reader(*copy, &*copy, kind);
    return take_entries(reader, compression, member, depth);
  }
  const std::unique_ptr<MemberSource> reader = make_reader(layer, kind);
  const bool whole = take_entries(*reader, compression, member, depth) &&
                     (kind != ContainerKind::tar || has_end_mark(layer, member)) &&
                     (kind != ContainerKind::zip || has_all_members(layer, *reader, member));
  account_for(layer, whole, depth);
  return whole;
}

/// What comes out of it was written anew.
bool Unpacking::open_pst(LayerStream& layer, const FileReader* seekable, const std::string& member,
                         unsigned depth) {
  std::optional<FileReader> copy;
  if (seekable != nullptr) {
    out_of_order_ = true;
    counts_.packed += *file_size_;
  } else {
    auto spooled = spool(layer, limits_.expansion_bytes, stop_);
    counts_.packed += layer.taken();
    if (!spooled) {
      report(spooled.error(), member);
      return false;
    }
    copy.emplace(std::move(*spooled));
  }
  PstReader reader(copy ? *copy : *seekable, admitted_octets(),
                   [this] { return stop_.stop_requested() || is_over(); });
  note_ = MessageNote::written_anew;
  const bool whole = take_entries(reader, false, member, depth);
  note_.reset();
  return whole;
}

/// A tar ends in blocks of zeros; one that was cut off between two members lacks them.
bool Unpacking::has_end_mark(const LayerStream& layer, const std::string& member) {
  const std::string_view tail = layer.tail();
  if (is_over() || tail.find_first_not_of('\0') == std::string_view::npos) return true;
  IoError error = limit_error(ProblemReason::corrupt, "tar: its end mark is missing: cut off?");
  error.offset = layer.taken();
  report(std::move(error), member);
  return false;
}

/// A zip that is read in order: a member whose header is damaged is passed over as if it were not
/// there. The record at the very end tells how many there are, in two octets.
bool Unpacking::has_all_members(LayerStream& layer, const MemberSource& reader,
                                const std::string& member) {
  constexpr std::size_t kRecord = 22;
  constexpr std::size_t kCountAt = 10;
  constexpr std::uint64_t kCounts = 0x10000;
  if (is_over()) return true;
  if (auto error = layer.drain()) {
    report(std::move(*error), member);
    return false;
  }
  const std::string_view tail = layer.tail();
  const std::size_t at = tail.rfind("PK\x05\x06");
  const std::string_view record = tail.substr(std::min(at, tail.size()));
  // Behind a long comment it is not looked for.
  if (is_over() || record.size() < kRecord) return true;
  const std::uint64_t listed = octet(record[kCountAt]) + 256U * octet(record[kCountAt + 1]);
  // All bits set: the count is elsewhere.
  if (listed == kCounts - 1 || listed == reader.entries() % kCounts) return true;
  report(limit_error(ProblemReason::corrupt,
                     fmt::format("zip: its directory lists {} members, but {} were found", listed,
                                 reader.entries())),
         member);
  return false;
}

/// What was read of a layer is packed, and the rest behind its end or of no use.
void Unpacking::account_for(LayerStream& layer, bool whole, unsigned depth) {
  const std::uint64_t consumed = layer.taken();
  counts_.packed += consumed;
  if (depth == 0) return;
  if (!is_over()) layer.drain();
  (whole ? counts_.gap : counts_.rejected) += layer.taken() - consumed;
}

bool Unpacking::take_records(LayerStream& layer, RecordForm form, const std::string& member,
                             unsigned depth) {
  RecordReader reader(layer, fields_, form);
  bool whole = true;
  bool empty = true;
  while (!is_over()) {
    auto record = reader.next();
    if (!record) {
      const ProblemReason reason = record.error().reason;
      const bool goes_on =
          reason == ProblemReason::bad_record || reason == ProblemReason::needs_too_much_memory;
      report(std::move(record.error()), member);
      empty = false;
      if (goes_on) continue;
      whole = false;
      break;
    }
    if (!*record) {
      if (empty) report(limit_error(ProblemReason::no_mail, "it holds no record"), member);
      break;
    }
    empty = false;
    deliver_record(**record, member);
  }
  account_for(layer, whole, depth);
  return whole;
}

void Unpacking::deliver_record(const Record& record, const std::string& member) {
  counts_.unpacked += record.message.size();
  const auto note =
      fields_.holds_headers() ? std::optional(MessageNote::header_alone) : std::nullopt;
  out_.begin_member({joined(member, record.id), record.message.size(), note});
  for (std::string_view rest = record.message; !rest.empty();) {
    const std::span<char> room = out_.room();
    if (room.empty()) break;
    const std::size_t count = std::min(room.size(), rest.size());
    std::copy_n(rest.data(), count, room.data());
    out_.add_octets(count);
    rest.remove_prefix(count);
  }
  out_.end_member(record.message.size(), std::nullopt);
}

bool Unpacking::take_entries(MemberSource& reader, bool compression, const std::string& member,
                             unsigned depth) {
  bool empty = true;
  while (!is_over()) {
    auto entry = reader.next();
    if (!entry) {
      report(std::move(entry.error()), member);
      if (!reader.goes_on()) return false;
      empty = false;
      continue;
    }
    if (!*entry) {
      if (empty && !reader.is_broken()) {
        IoError error = limit_error(ProblemReason::no_mail,
                                    compression ? "it holds no octet" : "it holds no file");
        report(std::move(error), member);
      }
      return !reader.is_broken();
    }
    if ((*entry)->type == Entry::Type::directory) continue;
    empty = false;
    std::string name = (*entry)->name;
    // Without a name it would pass for the container itself.
    if (name.empty()) name = fmt::format("member {}", reader.entries());
    take_entry(reader, **entry, compression ? member : joined(member, name), depth, compression);
  }
  return false;
}

void Unpacking::take_entry(MemberSource& reader, const Entry& entry, const std::string& name,
                           unsigned depth, bool compression) {
  if (entry.type == Entry::Type::link || entry.type == Entry::Type::special) {
    ++(entry.type == Entry::Type::link ? counts_.links : counts_.special);
    return;
  }
  if (entry.encrypted) {
    report(limit_error(ProblemReason::encrypted, "it is encrypted"), name);
    return;
  }
  EntryStream stream(reader, entry.size, *this);
  LayerStream layer(stream);
  const MemberPlace place = compression ? MemberPlace::ordinary : place_of_member(entry.name);
  if (place != MemberPlace::ordinary) {
    ++(place == MemberPlace::hidden ? counts_.hidden : counts_.unfinished);
    if (auto error = layer.drain()) report(std::move(*error), name);
    counts_.passed_over += layer.taken();
  } else {
    unpack(layer, nullptr, name, depth + 1);
  }
  // What was looked at from the front and then not taken.
  counts_.rejected += stream.given() - layer.taken();
}

void Unpacking::deliver(LayerStream& layer, const std::string& member) {
  out_.begin_member({member, layer.size(), note_});
  std::optional<IoError> error;
  while (true) {
    const std::span<char> room = out_.room();
    if (room.empty()) {
      error = layer.drain();
      break;
    }
    auto got = layer.read(room);
    if (!got) {
      error = std::move(got.error());
      break;
    }
    out_.add_octets(*got);
    if (*got < room.size() && !layer.error_follows()) break;
  }
  if (error) name_place(*error, member);
  out_.end_member(layer.taken(), std::move(error));
}

void Unpacking::reject(LayerStream& layer, IoError error, const std::string& member,
                       unsigned depth) {
  report(std::move(error), member);
  if (depth == 0) return;
  layer.drain();
  counts_.rejected += layer.taken();
}

void Unpacking::name_place(IoError& error, const std::string& member) const {
  error.path = path_;
  error.member = member;
}

void Unpacking::report(IoError error, const std::string& member) {
  name_place(error, member);
  out_.add_problem(std::move(error));
}

std::uint64_t Unpacking::admitted_octets() const {
  const std::uint64_t stored = file_size_.value_or(file_taken_);
  std::uint64_t admitted = std::numeric_limits<std::uint64_t>::max();
  if (stored < admitted / limits_.expansion_ratio) admitted = stored * limits_.expansion_ratio;
  admitted = std::max(admitted, kFreeExpansion);
  if (limits_.expansion_bytes != 0) admitted = std::min(admitted, limits_.expansion_bytes);
  return admitted;
}

/// Result: false if more came out of the file than is admitted.
bool Unpacking::may_expand() {
  if (counts_.unpacked > admitted_octets()) over_ = true;
  return !over_;
}

}  // namespace mailassay::io
