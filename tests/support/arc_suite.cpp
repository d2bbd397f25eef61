#include "support/arc_suite.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/ascii.h"

namespace mailassay::test {
namespace {

/// Each line of a value is one character-string; nothing stands between them.
std::shared_ptr<const DnsTable> read_records(const YAML::Node& records) {
  auto dns = std::make_shared<DnsTable>();
  for (const auto& record : records) {
    auto text = record.second.as<std::string>();
    text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    dns->add_txt(record.first.as<std::string>(), text);
  }
  return dns;
}

}  // namespace

std::vector<ArcCase> read_arc_cases(const std::filesystem::path& file) {
  std::vector<ArcCase> cases;
  for (const YAML::Node& scenario : YAML::LoadAllFromFile(file.string())) {
    if (!scenario["tests"]) continue;
    const auto dns = read_records(scenario["txt-records"]);
    for (const auto& test : scenario["tests"]) {
      ArcCase c;
      c.name = test.first.as<std::string>();
      const std::string status = test.second["cv"].as<std::string>();
      c.status = status.empty() || status == "null" ? "fail" : ascii::lower(status);
      c.message = test.second["message"].as<std::string>();
      c.dns = dns;
      cases.push_back(std::move(c));
    }
  }
  return cases;
}

}  // namespace mailassay::test
