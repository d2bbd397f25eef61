#include "mkcorpus/fixture.h"

#include <algorithm>

namespace mkcorpus {
namespace {

std::vector<const Fixture*> all_fixtures() {
  std::vector<const Fixture*> all;
  for (const auto& table : {local_fixtures(), relayed_fixtures(), spoofed_fixtures(),
                            damaged_fixtures(), automatic_fixtures(), content_fixtures()}) {
    for (const Fixture& fixture : table) all.push_back(&fixture);
  }
  return all;
}

}  // namespace

std::vector<const Fixture*> fixtures_named(std::string_view list) {
  const std::vector<const Fixture*> all = all_fixtures();
  std::vector<const Fixture*> named;
  while (true) {
    const std::string_view name = list.substr(0, list.find(','));
    bool any = false;
    for (const Fixture* fixture : all) {
      if (name != "all" && name != fixture->name) continue;
      any = true;
      if (std::find(named.begin(), named.end(), fixture) == named.end()) named.push_back(fixture);
    }
    if (!any) return {};
    if (name.size() == list.size()) return named;
    list.remove_prefix(name.size() + 1);
  }
}

std::string fixture_names() {
  std::string names;
  for (const Fixture* fixture : all_fixtures()) {
    if (!names.empty()) names += ' ';
    names += fixture->name;
  }
  return names;
}

}  // namespace mkcorpus
