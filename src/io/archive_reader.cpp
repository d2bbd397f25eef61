#include "io/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <cstdio>
#include <string_view>
#include <utility>

namespace mailassay::io {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} * 1024;

int filter_code(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::zstd:
      return ARCHIVE_FILTER_ZSTD;
    case ContainerKind::xz:
      return ARCHIVE_FILTER_XZ;
    case ContainerKind::bzip2:
      return ARCHIVE_FILTER_BZIP2;
    case ContainerKind::lz4:
      return ARCHIVE_FILTER_LZ4;
    default:
      return ARCHIVE_FILTER_NONE;
  }
}

Entry::Type type_of(archive_entry* entry, bool has_octets) {
  if (archive_entry_hardlink(entry) != nullptr && !has_octets) return Entry::Type::link;
  switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
      return Entry::Type::directory;
    case AE_IFLNK:
      return Entry::Type::link;
    case AE_IFREG:
    case 0:  // raw and some zip writers give no type
      return Entry::Type::file;
    default:
      return Entry::Type::special;
  }
}

std::string name_of_entry(archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  return name == nullptr ? std::string() : name;
}

/// True if libarchive's words mean a lack of its own and not a fault of the file.
bool is_unsupported(std::string_view text) {
  for (const std::string_view word : {"upport", "Unknown codec", "unknown codec"}) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

ProblemReason reason_of(std::string_view text) {
  if (text.find("ncrypt") != std::string_view::npos ||
      text.find("assphrase") != std::string_view::npos) {
    return ProblemReason::encrypted;
  }
  if (text.find("emory") != std::string_view::npos) return ProblemReason::needs_too_much_memory;
  return is_unsupported(text) ? ProblemReason::unsupported : ProblemReason::corrupt;
}

}  // namespace

void ArchiveReader::Closer::operator()(archive* opened) const noexcept {
  archive_read_free(opened);
}

ArchiveReader::ArchiveReader(OctetStream& below, FileReader* seekable, ContainerKind kind)
    : below_(below),
      seekable_(seekable),
      kind_(kind),
      buffer_(kReadBytes),
      archive_(archive_read_new()) {}

ArchiveReader::~ArchiveReader() = default;

long ArchiveReader::on_read(archive* of, void* self, const void** buffer) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  *buffer = reader.buffer_.data();
  const auto got = reader.below_.read(reader.buffer_);
  if (got) {
    reader.count({reader.buffer_.data(), *got});
    return static_cast<long>(*got);
  }
  reader.below_error_ = got.error();
  archive_set_error(of, got.error().error_number, "%s", "cannot read");
  return ARCHIVE_FATAL;
}

void ArchiveReader::count(std::string_view octets) {
  chunk_ = octets;
  read_ += octets.size();
  below_at_end_ = octets.empty();
  const std::size_t last = octets.find_last_not_of('\0');
  if (last == std::string_view::npos) {
    zeros_at_end_ += octets.size();
  } else {
    zeros_at_end_ = octets.size() - last - 1;
  }
}

/// Zeros behind the end mark of a tar that do not fill a block are called cut off.
bool ArchiveReader::ends_in_zeros() const {
  constexpr std::uint64_t kBlock = 512;
  return kind_ == ContainerKind::tar && below_at_end_ && zeros_at_end_ >= kBlock + read_ % kBlock;
}

/// What stands behind the end, other than zeros, is no padding: it may well be a further part whose
/// first octets are damaged.
std::optional<IoError> ArchiveReader::stray_error() {
  const bool is_compressed = is_compression(kind_);
  if (!is_compressed && kind_ != ContainerKind::cpio) return std::nullopt;
  const auto used = archive_filter_bytes(archive_.get(), is_compressed ? 1 : 0);
  if (used < 0 || static_cast<std::uint64_t>(used) > read_) return std::nullopt;
  std::uint64_t left = read_ - static_cast<std::uint64_t>(used);
  if (left == 0) {
    const auto got = below_.read(buffer_);
    if (!got) return got.error();
    count({buffer_.data(), *got});
    left = *got;
  }
  if (left <= zeros_at_end_) return std::nullopt;
  broken_ = dead_ = true;
  IoError made{0,
               {},
               offset_,
               std::string(name_of(kind_)) + ": what is behind its end is no " +
                   std::string(name_of(kind_))};
  made.reason = ProblemReason::corrupt;
  return made;
}

std::int64_t ArchiveReader::on_seek(archive* of, void* self, std::int64_t offset, int whence) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  const auto size = static_cast<std::int64_t>(reader.seekable_->size().value_or(0));
  std::int64_t base = 0;
  if (whence == SEEK_CUR) base = static_cast<std::int64_t>(reader.seekable_->offset());
  if (whence == SEEK_END) base = size;
  // A place before the front or behind the end is what a broken file asks for.
  if (offset > size - base || offset < -base) {
    archive_set_error(of, 0, "%s", "a place outside of the file is referred to");
    return ARCHIVE_FATAL;
  }
  const auto place = static_cast<std::uint64_t>(base + offset);
  if (const auto done = reader.seekable_->seek(place); !done) {
    reader.below_error_ = done.error();
    return ARCHIVE_FATAL;
  }
  return base + offset;
}

