#include "kind/bounce_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>

#include "base/ascii.h"
#include "kind/bounce_category.h"
#include "kind/delivery_status.h"
#include "kind/field_marks.h"
#include "kind/report_fields.h"

namespace mailassay::kind {
namespace {

/// The sentence that tells the server stands near the beginning.
constexpr std::size_t kMostIntroduction = 2048;
/// Recipients stand within so many octets; the rest is what came back.
constexpr std::size_t kMostText = std::size_t{64} * 1024;

struct Shape {
  std::string_view sentence;  ///< lower case
  DsnForm form;
};
constexpr std::array kShapes = {
    Shape{"hi. this is the", DsnForm::qsbmf},
    Shape{"this message was created automatically by mail delivery software", DsnForm::exim},
    Shape{"this message was created automatically by the mail system", DsnForm::exim},
    Shape{"a message that you sent could not be delivered", DsnForm::exim},
    Shape{"this is the mail system at host", DsnForm::postfix},
    Shape{"this is the postfix program at host", DsnForm::postfix},
    Shape{"----- the following addresses had ", DsnForm::sendmail},
    Shape{"----- the following addresses have delivery notifications", DsnForm::sendmail},
    Shape{"----- transcript of session follows -----", DsnForm::sendmail},
    Shape{"delivery to the following recipient failed permanently", DsnForm::gmail},
    Shape{"delivery to the following recipients failed permanently", DsnForm::gmail},
    Shape{"delivery to the following recipient has been delayed", DsnForm::gmail},
    Shape{"your message wasn't delivered to", DsnForm::gmail},
    Shape{"delivery has failed to these recipients or", DsnForm::exchange},
    Shape{"your message did not reach some or all of the intended recipients", DsnForm::exchange},
    Shape{"the following recipient(s) could not be reached", DsnForm::exchange},
    Shape{"delivery to the following recipients failed.", DsnForm::exchange},
    Shape{"this is an automatically generated delivery status notification", DsnForm::exchange},
    Shape{"was not delivered to:", DsnForm::notes},
};

/// Lines behind which stands what came back, or talk for administrators.
constexpr std::string_view kEnds[] = {
    "--- below this line is a copy of the message",
    "--- enclosed are the original headers",
    "------ this is a copy of",
    "----- original message",
    "----- message header follows",
    "----- unsent message follows",
    "----- message text follows",
    "----- transcript of session follows",
    "original message headers:",
    "diagnostic information for administrators",
    "original message follows",
    "reporting-mta:",
};

/// Sentences by which a server says that it goes on trying.
constexpr std::string_view kDelays[] = {
    "has not yet been delivered", "has been delayed",       "delivery is delayed",
    "this is a warning message",  "this is only a warning", "will be retried",
};

bool tells_delay(std::string_view introduction) {
  return std::any_of(std::begin(kDelays), std::end(kDelays),
                     [&](std::string_view sentence) { return contains(introduction, sentence); });
}

bool is_end_of_address(char c) {
  return ascii::is_fws_octet(c) || c == '>' || c == ':' || c == ',' || c == '(' || c == '\'' ||
         c == '"' || c == '<' || c == ';';
}

/// An address in front of a line, and what stands behind it.
struct AddressLine {
  std::string_view address;
  std::string_view rest;
};

std::optional<AddressLine> read_address_line(std::string_view line) {
  const bool is_bracketed = line.starts_with('<');
  if (is_bracketed) line.remove_prefix(1);
  std::size_t size = 0;
  while (size < line.size() && !is_end_of_address(line[size])) ++size;
  const std::string_view address = line.substr(0, size);
  const std::size_t at = address.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == size) return std::nullopt;
  std::string_view rest = line.substr(size);
  if (is_bracketed) {
    if (!rest.starts_with('>')) return std::nullopt;
    rest.remove_prefix(1);
  }
  const std::string_view behind = ascii::trim(rest);
  const bool is_linked = behind.starts_with("<mailto:");
  if (!behind.empty() && !is_linked && !behind.starts_with('(') && !rest.starts_with(':') &&
      !rest.starts_with(" on ")) {
    return std::nullopt;
  }
  if (is_linked) return AddressLine{address, {}};
  if (rest.starts_with(':')) rest.remove_prefix(1);
  return AddressLine{address, ascii::trim(rest)};
}

std::string_view line_at(std::string_view text, std::size_t at, std::size_t& next) {
  const std::size_t found = text.find('\n', at);
  next = found == std::string_view::npos ? text.size() : found + 1;
  return text.substr(at, next - at);
}

class TextReader {
 public:
  TextReader(const Limits& limits, DsnFacts& out, bool& cut)
      : limits_(limits), out_(out), cut_(cut) {}

