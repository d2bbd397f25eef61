// A program of a stranger: it knows include/mailassay and nothing else of us.
#include <mailassay/dns.h>
#include <mailassay/dossier.h>
#include <mailassay/message.h>
#include <mailassay/verdict.h>
#include <mailassay/version.h>

#include <cstdio>
#include <optional>

namespace {

// DNS that never knows anything: that is an answer.
class NoEvidence final : public mailassay::dns::View {
 public:
  const mailassay::dns::Answer* find(const mailassay::dns::Question& /*question*/) const override {
    return &nothing_;
  }

 private:
  mailassay::dns::Answer nothing_{{mailassay::dns::Sighting{}}};
};

}  // namespace

int main() {
  const mailassay::MessageView message{
      "From: Ann <ann@example.com>\r\n"
      "Subject: unsigned\r\n"
      "\r\n"
      "Hello.\r\n"};
  const mailassay::Dossier dossier = mailassay::digest(message);
  const NoEvidence view;
  mailassay::dns::Needs needs;
  const std::optional<mailassay::Verdict> verdict = mailassay::judge(dossier, view, needs);
  const bool is_right = verdict && verdict->signatures.empty() &&
                        verdict->standing.value == mailassay::standing::Value::unverifiable;
  if (!is_right) {
    std::fputs("an unsigned message of which nothing is known must be unverifiable\n", stderr);
    return 1;
  }
  std::printf("mailassay %.*s\n", static_cast<int>(mailassay::kVersion.size()),
              mailassay::kVersion.data());
  return 0;
}
