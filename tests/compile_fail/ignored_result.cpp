// A Result must be looked at: an error that nobody sees is no error handling.
//
// EXPECT: ignoring return(ed)? value
#include "mailassay/result.h"

namespace {

enum class Fault { some };

mailassay::Result<int, Fault> attempt() { return mailassay::Unexpected(Fault::some); }

}  // namespace

int main() {
#ifdef MAILASSAY_MISUSE
  attempt();
#endif
  return attempt().has_value() ? 1 : 0;
}
