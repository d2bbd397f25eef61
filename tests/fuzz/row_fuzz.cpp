// Whatever strings get into a row, it is one line of JSON and says what it was told.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "message/encoded_word.h"
#include "report/printable.h"
#include "report/row.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text(data, size));
  const std::string shown = message::to_valid_utf8(text);
  demand(message::is_valid_utf8(shown) &&
         message::is_valid_utf8(message::decode_unstructured(text)));
  Dossier dossier;
  dossier.message_id = dossier.subject = text;
  dossier.has_subject = true;
  dossier.from = {text};
  dkim::SignatureFacts& facts = dossier.signatures.emplace_back();
  facts.domain = facts.selector = facts.auid = facts.signature_prefix = text;
  Verdict verdict;
  dkim::SignatureVerdict& signature = verdict.signatures.emplace_back();
  signature.key = dkim::KeyUsed{{}, 0, text, {}, {}, text};

  const report::Redaction redaction("key");
  for (const bool redacted : {false, true}) {
    report::RowText row;
    report::RowOptions options;
    options.evidence = true;
    if (redacted) options.redaction = &redaction;
    report::append_row({text, text, 1, 2, 3}, dossier, std::move(verdict), options, row);
    demand(row.text.find('\n') == row.text.size() - 1);
    const auto json = nlohmann::json::parse(row.text, nullptr, false);
    demand(!json.is_discarded() && json["origin"]["archive"] == shown);
    demand(redacted || json["subject"] == shown);
    demand(json["dkim"][0]["key"]["record"] == shown);
  }
  for (const char c : report::printable(text, 100)) {
    demand(static_cast<unsigned char>(c) >= 0x20 && c != '\x7F');
  }
  return 0;
}
