#include "kind/journal_report.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "kind/report_fields.h"

namespace mailassay::kind {
namespace {

enum class Line : std::uint8_t { sender, subject, message_id, to, cc, bcc, other };

struct LineName {
  std::string_view name;
  Line line;
};
constexpr std::array kNames = {
    LineName{"sender", Line::sender},   LineName{"on-behalf-of", Line::other},
    LineName{"subject", Line::subject}, LineName{"message-id", Line::message_id},
    LineName{"recipient", Line::to},    LineName{"to", Line::to},
    LineName{"cc", Line::cc},           LineName{"bcc", Line::bcc},
    LineName{"label", Line::other},     LineName{"sentutc", Line::other},
};

const LineName* find_line(std::string_view name) {
  for (const LineName& one : kNames) {
    if (ascii::equal_ignoring_case(one.name, name)) return &one;
  }
  return nullptr;
}

std::string_view without_brackets(std::string_view value) {
  if (value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
  return value;
}

}  // namespace

std::optional<JournalFacts> read_journal_envelope(std::string_view text, const Limits& limits,
                                                  bool& cut) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  JournalFacts out;
  bool has_sender = false;
  const auto keep = [&](std::string_view value) {
    return kept(value, limits.kind_string_bytes, cut);
  };
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = ascii::trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;
    const std::size_t colon = line.find(':');
    const LineName* const name =
        colon == std::string_view::npos ? nullptr : find_line(line.substr(0, colon));
    if (name == nullptr) return std::nullopt;
    const std::string_view value = ascii::trim(line.substr(colon + 1));
    switch (name->line) {
      case Line::sender:
        has_sender = true;
        out.sender = keep(without_brackets(value));
        break;
      case Line::subject:
        out.subject = keep(value);
        break;
      case Line::message_id:
        out.message_id = keep(value);
        break;
      case Line::to:
      case Line::cc:
      case Line::bcc: {
        ++out.recipients_seen;
        const std::size_t kept_so_far = out.to.size() + out.cc.size() + out.bcc.size();
        if (kept_so_far >= limits.journal_recipients) {
          cut = true;
          break;
        }
        std::vector<std::string>& list = name->line == Line::to   ? out.to
                                         : name->line == Line::cc ? out.cc
                                                                  : out.bcc;
        // "user@example.org, Expanded: list@example.org", "..., Forwarded: ...": the first is it.
        list.push_back(keep(without_brackets(ascii::trim(value.substr(0, value.find(','))))));
        break;
      }
      case Line::other:
        break;
    }
  }
  if (!has_sender || out.message_id.empty()) return std::nullopt;
  return out;
}

}  // namespace mailassay::kind
