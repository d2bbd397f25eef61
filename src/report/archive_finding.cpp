#include "report/archive_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/json_value.h"
#include "report/printable.h"
#include "report/summary.h"

namespace mailassay::report {
namespace {

constexpr std::size_t kShownArchives = 10;

}  // namespace

std::string archive_findings(const ScanSummary& summary) {
  std::string text;
  if (summary.damaged_archive_count == 0) return text;
  const std::back_insert_iterator<std::string> out(text);
  fmt::format_to(out, "\nArchives whose store or export damaged their mail: {}\n",
                 grouped(summary.damaged_archive_count));
  const std::size_t shown = std::min(summary.damaged_archives.size(), kShownArchives);
  for (std::size_t i = 0; i < shown; ++i) {
    const DamagedArchive& archive = summary.damaged_archives[i];
    const ArchiveFormVerdict& form = archive.form;
    fmt::format_to(out, "  {}\n",
                   archive.path == "-" ? "standard input" : printable(archive.path, 200));
    fmt::format_to(out,
                   "    the bodies of {} of {} unrelated signers differ, {} of {} messages: that "
                   "is no change of single messages\n",
                   grouped(form.signers_failing),
                   grouped(std::uint64_t{form.signers_failing} + form.signers_fitting),
                   grouped(form.messages_failing),
                   grouped(form.messages_failing + form.messages_fitting));
    if (archive.altered == 0) continue;
    fmt::format_to(out, "    {} of them are called altered: not by their senders or on the way\n",
                   grouped(archive.altered));
  }
  if (summary.damaged_archive_count > shown) {
    fmt::format_to(out, "  ... and {} more\n", grouped(summary.damaged_archive_count - shown));
  }
  return text;
}

void append_archive_findings(const ScanSummary& summary, std::string& out) {
  append_key("damaged_archive_count", out);
  append_json_number(summary.damaged_archive_count, out);
  append_key("damaged_archives", out);
  const auto append_count = [&](std::string_view key, std::uint64_t count) {
    append_key(key, out);
    append_json_number(count, out);
  };
  append_array(
      summary.damaged_archives,
      [&](const DamagedArchive& archive) {
        out.append("{\"path\":");
        append_json_string(archive.path, out);
        append_count("messages_failing", archive.form.messages_failing);
        append_count("messages_fitting", archive.form.messages_fitting);
        append_count("signers_failing", archive.form.signers_failing);
        append_count("signers_fitting", archive.form.signers_fitting);
        append_count("messages_not_counted", archive.form.messages_not_counted);
        append_count("altered", archive.altered);
        out.push_back('}');
      },
      out);
}

}  // namespace mailassay::report
