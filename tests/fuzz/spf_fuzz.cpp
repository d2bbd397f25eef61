// Relations of SPF: the first line of the input is the sender, each further one a TXT record of
// n0.org, n1.org, ...; whatever they say, answers one by one give what all at once give.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "mailassay/spf.h"
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
