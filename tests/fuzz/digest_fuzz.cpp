// A message becomes a dossier of bounded size, the same in whatever pieces it comes, and a row that
// is JSON.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "dossier/digester.h"
#include "message/encoded_word.h"
#include "report/explain.h"
#include "report/row.h"
#include "verdict/batch_judge.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

/// Knows no key of anybody.
class Ignorance final : public dns::View {
 public:
  const dns::Answer* find(const dns::Question&) const override { return &answer_; }

 private:
  dns::Answer answer_{{dns::Sighting{}}};
};

std::string row_of(const Dossier& dossier, Verdict verdict) {
  report::RowText row;
  report::RowOptions options;
  options.evidence = true;
  report::append_row({"a", "", 0, 0, 0}, dossier, std::move(verdict), options, row);
  return row.text;
}

std::size_t size_of(const Dossier& dossier) {
  std::size_t size = dossier.message_id.size() + dossier.subject.size();
  for (const auto& text : dossier.from) size += text.size();
  for (const auto& text : dossier.from_domains) size += text.size();
  for (const auto& facts : dossier.signatures) {
    size += facts.domain.size() + facts.selector.size() + facts.auid.size();
  }
  return size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view message = as_text(data, size);
  Limits limits;
  limits.row_string_bytes = 64;
  limits.from_addresses = 4;
  limits.signatures = 4;
  Digester digester(limits);
  const Dossier dossier = digester.digest(message);
  demand(size_of(dossier) <= 64 * (2 + 2 * 4) + 5 * (64 + 253 * 2));
  demand(dossier.signatures.size() <= 5 && dossier.from.size() == dossier.from_domains.size());
  demand(message::is_valid_utf8(dossier.subject) && message::is_valid_utf8(dossier.message_id));

  const Ignorance ignorance;
  dns::Needs needs;
  const auto verdict = judge(dossier, ignorance, needs, {});
  demand(verdict && needs.empty());
  const std::string row = row_of(dossier, *verdict);
  const auto json = nlohmann::json::parse(row, nullptr, false);
  demand(!json.is_discarded() && row.find('\n') == row.size() - 1);
  demand(json["dkim"].size() == dossier.signatures.size());
  report::explain_text({}, dossier, *verdict);

  const std::size_t body = find_body(message);
  if (body == std::string_view::npos || body > limits.header_bytes) return 0;
  digester.begin(message.substr(0, body));
  for (std::size_t at = body; at < size; at += 7) digester.feed(message.substr(at, 7));
  demand(row_of(digester.finish(), *verdict) == row);
  return 0;
}
