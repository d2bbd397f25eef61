#include "mkcorpus/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "mkcorpus/container_writer.h"
#include "mkcorpus/corpus_message.h"
#include "mkcorpus/dns_files.h"
#include "mkcorpus/ordered_work.h"
#include "mkcorpus/output_file.h"
#include "mkcorpus/scan_setup.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::uint64_t kPieceMessages = 64;
constexpr std::uint64_t kEmlPerFolder = 1000;
constexpr std::uint64_t kMessagesPerDomain = 115;
constexpr std::size_t kFewestDomains = 16;
constexpr std::size_t kSenders = 500;

/// Some messages in a row, ready for the files. Extents count from the beginning of the piece.
struct Piece {
  std::string mbox;
  std::vector<MessageTruth> truths;
  std::vector<Extent> extents;
};

std::filesystem::path eml_folder(const CorpusOptions& options, std::uint64_t index) {
  return options.folder / "eml" / fmt::format("{:03}", index / kEmlPerFolder);
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw WriteError(path, error.value());
}

void make_folders(const CorpusOptions& options) {
  make_folder(options.folder);
  if (!options.eml) return;
  for (std::uint64_t i = 0; i < options.messages; i += kEmlPerFolder) {
    make_folder(eml_folder(options, i));
  }
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  file.close();
}

using MakeMessage = std::function<CorpusMessage(std::uint64_t index)>;

Piece make_piece(const CorpusOptions& options, const MakeMessage& make, std::uint64_t number) {
  Piece piece;
  const std::uint64_t first = number * kPieceMessages;
  const std::uint64_t last = std::min(first + kPieceMessages, options.messages);
  for (std::uint64_t index = first; index < last; ++index) {
    CorpusMessage message = make(index);
    if (options.eml) {
      write_file(eml_folder(options, index) / fmt::format("{:06}.eml", index), message.text);
    }
    piece.mbox.append(message.postmark).append("\n");
    const std::string stored =
        message.keeps_line_ends ? std::move(message.text) : with_lf(message.text);
    piece.extents.push_back({piece.mbox.size(), stored.size()});
    piece.mbox.append(stored).append("\n");
    piece.truths.push_back(std::move(message.truth));
  }
  return piece;
}

std::size_t domain_count(const CorpusOptions& options) {
  if (options.domains > 0) return options.domains;
  return std::max(kFewestDomains, static_cast<std::size_t>(options.messages / kMessagesPerDomain));
}

std::size_t thread_count(const CorpusOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1U, std::thread::hardware_concurrency());
}

/// Puts the pieces into mail.mbox and truth.ndjson.
class MailWriter {
 public:
  explicit MailWriter(const CorpusOptions& options)
      : mbox_(options.folder / "mail.mbox"), truth_(options.folder / "truth.ndjson") {
    for (const std::string& kind : options.containers) {
      containers_.push_back(make_container(options.folder, kind));
    }
  }

  void add(const Piece& piece, CorpusSummary& summary) {
    for (std::size_t i = 0; i < piece.truths.size(); ++i) {
      const Extent extent = piece.extents[i];
      truth_.write(truth_row(piece.truths[i], {mbox_.size() + extent.offset, extent.length}));
      add_to_containers(piece, i, summary.messages);
      ++summary.messages;
      summary.signatures += piece.truths[i].signatures.size();
      summary.message_bytes += extent.length;
    }
    mbox_.write(piece.mbox);
    summary.mbox_bytes = mbox_.size();
  }

  void close() {
    mbox_.close();
    truth_.close();
    for (const auto& container : containers_) container->close();
  }

 private:
  void add_to_containers(const Piece& piece, std::size_t at, std::uint64_t index) {
    const Extent extent = piece.extents[at];
    // Behind the message before it stands one empty line.
    const std::size_t begin =
        at == 0 ? 0 : piece.extents[at - 1].offset + piece.extents[at - 1].length + 1;
    const std::string_view mbox = piece.mbox;
    for (const auto& container : containers_) {
      container->add(index, mbox.substr(begin, extent.offset - begin),
                     mbox.substr(extent.offset, extent.length));
    }
  }

  OutputFile mbox_;
  OutputFile truth_;
  std::vector<std::unique_ptr<ContainerWriter>> containers_;
};

/// Makes all messages and writes mail.mbox and truth.ndjson.
CorpusSummary write_mail(const CorpusOptions& options, const MakeMessage& make,
                         const Progress& progress) {
  CorpusSummary summary;
  MailWriter writer(options);
  const std::uint64_t pieces = (options.messages + kPieceMessages - 1) / kPieceMessages;
  do_in_order<Piece>(
      pieces, thread_count(options),
      [&](std::uint64_t number) { return make_piece(options, make, number); },
      [&](const Piece& piece) {
        writer.add(piece, summary);
        if (progress) progress(summary.messages);
      });
  writer.close();
  return summary;
}

CorpusSummary write_plain_corpus(const CorpusOptions& options, const Progress& progress) {
  const KeyPool pool = KeyPool::load();
  const KeyDirectory directory(pool, options.seed, domain_count(options));
  std::vector<KeyName> names = directory.names();
  std::optional<Forwarders> forwarders;
  if (options.arc) {
    forwarders.emplace(pool, options.seed);
    names.insert(names.end(), forwarders->names().begin(), forwarders->names().end());
  }
  const CorpusPlan plan{&directory,      options.seed,
                        options.small,   forwarders ? &*forwarders : nullptr,
                        options.damages, options.damage_percent};
  make_folders(options);
  write_file(options.folder / "dns.ndjson", cof_rows(names));
  write_file(options.folder / "dns.zone", zone_text(names));
  CorpusSummary summary = write_mail(
      options, [&](std::uint64_t index) { return make_message(plan, index); }, progress);
  summary.key_names = names.size();
  return summary;
}

/// The scenario of that message; null: ordinary mail. Each scenario occurs, evenly spread.
const Fixture* fixture_of(const CorpusOptions& options, std::uint64_t index) {
  if (options.fixtures.empty()) return nullptr;
  const std::uint64_t share = std::max<std::uint64_t>(
      options.messages * options.fixture_percent / 100, options.fixtures.size());
  const std::uint64_t before = index * share / options.messages;
  if ((index + 1) * share / options.messages == before) return nullptr;
  return options.fixtures[before % options.fixtures.size()];
}

CorpusSummary write_envelope_corpus(const CorpusOptions& options, const Progress& progress) {
  const KeyPool pool = KeyPool::load();
  const World world(pool, options.seed, options.domains > 0 ? options.domains : kSenders);
  make_folders(options);
  write_file(options.folder / "dns.ndjson", world.dns().cof_rows());
  write_file(options.folder / "dns.zone", world.dns().zone_text());
  write_file(options.folder / "scan.args", scan_arguments());
  write_file(options.folder / "mailassay.toml", scan_configuration());
  CorpusSummary summary = write_mail(
      options,
      [&](std::uint64_t index) {
        Journey journey(world, options.seed, index, options.small);
        const Fixture* fixture = fixture_of(options, index);
        if (fixture == nullptr) return make_ordinary(journey);
        journey.truth().fixture = fixture->name;
        return fixture->make(journey);
      },
      progress);
  summary.key_names = world.key_names();
  return summary;
}

}  // namespace

CorpusSummary write_corpus(const CorpusOptions& options, const Progress& progress) {
  const bool has_envelopes = options.envelope || !options.fixtures.empty();
  return has_envelopes ? write_envelope_corpus(options, progress)
                       : write_plain_corpus(options, progress);
}

}  // namespace mkcorpus