void ArchiveReader::choose_format() {
  archive* const of = archive_.get();
  switch (kind_) {
    case ContainerKind::tar:
      archive_read_support_format_tar(of);
      // `cat a.tar b.tar`: what is behind the first end mark is not lost.
      archive_read_set_format_option(of, "tar", "read_concatenated_archives", "1");
      break;
    case ContainerKind::cpio:
      archive_read_support_format_cpio(of);
      break;
    case ContainerKind::zip:
      archive_read_support_format_zip_streamable(of);
      if (seekable_ != nullptr) archive_read_support_format_zip_seekable(of);
      break;
    case ContainerKind::seven_zip:
      archive_read_support_format_7zip(of);
      break;
    default:
      archive_read_support_format_raw(of);
      archive_read_support_format_empty(of);
      archive_read_append_filter(of, filter_code(kind_));
  }
}

bool ArchiveReader::open() {
  archive* const of = archive_.get();
  if (of == nullptr) return false;
  choose_format();
  archive_read_set_callback_data(of, this);
  archive_read_set_read_callback(of, [](archive* inner, void* self, const void** buffer) {
    return static_cast<la_ssize_t>(on_read(inner, self, buffer));
  });
  if (seekable_ != nullptr) {
    archive_read_set_seek_callback(
        of, [](archive* inner, void* self, la_int64_t offset, int whence) -> la_int64_t {
          return on_seek(inner, self, offset, whence);
        });
  }
  const int code = archive_read_open1(of);
  // What breaks before its first octet is called empty, with the reason left beside it.
  return code >= ARCHIVE_WARN && archive_error_string(of) == nullptr && !below_error_;
}

/// What libarchive says, in our form. Below its least level nothing can be read on.
IoError ArchiveReader::error(int code) {
  if (code <= ARCHIVE_FATAL) dead_ = true;
  member_dead_ = true;
  broken_ = broken_ || dead_;
  if (below_error_) {
    broken_ = dead_ = true;
    return *std::exchange(below_error_, std::nullopt);
  }
  const char* const said = archive_ ? archive_error_string(archive_.get()) : nullptr;
  const std::string text = said == nullptr ? "it is broken" : said;
  IoError made{0, {}, offset_, std::string(name_of(kind_)) + ": " + text};
  made.reason = reason_of(text);
  if (archive_read_has_encrypted_entries(archive_.get()) > 0 &&
      made.reason == ProblemReason::corrupt) {
    made.reason = ProblemReason::encrypted;
  }
  return made;
}

IoError ArchiveReader::damaged(const char* what) {
  broken_ = true;
  IoError made{0, {}, read_, std::string(name_of(kind_)) + ": " + what};
  made.reason = ProblemReason::corrupt;
  return made;
}

/// Goes to the next header that can be read. libarchive passes over those of a tar that are damaged
/// one by one, and over octets of a cpio in one go: `damage` tells of it.
int ArchiveReader::next_header(archive_entry*& entry, std::optional<IoError>& damage) {
  archive* const of = archive_.get();
  int code = archive_read_next_header(of, &entry);
  while (code == ARCHIVE_RETRY) {
    if (!damage) damage = damaged("a header is damaged; what follows is looked for behind it");
    code = archive_read_next_header(of, &entry);
  }
  const char* const said = code == ARCHIVE_WARN ? archive_error_string(of) : nullptr;
  if (said != nullptr && std::string_view(said).starts_with("Skipped")) damage = damaged(said);
  return code;
}

Result<std::optional<Entry>, IoError> ArchiveReader::next() {
  if (held_) return std::exchange(held_, std::nullopt);
  if (dead_) return std::optional<Entry>();
  if (!opened_ && !open()) return Unexpected(error(ARCHIVE_FATAL));
  opened_ = true;
  archive_entry* entry = nullptr;
  std::optional<IoError> damage;
  const int code = next_header(entry, damage);
  goes_on_ = damage.has_value();
  offset_ = 0;
  member_dead_ = false;
  if (code == ARCHIVE_EOF || (code <= ARCHIVE_FATAL && ends_in_zeros())) {
    dead_ = true;
    if (damage) return Unexpected(std::move(*damage));
    return at_end();
  }
  if (code < ARCHIVE_WARN) {
    dead_ = true;
    goes_on_ = false;
    return Unexpected(error(code));
  }
  ++entries_;
  Entry found;
  found.name = name_of_entry(entry);
  if (archive_entry_size_is_set(entry) != 0) {
    found.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  found.type = type_of(entry, found.size.value_or(0) > 0);
  found.encrypted = archive_entry_is_encrypted(entry) != 0;
  if (!damage) return std::optional(std::move(found));
  held_ = std::move(found);
  return Unexpected(std::move(*damage));
}

Result<std::optional<Entry>, IoError> ArchiveReader::at_end() {
  if (!is_compression(kind_)) {
    if (auto stray = stray_error()) return Unexpected(std::move(*stray));
  }
  return std::optional<Entry>();
}

Result<std::size_t, IoError> ArchiveReader::read(std::span<char> buffer) {
  if (member_dead_ || dead_) return std::size_t{0};
  la_ssize_t got = ARCHIVE_RETRY;
  while (got == ARCHIVE_RETRY)
    got = archive_read_data(archive_.get(), buffer.data(), buffer.size());
  if (got < 0) return Unexpected(error(static_cast<int>(got)));
  if (got == 0 && is_compression(kind_)) {
    if (auto stray = stray_error()) return Unexpected(std::move(*stray));
  }
  offset_ += static_cast<std::uint64_t>(got);
  return static_cast<std::size_t>(got);
}

}  // namespace mailassay::io
