#include "mkcorpus/container_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "mkcorpus/output_file.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

/// Containers have a date of their own; equal options are to give equal files.
constexpr std::int64_t kFileTime = 1700000000;

/// Through libarchive: members, or one compressed mbox.
class ArchiveWriter final : public ContainerWriter {
 public:
  ArchiveWriter(std::filesystem::path path, const std::string& kind)
      : path_(std::move(path)), is_mbox_(kind.starts_with("mbox.")), archive_(archive_write_new()) {
    if (archive_ == nullptr) throw WriteError(path_, ENOMEM);
    if (is_mbox_) check(archive_write_set_format_raw(archive_.get()));
    if (kind.starts_with("tar")) check(archive_write_set_format_pax_restricted(archive_.get()));
    if (kind == "zip") check(archive_write_set_format_zip(archive_.get()));
    if (kind == "7z") check(archive_write_set_format_7zip(archive_.get()));
    if (kind.ends_with(".gz")) check(archive_write_add_filter_gzip(archive_.get()));
    if (kind.ends_with(".gz"))
      archive_write_set_filter_option(archive_.get(), "gzip", "timestamp", nullptr);
    if (kind.ends_with(".zst")) check(archive_write_add_filter_zstd(archive_.get()));
    if (kind.ends_with(".xz")) check(archive_write_add_filter_xz(archive_.get()));
    check(archive_write_open_filename(archive_.get(), path_.c_str()));
    if (is_mbox_) begin("mail.mbox", -1);
  }

  void add(std::uint64_t index, std::string_view postmark, std::string_view text) override {
    if (is_mbox_) {
      put(postmark);
      put(text);
      put("\n");
      return;
    }
    begin(fmt::format("mail/{:07}.eml", index), static_cast<std::int64_t>(text.size()));
    put(text);
  }

  void close() override { check(archive_write_close(archive_.get())); }

 private:
  struct Closer {
    void operator()(archive* opened) const noexcept { archive_write_free(opened); }
  };

  void check(int code) {
    if (code >= ARCHIVE_WARN) return;
    const int error = archive_errno(archive_.get());
    throw WriteError(path_, error == 0 ? EIO : error);
  }
  void begin(const std::string& name, std::int64_t size) {
    archive_entry* const entry = archive_entry_new();
    if (entry == nullptr) throw WriteError(path_, ENOMEM);
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, kFileTime, 0);
    if (size >= 0) archive_entry_set_size(entry, size);
    const int code = archive_write_header(archive_.get(), entry);
    archive_entry_free(entry);
    check(code);
  }
  void put(std::string_view octets) {
    if (archive_write_data(archive_.get(), octets.data(), octets.size()) < 0) check(ARCHIVE_FATAL);
  }

  std::filesystem::path path_;
  bool is_mbox_;
  std::unique_ptr<archive, Closer> archive_;
};

/// A file for each message.
class FolderWriter final : public ContainerWriter {
 public:
  FolderWriter(std::filesystem::path path, std::string kind)
      : path_(std::move(path)), kind_(std::move(kind)) {
    for (const char* below : {"cur", "new", "tmp"}) {
      std::error_code error;
      std::filesystem::create_directories(kind_ == "maildir" ? path_ / below : path_, error);
      if (error) throw WriteError(path_, error.value());
    }
  }

  void add(std::uint64_t index, std::string_view /*postmark*/, std::string_view text) override {
    std::string name = fmt::format("{}", 1'000'000 + index);
    if (kind_ == "maildir") {
      name = fmt::format("cur/{}.M1P1.host,S={}:2,S", kFileTime + static_cast<std::int64_t>(index),
                         text.size());
    }
    if (kind_ == "emlx") name += ".emlx";
    OutputFile file(path_ / name);
    if (kind_ == "emlx") file.write(fmt::format("{:<10}\n", text.size()));
    file.write(text);
    if (kind_ == "emlx") {
      file.write(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<plist version=\"1.0\">\n<dict>\n\t<key>flags</key>\n\t<integer>1</integer>\n</dict>\n"
          "</plist>\n");
    }
    file.close();
  }

  void close() override {}

 private:
  std::filesystem::path path_;
  std::string kind_;
};

/// Records: NDJSON with the message in base64, CSV with it quoted.
class RecordWriter final : public ContainerWriter {
 public:
  RecordWriter(const std::filesystem::path& path, bool json) : file_(path), json_(json) {
    if (!json_) file_.write("id,subject,raw\r\n");
  }

  void add(std::uint64_t index, std::string_view /*postmark*/, std::string_view text) override {
    if (json_) {
      file_.write(fmt::format("{{\"id\":\"{:07}\",\"kind\":\"mail\",\"raw\":\"{}\"}}\n", index,
                              base64_encoded(text)));
      return;
    }
    file_.write(fmt::format("{:07},\"a \"\"quoted\"\" subject, and more\",\"", index));
    std::string doubled;
    for (const char c : text) {
      doubled += c;
      if (c == '"') doubled += c;
    }
    file_.write(doubled);
    file_.write("\"\r\n");
  }

  void close() override { file_.close(); }

 private:
  OutputFile file_;
  bool json_;
};

}  // namespace

const std::vector<std::string>& container_kinds() {
  static const std::vector<std::string> kinds = {
      "tar",  "tar.gz",  "tar.zst",  "zip",     "7z",     "maildir", "mh",
      "emlx", "mbox.gz", "mbox.zst", "mbox.xz", "ndjson", "csv"};
  return kinds;
}

std::vector<std::string> containers_named(std::string_view list) {
  std::vector<std::string> named;
  const std::vector<std::string>& kinds = container_kinds();
  while (true) {
    const std::string_view name = list.substr(0, list.find(','));
    if (name == "all") {
      named = kinds;
    } else if (std::find(kinds.begin(), kinds.end(), name) == kinds.end()) {
      return {};
    } else {
      named.emplace_back(name);
    }
    if (name.size() == list.size()) return named;
    list.remove_prefix(name.size() + 1);
  }
}

std::unique_ptr<ContainerWriter> make_container(const std::filesystem::path& folder,
                                                const std::string& kind) {
  if (kind == "maildir" || kind == "mh" || kind == "emlx") {
    return std::make_unique<FolderWriter>(folder / kind, kind);
  }
  const std::filesystem::path path = folder / ("mail." + kind);
  if (kind == "ndjson" || kind == "csv") {
    return std::make_unique<RecordWriter>(path, kind == "ndjson");
  }
  return std::make_unique<ArchiveWriter>(path, kind);
}

}  // namespace mkcorpus
