#include "dns/zone_text.h"

#include "base/ascii.h"

namespace mailassay::dns {

namespace {

/// Walks over the text with the three states that matter: comment, quotes, parentheses.
class Checker {
 public:
  Checker(std::string_view text, std::string_view file_name) : text_(text), file_(file_name) {}

  Result<Done, LoadError> check() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (at_line_start_ && depth_line_ == 0 && c == '$') {
        if (refused_directive(text_.substr(i))) {
          return fail(line_, "$INCLUDE and $GENERATE are not supported");
        }
      }
      at_line_start_ = c == '\n';
      if (c == '\n') {
        if (in_quotes_) return fail(line_, "a quoted string does not end on its line");
        in_comment_ = false;
        ++line_;
      } else if (in_comment_) {  // NOLINT(bugprone-branch-clone): before and after the escape
        continue;
      } else if (c == '\\') {
        if (i + 1 < text_.size() && text_[i + 1] != '\n') ++i;
      } else if (c == '"') {
        in_quotes_ = !in_quotes_;
      } else if (in_quotes_) {
        continue;
      } else if (c == ';') {
        in_comment_ = true;
      } else if (c == '(') {
        if (depth_line_ != 0) return fail(line_, "'(' inside parentheses");
        depth_line_ = line_;
      } else if (c == ')') {
        if (depth_line_ == 0) return fail(line_, "')' without '('");
        depth_line_ = 0;
      } else if (c == '\0') {
        return fail(line_, "a NUL octet; this is not a zone file");
      }
    }
    if (in_quotes_) return fail(line_, "a quoted string does not end on its line");
    if (depth_line_ != 0) return fail(depth_line_, "'(' is never closed");
    return Done{};
  }

 private:
  static bool refused_directive(std::string_view rest) {
    return ascii::equal_ignoring_case(rest.substr(0, 8), "$INCLUDE") ||
           ascii::equal_ignoring_case(rest.substr(0, 9), "$GENERATE");
  }
  Result<Done, LoadError> fail(std::size_t line, std::string_view what) const {
    return Unexpected(LoadError{std::string(file_), line, std::string(what)});
  }

  std::string_view text_;
  std::string_view file_;
  std::size_t line_ = 1;
  std::size_t depth_line_ = 0;  ///< line of the open parenthesis; 0: none is open
  bool in_quotes_ = false;
  bool in_comment_ = false;
  bool at_line_start_ = true;
};

}  // namespace

Result<Done, LoadError> check_zone_text(std::string_view text, std::string_view file_name) {
  return Checker(text, file_name).check();
}

}  // namespace mailassay::dns