  void run(std::string_view text) {
    const std::string_view begin = text.substr(0, kMostText);
    if (tells_delay(text.substr(0, kMostIntroduction))) action_ = Action::delayed;
    bool is_whole = begin.size() == text.size();
    std::size_t at = 0;
    while (at < begin.size()) {
      std::size_t next = 0;
      const std::string_view line = ascii::trim(line_at(begin, at, next));
      if (!first_begin(line, kEnds).empty()) {
        take_returned(text, next, line);
        is_whole = true;
        break;
      }
      take_line(line);
      at = next;
    }
    if (!is_whole) cut_ = true;
    for (DsnRecipient& recipient : out_.recipients) {
      recipient.diagnostic = std::string(ascii::trim(recipient.diagnostic));
      categorize(recipient);
    }
  }

 private:
  void take_line(std::string_view line) {
    if (const auto found = read_address_line(line)) {
      recipient_ = add_recipient(limits_, out_, cut_);
      if (recipient_ == nullptr) return;
      recipient_->final_recipient = kept(found->address, limits_.kind_string_bytes, cut_);
      recipient_->action = action_;
      add_words(found->rest);
      blanks_ = 0;
      return;
    }
    if (recipient_ == nullptr) return;
    if (line.empty()) {
      ++blanks_;
      return;
    }
    // The reason is one paragraph: right below, or behind one empty line (Gmail, Notes).
    const bool has_words = !recipient_->diagnostic.empty();
    if (blanks_ > 0 && has_words &&
        !ascii::equal_ignoring_case(recipient_->diagnostic, "because:") &&
        !recipient_->diagnostic.ends_with(':')) {
      recipient_ = nullptr;
      return;
    }
    blanks_ = 0;
    add_words(line);
  }

  void add_words(std::string_view words) {
    if (words.empty()) return;
    std::string& text = recipient_->diagnostic;
    if (text.size() + words.size() + 1 > limits_.kind_string_bytes) {
      cut_ = true;
      words = words.substr(
          0, limits_.kind_string_bytes - std::min(limits_.kind_string_bytes, text.size() + 1));
      if (words.empty()) return;
    }
    if (!text.empty()) text += ' ';
    text += words;
  }

  /// What came back begins behind the line and the empty ones that follow.
  void take_returned(std::string_view text, std::size_t at, std::string_view line) {
    if (begins_with(line, "diagnostic") || begins_with(line, "reporting-mta:") ||
        begins_with(line, "----- transcript")) {
      return;
    }
    while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) ++at;
    if (at == text.size()) return;
    out_.returned = ByteRange{at, text.size() - at};
    out_.returned_whole = !contains(line, "header");
  }

  const Limits& limits_;
  DsnFacts& out_;
  bool& cut_;
  Action action_ = Action::failed;
  DsnRecipient* recipient_ = nullptr;
  int blanks_ = 0;
};

DsnFacts read_as(DsnForm form, std::string_view text, const Limits& limits, bool& cut) {
  DsnFacts out;
  out.form = form;
  TextReader(limits, out, cut).run(text);
  if (out.returned) {
    OriginalFields original = read_original(text.substr(out.returned->offset), limits, cut);
    out.original_message_id = std::move(original.message_id);
    out.original_from = std::move(original.from);
  }
  return out;
}

/// The host that the first sentence names: "at HOST.", "at host HOST."
std::string host_of(std::string_view introduction, std::string_view before) {
  const auto found =
      std::search(introduction.begin(), introduction.end(), before.begin(), before.end(),
                  [](char a, char b) { return ascii::to_lower(a) == b; });
  if (found == introduction.end()) return {};
  std::string_view host =
      introduction.substr(static_cast<std::size_t>(found - introduction.begin()) + before.size());
  host = host.substr(0, std::min(host.find_first_of(" \t\r\n"), host.size()));
  while (host.ends_with('.')) host.remove_suffix(1);
  return std::string(host.substr(0, 255));
}

}  // namespace

bool is_qsbmf(std::string_view text) noexcept {
  while (!text.empty() && ascii::is_fws_octet(text.front())) text.remove_prefix(1);
  return begins_with(text, "hi. this is the") &&
         (contains(text.substr(0, 512), "qmail") ||
          contains(text.substr(0, kMostText), "--- below this line is a copy"));
}

std::optional<DsnFacts> read_bounce_text(std::string_view text, const Limits& limits, bool& cut) {
  const std::string_view introduction = text.substr(0, kMostIntroduction);
  for (const Shape& shape : kShapes) {
    if (!contains(introduction, shape.sentence)) continue;
    if (shape.form == DsnForm::qsbmf && !is_qsbmf(text)) continue;
    DsnFacts out = read_as(shape.form, text, limits, cut);
    if (shape.form == DsnForm::qsbmf) out.reporting_mta = host_of(introduction, " program at ");
    if (shape.form == DsnForm::postfix) out.reporting_mta = host_of(introduction, " at host ");
    return out;
  }
  return std::nullopt;
}

DsnFacts read_unknown_bounce(std::string_view text, const Limits& limits, bool& cut) {
  return read_as(DsnForm::other, text, limits, cut);
}

}  // namespace mailassay::kind
