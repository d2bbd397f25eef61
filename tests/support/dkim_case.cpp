#include "support/dkim_case.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "dkim/reason.h"
#include "support/exact_copy.h"

namespace mailassay::test {
namespace {

std::string_view word_or_dash(const std::optional<dkim::Match>& match) {
  return match ? dkim::word_of(*match) : std::string_view("-");
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + separator.size();
  }
  return parts;
}

/// True if our result of one signature is what `theirs` says in its suite's own word.
bool means(std::string_view theirs, std::string_view ours) {
  const bool is_error = ours == "neutral" || ours == "permerror";
  if (theirs == "SUCCESS") return ours == "pass";
  if (theirs == "PERMFAIL") return is_error || ours == "fail";  // [RFC6376 3.9]
  if (theirs == "TEMPFAIL") return ours == "temperror";
  if (theirs == "invalid") return is_error || ours == "temperror";
  return theirs == ours;
}

/// True if `ours` is what they say: one word for each signature, or one for the best of them.
bool agrees(std::string_view theirs, std::string_view ours) {
  const auto words = split(theirs, " ");
  auto results = split(ours, ", ");
  for (std::string_view& result : results) result = result.substr(0, result.find(' '));
  if (words.size() != results.size()) {
    const bool any_pass = std::find(results.begin(), results.end(), "pass") != results.end();
    return words.size() == 1 && any_pass == means(theirs, "pass");
  }
  return std::equal(words.begin(), words.end(), results.begin(), means);
}

}  // namespace

std::string dkim_words(std::string_view message, const dns::View& view,
                       const JudgeOptions& options) {
  const ExactCopy copy(message);
  const Dossier dossier = digest(MessageView{copy.view()}, options.limits);
  dns::Needs needs;
  const auto verdict = judge(dossier, view, needs, options);
  if (!verdict) return "needs answers";
  std::string out;
  for (std::size_t i = 0; i < verdict->signatures.size(); ++i) {
    const dkim::SignatureVerdict& signature = verdict->signatures[i];
    if (!out.empty()) out += ", ";
    out += dkim::word_of(signature.status);
    out += ' ';
    out += dkim::entry_of(signature.reason).word;
    out += ' ';
    out += word_or_dash(dossier.signatures[i].body_match);
    out += ' ';
    out += word_or_dash(signature.signature);
  }
  return out.empty() ? "none" : out;
}

void check_dkim_case(const DkimCase& c, std::string_view message, const dns::View& view,
                     const JudgeOptions& options) {
  SCOPED_TRACE(std::string(c.name));
  EXPECT_EQ(dkim_words(message, view, options), c.ours);
  EXPECT_EQ(dkim_words(with_crlf(message), view, options), c.ours) << "with CRLF line ends";
  EXPECT_EQ(c.rule.empty(), agrees(c.theirs, c.ours))
      << "theirs: " << c.theirs << "; a difference has a rule";
  EXPECT_EQ(c.because.empty(), c.rule.empty());
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  char before = '\0';
  for (const char octet : text) {
    if (octet == '\n' && before != '\r') out += '\r';
    out += octet;
    before = octet;
  }
  return out;
}

std::set<std::string> file_names(const std::filesystem::path& folder, std::string_view suffix) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::string name = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_regular_file() && name.ends_with(suffix)) names.insert(std::move(name));
  }
  return names;
}

}  // namespace mailassay::test
