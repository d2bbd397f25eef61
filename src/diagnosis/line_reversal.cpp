#include "diagnosis/line_reversal.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/bytes.h"
#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

std::size_t quotes_before_from(std::string_view line) noexcept {
  const std::size_t quotes = line.find_first_not_of('>');
  if (quotes == std::string_view::npos || !line.substr(quotes).starts_with("From ")) return 0;
  return quotes;
}

std::string unquote_mboxrd(std::string_view body) {
  return rewrite_lines(body, [](std::string_view line, std::string& out) {
    out.append(line.substr(quotes_before_from(line) > 0 ? 1 : 0));
  });
}

/// Lines of mboxo of which some were quoted by their author: each may be either. More of them are
/// too many to be tried.
constexpr std::size_t kMixedQuotes = 4;

std::size_t count_quoted_from(std::string_view body) {
  std::size_t count = 0;
  for_each_line(body, [&](const TextLine& line) {
    if (line.text.starts_with(">From ")) ++count;
    return count <= kMixedQuotes;
  });
  return count;
}

/// The `>` off those of the lines that begin with `>From ` whose bit is in `choice`.
std::string unquote_some(std::string_view body, unsigned choice) {
  std::size_t number = 0;
  return rewrite_lines(body, [&](std::string_view line, std::string& out) {
    const bool quoted = line.starts_with(">From ");
    const bool chosen = quoted && (choice >> number & 1U) != 0;
    if (quoted) ++number;
    out.append(line.substr(chosen ? 1 : 0));
  });
}

/// One octet off each line that begins with `begin`.
std::string cut_first(std::string_view body, std::string_view begin) {
  return rewrite_lines(body, [&](std::string_view line, std::string& out) {
    out.append(line.substr(line.starts_with(begin) ? 1 : 0));
  });
}

std::string stuff_dots(std::string_view body) {
  return rewrite_lines(body, [](std::string_view line, std::string& out) {
    if (line.starts_with('.')) out.push_back('.');
    out.append(line);
  });
}

/// Each CR without LF as a line end. A CR before CR LF belongs to that.
std::string end_lines_at_cr(std::string_view body) {
  std::string out;
  out.reserve(body.size() + body.size() / 16);
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t begin = std::min(body.find('\r', at), body.size());
    const std::size_t end = std::min(body.find_first_not_of('\r', begin), body.size());
    out.append(body.substr(at, begin - at));
    const bool before_line_end = end < body.size() && body[end] == '\n';
    for (std::size_t i = begin; i < end; ++i) out.append(before_line_end ? "\r" : "\r\n");
    at = end;
  }
  return out;
}

std::string drop_doubled_cr(std::string_view body) {
  return rewrite_lines(body, [](std::string_view line, std::string& out) {
    out.append(line.substr(0, line.find_last_not_of('\r') + 1));
  });
}

std::string drop_odd_lines(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  std::size_t number = 0;
  for_each_line(body, [&](const TextLine& line) {
    if (number++ % 2 == 0) out.append(line.text).append(line.end);
    return true;
  });
  return out;
}

/// True if a server that breaks lines of more than 998 or 990 octets can have ended this one.
/// It puts CR LF and a blank in; the dot of SMTP may have been counted.
bool is_full(std::size_t size) noexcept {
  return size == 998 || size == 997 || size == 990 || size == 989;
}

std::string join_long_lines(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  std::string_view pending_end;
  bool after_full = false;
  for_each_line(body, [&](const TextLine& line) {
    const bool goes_on = after_full && line.text.starts_with(' ');
    if (!goes_on) out.append(pending_end);
    out.append(line.text.substr(goes_on ? 1 : 0));
    pending_end = line.end;
    after_full = is_full(line.text.size());
    return true;
  });
  return out.append(pending_end);
}

/// 0x80 that is no part of a UTF-8 sequence: what some servers write for NUL.
std::string restore_nul(std::string_view body) {
  std::string out(body);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool in_sequence = i > 0 && octet(body[i - 1]) >= 0x80U;
    if (out[i] == '\x80' && !in_sequence) out[i] = '\0';
  }
  return out;
}

/// The body without the mark that a dump leaves behind it: the line with a dot that ends a message
/// in SMTP and POP3, the line of four control-A of MMDF, control-Z, NUL octets of a padded block.
std::string_view without_end_mark(std::string_view body) {
  std::string_view rest = body;
  while (!rest.empty() && (rest.back() == '\0' || rest.back() == '\x1A')) rest.remove_suffix(1);
  if (rest.size() < body.size()) return rest;
  while (!rest.empty() && (rest.back() == '\n' || rest.back() == '\r')) rest.remove_suffix(1);
  for (const std::string_view mark : {"\n.", "\n\x01\x01\x01\x01"}) {
    if (rest.ends_with(mark)) return rest.substr(0, rest.size() - mark.size() + 1);
  }
  return body;
}

