// Relations of DMARC: the first line of the input is the Author Domain and the identifiers, with
// blanks between; each further one a TXT record at the next name of the walk, or, with `+` in
// front, one more at the same. Whatever they say, answers one by one give what all at once give,
// nothing is accused on less, and a record is read the same way again.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "dmarc/domain_name.h"
#include "dmarc/record.h"
#include "dmarc/tree_walk.h"
#include "dns/name.h"
#include "mailassay/dmarc.h"
#include "mailassay/public_suffix_list.h"
#include "support/growing_view.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

class FuzzView final : public dns::View {
 public:
  void add_txt(const std::string& name, std::string_view text) {
    texts_[name].emplace_back(text);
    answers_[{name, dns::Type::txt}].sightings = {test::txt_sighting(texts_[name])};
  }
  const dns::Answer* find(const dns::Question& question) const override {
    if (is_growing && !asked.contains(question)) return nullptr;
    const auto found = answers_.find(question);
    return found == answers_.end() ? &absent_ : &found->second;
  }
  bool is_growing = false;
  std::map<dns::Question, bool> asked;

 private:
  std::map<std::string, std::vector<std::string>> texts_;
  std::map<dns::Question, dns::Answer> answers_;
  dns::Answer absent_{{test::negative_sighting(dns::AnswerKind::no_such_name)}};
};

std::string_view take_until(std::string_view& rest, char end) {
  const std::string_view taken = rest.substr(0, rest.find(end));
  rest.remove_prefix(taken.size() == rest.size() ? rest.size() : taken.size() + 1);
  return taken;
}

void parse(std::string_view text) {
  const auto record = dmarc::parse_record(text);
  if (!record) {
    dmarc::near_miss(text);
    return;
  }
  demand(record->text == text);
  demand(dmarc::parse_record(std::string(text) + ";").has_value());
  const auto again = dmarc::parse_record(record->text);
  demand(again && *again == *record);
}

dmarc::Input read_input(std::string_view line) {
  dmarc::Input input;
  input.author.domains.emplace_back(take_until(line, ' '));
  for (unsigned i = 0; !line.empty() && i < 20; ++i) {
    dmarc::Identifier identifier;
    identifier.method = i % 2 == 0 ? dmarc::Method::dkim : dmarc::Method::spf;
    identifier.state = static_cast<dmarc::Identifier::State>(i % 3);
    identifier.domain = take_until(line, ' ');
    input.identifiers.push_back(std::move(identifier));
  }
  return input;
}

void check(const dmarc::Input& input, const dmarc::Verdict& verdict) {
  using dmarc::Status;
  demand(verdict.identifiers.size() == input.identifiers.size());
  demand(verdict.walk.size() <= 8);
  const bool some_aligned = verdict.dkim_aligned || verdict.spf_aligned;
  demand((verdict.rfc9989.status == Status::pass) == some_aligned);
  demand(verdict.rfc9989.status != Status::fail || verdict.rfc9989.policy);
  demand(!verdict.rfc9989.policy || verdict.rfc9989.record);
  demand(!verdict.author_domain.empty() || !verdict.rfc9989.record);
  if (verdict.author_domain.empty() || verdict.rfc9989.organizational_domain.empty()) return;
  demand(dns::is_same_or_below(verdict.author_domain, verdict.rfc9989.organizational_domain));
}

void check_list(const PublicSuffixList& list, const std::string& domain) {
  const auto suffix = list.suffix_of(domain);
  demand(dns::is_same_or_below(domain, suffix.name));
  demand(dns::is_same_or_below(domain, list.organizational_domain(domain)));
  demand(dns::is_same_or_below(list.organizational_domain(domain), suffix.name));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = as_text(data, size);
  const auto list = PublicSuffixList::from_text(rest.substr(0, 500));
  const dmarc::Input input = read_input(take_until(rest, '\n'));
  const std::string author =
      dmarc::domain_name(input.author.domains.front()).value_or("example.com");
  if (list) check_list(*list, author);
  const auto names = dmarc::walk_names(author);
  FuzzView view;
  std::size_t at = 0;
  for (int line = 0; !rest.empty() && line < 12; ++line) {
    std::string_view text = take_until(rest, '\n');
    const bool is_further = text.starts_with('+');
    if (is_further) text.remove_prefix(1);
    if (!is_further && line > 0) at = (at + 1) % names.size();
    parse(text);
    view.add_txt("_dmarc." + std::string(names[at]), text);
  }
  dmarc::Options options;
  if (list) options.suffix_list = &*list;
  options.trust_top_level = size % 2 == 0;
  dns::Needs needs;
  const auto whole = dmarc::evaluate(input, view, needs, options);
  demand(whole && needs.empty());
  check(input, *whole);
  view.is_growing = true;
  for (int round = 0; round < 300; ++round) {
    needs.clear();
    const auto verdict = dmarc::evaluate(input, view, needs, options);
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
