// Relations of SPF: the first line of the input is the sender, each further one a TXT record of
// n0.org, n1.org, ...; whatever they say, answers one by one give what all at once give, and a
// cache changes nothing.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "mailassay/spf.h"
#include "spf/evaluation_cache.h"
#include "spf/macro.h"
#include "spf/record.h"
#include "support/growing_view.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

class FuzzView final : public dns::View {
 public:
  void add_txt(std::string name, std::string_view text) {
    answers_[{std::move(name), dns::Type::txt}].sightings = {
        test::txt_sighting({std::string(text)})};
  }
  const dns::Answer* find(const dns::Question& question) const override {
    if (is_growing && !asked.contains(question)) return nullptr;
    const auto found = answers_.find(question);
    return found == answers_.end() ? &absent_ : &found->second;
  }
  bool is_growing = false;
  std::map<dns::Question, bool> asked;

 private:
  std::map<dns::Question, dns::Answer> answers_;
  dns::Answer absent_{{test::negative_sighting(dns::AnswerKind::no_such_name)}};
};

void parse(std::string_view text) {
  if (!spf::is_spf_record(text)) return;
  const auto record = spf::parse_record(text);
  if (!record) return;
  for (const spf::Mechanism& mechanism : record->mechanisms) {
    demand(mechanism.domain_spec.empty() || spf::is_domain_spec(mechanism.domain_spec));
    demand(mechanism.prefix4 <= 32 && mechanism.prefix6 <= 128);
  }
}

/// One cache for senders that differ in one thing each: the verdicts are those without.
void keep(const spf::Input& input, const dns::View& view) {
  spf::EvaluationCache cache(20'000);
  for (unsigned differing = 0; differing < 12; ++differing) {
    spf::Input other = input;
    if (differing % 6 == 1) other.client_ip.back() ^= 1;
    if (differing % 6 == 2) other.mail_from.insert(0, "x");
    if (differing % 6 == 3) other.helo += 'x';
    if (differing % 6 == 4) other.receiver = "mx.example";
    if (differing % 6 == 5) other.time = std::chrono::sys_seconds(std::chrono::seconds(1));
    dns::Needs needs;
    const std::shared_ptr<const spf::Verdict> kept = cache.evaluate(other, view, needs, Limits());
    demand(kept != nullptr && *kept == spf::evaluate(other, view, needs, Limits()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = as_text(data, size);
  spf::Input input;
  input.client_ip = size % 2 == 0 ? std::string("\xC0\x00\x02\x01", 4) : std::string(16, '\x20');
  FuzzView view;
  for (int line = -1; line < 12; ++line) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    if (line < 0) {
      input.mail_from = std::string(text) + "@n0.org";
      input.helo = text;
    } else {
      parse(text);
      view.add_txt("n" + std::to_string(line) + ".org", text);
    }
    if (text.size() == rest.size()) break;
    rest.remove_prefix(text.size() + 1);
  }
  dns::Needs needs;
  const auto whole = spf::evaluate(input, view, needs, Limits());
  demand(whole && needs.empty());
  demand(whole->counters.terms <= 11 && whole->counters.void_lookups <= 3);
  demand(!whole->explanation || whole->status == spf::Status::fail);
  keep(input, view);
  view.is_growing = true;
  for (int round = 0; round < 400; ++round) {
    needs.clear();
    const auto verdict = spf::evaluate(input, view, needs, Limits());
    if (verdict) {
      demand(*verdict == *whole);
      return 0;
    }
    demand(!needs.empty());
    view.asked[needs.questions().front()] = true;
  }
  demand(false);
  return 0;
}