std::string drop_end_mark(std::string_view body) {
  // A CR alone at the end is half a line end.
  if (body.ends_with('\r')) return std::string(body) + '\n';
  return std::string(without_end_mark(body));
}

bool has_end_mark(std::string_view body) {
  return body.ends_with('\r') || without_end_mark(body).size() < body.size();
}

std::string trim_lines(std::string_view body, bool keep_signature_rule) {
  return rewrite_lines(body, [&](std::string_view line, std::string& out) {
    const bool kept = keep_signature_rule && line == "-- ";
    out.append(kept ? line : without_wsp_at_end(line));
  });
}

/// What of trailing white space is put back.
struct TrailingSpace {
  bool signature_rule = false;  ///< `--` becomes `-- ` [RFC3676 4.3]
  bool flowed = false;  ///< lines of a paragraph but its last end with a blank [RFC3676 4.2]
  bool quotes = false;  ///< lines of `>` alone end with a blank
};

std::size_t quote_depth(std::string_view line) noexcept {
  const std::size_t depth = line.find_first_not_of('>');
  return depth == std::string_view::npos ? line.size() : depth;
}

/// True if `line` flows on into `next`: a full line, and the same paragraph.
bool flows_on(std::string_view line, std::string_view next) noexcept {
  constexpr std::size_t kFullLine = 50;
  const std::size_t depth = quote_depth(line);
  return line.size() >= kFullLine && depth == quote_depth(next) && !is_blank(next.substr(depth)) &&
         next != "--" && next != "-- ";
}

std::string restore_trailing_space(std::string_view body, const TrailingSpace& what) {
  std::string out;
  out.reserve(body.size() + body.size() / 32);
  for_each_line(body, [&](const TextLine& line) {
    const bool is_quote = !line.text.empty() && quote_depth(line.text) == line.text.size();
    const bool has_next = line.next() < body.size();
    const bool restored = (what.signature_rule && line.text == "--") || (what.quotes && is_quote) ||
                          (what.flowed && has_next && !line.text.ends_with(' ') &&
                           flows_on(line.text, line_at(body, line.next()).text));
    out.append(line.text).append(restored ? " " : "").append(line.end);
    return true;
  });
  return out;
}

/// Tabs as blanks; `stop` octets between two tab stops, or that many blanks for each tab.
std::string expand_tabs(std::string_view body, std::size_t stop, bool by_column) {
  return rewrite_lines(body, [&](std::string_view line, std::string& out) {
    std::size_t column = 0;
    for (const char c : line) {
      if (c != '\t') {
        out.push_back(c);
        ++column;
        continue;
      }
      const std::size_t size = by_column ? stop - column % stop : stop;
      out.append(size, ' ');
      column += size;
    }
  });
}

/// Each run of `size` blanks as a tab; `run` is one.
std::string blanks_to_tabs(std::string_view body, std::string_view run) {
  std::string out;
  out.reserve(body.size());
  for (;;) {
    const void* found = ::memmem(body.data(), body.size(), run.data(), run.size());
    if (found == nullptr) return out.append(body);
    const auto before = static_cast<std::size_t>(static_cast<const char*>(found) - body.data());
    out.append(body.substr(0, before)).push_back('\t');
    body.remove_prefix(before + run.size());
  }
}

/// Runs of two blanks or more that end at a tab stop of eight as tabs: the work of expand undone.
std::string unexpand(std::string_view body) {
  constexpr std::size_t kStop = 8;
  return rewrite_lines(body, [](std::string_view line, std::string& out) {
    std::size_t run = 0;
    for (std::size_t column = 0; column < line.size(); ++column) {
      out.push_back(line[column]);
      run = line[column] == ' ' ? run + 1 : 0;
      if ((column + 1) % kStop != 0) continue;
      if (run >= 2) {
        out.resize(out.size() - run);
        out.push_back('\t');
      }
      run = 0;
    }
  });
}

/// Hands candidates on, those left out that change nothing.
class Changed {
 public:
  Changed(std::string_view body, CandidateSink& sink) : body_(body), sink_(sink) {}

  bool operator()(bool applies, Undo undo, Combine combine, auto make) {
    if (!applies) return false;
    std::string made = make(body_);
    return made != body_ && sink_.take(undo, std::move(made), combine);
  }

