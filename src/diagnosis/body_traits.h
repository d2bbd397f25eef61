// What one look at a body tells of the changes that can have been made to it: only those cost
// anything that have left a trace.
#ifndef MAILASSAY_DIAGNOSIS_BODY_TRAITS_H
#define MAILASSAY_DIAGNOSIS_BODY_TRAITS_H

#include <string_view>

#include "mailassay/dossier.h"

namespace mailassay::diagnosis {

struct BodyTraits {
  bool from_quoted = false;        ///< a line begins with `>From `
  bool from_quoted_twice = false;  ///< a line begins with `>>From `, `>>>From `, ...
  bool from_behind_blank = false;  ///< a line begins with ` From `
  bool bare_cr = false;            ///< a CR without LF, not of the next kind
  bool double_cr = false;          ///< CR CR LF
  bool dot = false;                ///< a line begins with a dot
  bool two_dots = false;           ///< a line begins with two dots
  bool wsp_at_end = false;         ///< a line ends with white space
  bool signature_rule = false;     ///< a line is `--`
  bool bare_quote = false;         ///< a line is made of `>` alone
  bool tab = false;
  bool blank_run = false;      ///< two blanks or more in a row, or one at the begin of a line
  bool long_line_cut = false;  ///< a line of 980 to 998 octets, and the next begins with a blank
  bool octet_80 = false;       ///< what NUL is replaced by
  bool lines_doubled = false;  ///< every second line is empty
  bool blank_at_top = false;   ///< the first line is empty
};

/// What relaxed canonicalization ignores is not looked for in `canon` relaxed: `tab`, `blank_run`.
BodyTraits traits_of(std::string_view body, dkim::BodyCanon canon);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_BODY_TRAITS_H
