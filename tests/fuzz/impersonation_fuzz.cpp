// Rules of the register of protected names, over any octets: what is own is never named, each
// reason says what is resembled, and the same claim gives the same verdict.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "mailassay/impersonation.h"

namespace {

using namespace mailassay;
using namespace mailassay::impersonation;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

const Register& names() {
  static const Register kNames(std::vector<Party>{
      {true, {"example.com", "my-shop.de", "xn--mnchen-3ya.de", "dhl.com"}, {"Example Works"}},
      {false, {"paypal.com"}, {"PayPal"}}});
  return kNames;
}

/// The text up to the next line end, which is taken off with it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = as_text(data, size);
  Claim claim;
  claim.from_domain = take_line(text);
  claim.organizational_domain = take_line(text);
  claim.display_name = take_line(text);
  const std::vector<std::string> replies = {std::string(text)};
  claim.reply_to_domains = replies;
  for (const auto value : {standing::Value::authenticated, standing::Value::disowned}) {
    claim.standing = value;
    const Verdict verdict = names().check(claim);
    for (const Reason& reason : verdict.reasons) {
      demand(!reason.resembles.empty());
      demand(text_of(reason).find(':') != std::string::npos);
    }
    demand(verdict.reasons == names().check(claim).reasons);
    demand(verdict.reasons.size() <= 3);
  }
  const std::string below = std::string(claim.from_domain) + ".example.com";
  claim.from_domain = below;
  claim.reply_to_domains = {};
  claim.standing = standing::Value::authenticated;
  demand(below.size() > 253 || names().check(claim).reasons.empty());
  return 0;
}
