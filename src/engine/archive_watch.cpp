#include "engine/archive_watch.h"

namespace mailassay::engine {

void ArchiveWatch::Watched::add(const ArchiveSample& sample) {
  form.add(sample.body.organization, sample.body.body_fits);
  if (sample.is_altered && !sample.body.body_fits) ++altered;
}

void ArchiveWatch::take(const ArchiveSample& sample) {
  const bool is_other_path = archive_ && sample.path != path_;
  if (archive_ && (is_other_path || sample.archive != *archive_)) end_file();
  if (is_other_path) end_path();
  archive_ = sample.archive;
  path_ = sample.path;
  file_.add(sample);
  whole_path_.add(sample);
}

void ArchiveWatch::end_file() {
  if (file_.form.verdict().damages_bodies) {
    add_finding(*archive_, std::nullopt, file_);
    file_was_found_ = true;
  }
  file_ = {};
}

void ArchiveWatch::end_path() {
  if (!file_was_found_ && whole_path_.form.verdict().damages_bodies) {
    add_finding({}, path_, whole_path_);
  }
  whole_path_ = {};
  file_was_found_ = false;
}

void ArchiveWatch::add_finding(std::string name, std::optional<std::size_t> path,
                               const Watched& watched) {
  ++count_;
  if (found_.size() == kMaxDamagedArchives) return;
  found_.emplace_back(path,
                      DamagedArchive{std::move(name), watched.form.verdict(), watched.altered});
}

void ArchiveWatch::finish(ScanSummary& summary) {
  if (archive_) {
    end_file();
    end_path();
    archive_.reset();
  }
  for (auto& [path, finding] : found_) {
    if (path && *path < summary.accounts.size()) finding.path = summary.accounts[*path].path;
    summary.damaged_archives.push_back(std::move(finding));
  }
  found_.clear();
  summary.damaged_archive_count = count_;
}

}  // namespace mailassay::engine
