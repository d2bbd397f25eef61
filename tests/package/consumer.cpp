// A program of a stranger: it knows include/mailassay and nothing else of us.
#include <mailassay/dns.h>
#include <mailassay/dossier.h>
#include <mailassay/message.h>
#include <mailassay/verdict.h>
#include <mailassay/version.h>

#include <cstdio>
#include <optional>

namespace {

// DNS that knows nothing yet: every question goes to Needs.
class NothingKnown final : public mailassay::dns::View {
 public:
  const mailassay::dns::Answer* find(const mailassay::dns::Question& /*question*/) const override {
    return nullptr;
  }
};

}  // namespace

int main() {
  const mailassay::MessageView message{
      "From: Ann <ann@example.com>\r\n"
      "Subject: unsigned\r\n"
      "\r\n"
      "Hello.\r\n"};
  const mailassay::Dossier dossier = mailassay::digest(message);
  const NothingKnown view;
  mailassay::dns::Needs needs;
  const std::optional<mailassay::Verdict> verdict = mailassay::judge(dossier, view, needs);
  if (!verdict || !verdict->signatures.empty()) {
    std::fputs("an unsigned message must be judged without DNS\n", stderr);
    return 1;
  }
  std::printf("mailassay %.*s\n", static_cast<int>(mailassay::kVersion.size()),
              mailassay::kVersion.data());
  return 0;
}