 private:
  std::string_view body_;
  CandidateSink& sink_;
};

/// An author may have quoted lines himself, which mboxo leaves as they are.
bool try_mixed_quotes(std::string_view body, CandidateSink& sink) {
  const std::size_t count = count_quoted_from(body);
  if (count < 2 || count > kMixedQuotes) return false;
  const unsigned all = (1U << count) - 1U;
  for (unsigned choice = 1; choice < all; ++choice) {
    if (sink.take(Undo::mboxo_unquote, unquote_some(body, choice), Combine::no)) return true;
  }
  return false;
}

}  // namespace

bool try_store_reversals(std::string_view body, const BodyTraits& traits, Guess guess,
                         CandidateSink& sink) {
  Changed change(body, sink);
  const bool quoted = traits.from_quoted || traits.from_quoted_twice;
  const auto yes = Combine::yes;
  return change(quoted, Undo::mboxrd_unquote, yes, unquote_mboxrd) ||
         // Without `>>From ` lines it is the same as mboxrd.
         change(traits.from_quoted && traits.from_quoted_twice, Undo::mboxo_unquote, yes,
                [](std::string_view text) { return cut_first(text, ">From "); }) ||
         change(traits.from_behind_blank, Undo::space_unquote, yes,
                [](std::string_view text) { return cut_first(text, " From "); }) ||
         change(traits.bare_cr, Undo::bare_cr_to_line_end, yes, end_lines_at_cr) ||
         change(traits.double_cr, Undo::double_cr_to_line_end, yes, drop_doubled_cr) ||
         change(has_end_mark(body), Undo::end_mark_remove, yes, drop_end_mark) ||
         change(traits.two_dots, Undo::dot_unstuff, yes,
                [](std::string_view text) { return cut_first(text, ".."); }) ||
         change(traits.dot || traits.two_dots, Undo::dot_stuff, Combine::no, stuff_dots) ||
         change(traits.lines_doubled, Undo::blank_lines_restore, yes, drop_odd_lines) ||
         change(traits.blank_at_top, Undo::blank_lines_restore, Combine::no,
                [](std::string_view text) {
                  return std::string(text.substr(line_at(text, 0).next()));
                }) ||
         change(guess == Guess::yes && !body.empty() && !traits.blank_at_top,
                Undo::blank_lines_restore, Combine::no,
                [](std::string_view text) { return "\r\n" + std::string(text); }) ||
         change(traits.long_line_cut, Undo::long_lines_join, yes, join_long_lines) ||
         change(traits.octet_80, Undo::nul_restore, yes, restore_nul) ||
         (traits.from_quoted && try_mixed_quotes(body, sink));
}

bool try_white_space_reversals(std::string_view body, const BodyTraits& traits,
                               dkim::BodyCanon canon, bool flowed, CandidateSink& sink) {
  constexpr std::string_view kBlanks = "        ";
  // Relaxed ignores white space at line ends and takes every run of it for one blank.
  // [RFC6376 3.4.4]
  if (canon == dkim::BodyCanon::relaxed) return false;
  Changed change(body, sink);
  const auto no = Combine::no;
  if (change(traits.wsp_at_end, Undo::trailing_space_remove, no,
             [](std::string_view text) { return trim_lines(text, true); }) ||
      change(traits.wsp_at_end, Undo::trailing_space_remove, no,
             [](std::string_view text) { return trim_lines(text, false); })) {
    return true;
  }
  for (unsigned choice = 1; choice < 8; ++choice) {
    const TrailingSpace what{(choice & 1U) != 0, (choice & 2U) != 0, (choice & 4U) != 0};
    const bool applies = (!what.signature_rule || traits.signature_rule) &&
                         (!what.flowed || flowed) && (!what.quotes || traits.bare_quote);
    if (change(applies, Undo::trailing_space_restore, no,
               [&](std::string_view text) { return restore_trailing_space(text, what); })) {
      return true;
    }
  }
  const auto expand = [&](std::size_t stop, bool by_column) {
    return change(traits.tab, Undo::tabs_to_spaces, no,
                  [&](std::string_view text) { return expand_tabs(text, stop, by_column); });
  };
  const auto contract = [&](std::size_t size) {
    return change(traits.blank_run, Undo::spaces_to_tabs, no, [&](std::string_view text) {
      return blanks_to_tabs(text, kBlanks.substr(0, size));
    });
  };
  return expand(8, true) || expand(1, false) || expand(4, true) ||
         change(traits.blank_run, Undo::spaces_to_tabs, no, unexpand) || contract(8) || contract(4);
}

}  // namespace mailassay::diagnosis
