// Answers questions about SPF as the product does, and prints a row of NDJSON for each.
//
//   answer_spf DNS QUESTIONS
//
// DNS is that of spf_question/world.py. QUESTIONS has "number TAB address TAB MAIL FROM TAB HELO" a
// line. Ends with 1 if something could not be read.
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "dns/ip_address.h"
#include "spf/evaluation_cache.h"
#include "spf/reason.h"
#include "support/spf_zone.h"

namespace {

using namespace mailassay;

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == '\t') {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  return fields;
}

std::string octets_of_hex(const std::string& hex) {
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    out.push_back(static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  }
  return out;
}

/// Character-strings with their lengths. [RFC1035 3.3.14]
std::string txt_rdata(const std::string& data) {
  std::string rdata;
  std::istringstream parts(data + ',');
  for (std::string part; std::getline(parts, part, ',');) {
    const std::string text = octets_of_hex(part);
    rdata.push_back(static_cast<char>(text.size()));
    rdata += text;
  }
  return rdata;
}

dns::Type type_of(const std::string& name) {
  if (name == "A") return dns::Type::a;
  if (name == "AAAA") return dns::Type::aaaa;
  if (name == "MX") return dns::Type::mx;
  if (name == "PTR") return dns::Type::ptr;
  if (name == "TXT") return dns::Type::txt;
  throw std::runtime_error("unknown type " + name);
}

void read_dns(const char* path, test::SpfZone& zone) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  for (std::string line; std::getline(file, line);) {
    const auto fields = fields_of(line);
    if (fields.size() != 3) throw std::runtime_error("not three fields: " + line);
    const auto& [name, type, data] = std::tie(fields[0], fields[1], fields[2]);
    if (data == "!servfail" || data == "!timeout") {
      zone.set(name, type_of(type), dns::AnswerKind::temporary_failure,
               data == "!timeout" ? dns::Failure::timeout : dns::Failure::servfail);
    } else if (type == "TXT") {
      zone.add_rdata(name, dns::Type::txt, txt_rdata(data));
    } else {
      zone.add(name, type_of(type), data);
    }
  }
}

std::string octets_of_address(const std::string& text) {
  if (const auto v4 = dns::ipv4_from_text(text)) return {v4->begin(), v4->end()};
  if (const auto v6 = dns::ipv6_from_text(text)) return {v6->begin(), v6->end()};
  throw std::runtime_error("no address: " + text);
}

nlohmann::ordered_json row_of(const std::string& number, const spf::Verdict& verdict) {
  nlohmann::ordered_json row;
  row["number"] = std::stoi(number);
  row["result"] = spf::word_of(verdict.status);
  row["reason"] = spf::entry_of(verdict.reason).word;
  row["explanation"] = verdict.explanation ? nlohmann::ordered_json(*verdict.explanation) : nullptr;
  row["terms"] = verdict.counters.terms;
  row["voids"] = verdict.counters.void_lookups;
  row["records"] = nlohmann::ordered_json::array();
  for (const spf::Visit& visit : verdict.visits) row["records"].push_back(visit.record);
  return row;
}

void answer_all(const char* dns_path, const char* questions_path) {
  test::SpfZone zone;
  read_dns(dns_path, zone);
  std::ifstream questions(questions_path);
  if (!questions) throw std::runtime_error(std::string("cannot read ") + questions_path);
  spf::EvaluationCache cache;
  for (std::string line; std::getline(questions, line);) {
    const auto fields = fields_of(line);
    if (fields.size() != 4) throw std::runtime_error("not four fields: " + line);
    spf::Input input;
    input.client_ip = octets_of_address(fields[1]);
    input.mail_from = fields[2];
    input.helo = fields[3];
    input.receiver = "receiver.example";
    dns::Needs needs;
    const std::shared_ptr<const spf::Verdict> verdict =
        cache.evaluate(input, zone, needs, Limits());
    if (verdict == nullptr) throw std::runtime_error("an answer is missing for " + line);
    std::cout
        << row_of(fields[0], *verdict).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)
        << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 3) {
    std::cerr << "usage: answer_spf DNS QUESTIONS\n";
    return 2;
  }
  try {
    answer_all(arguments[1], arguments[2]);
  } catch (const std::exception& error) {
    std::cerr << "answer_spf: " << error.what() << '\n';
    return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
