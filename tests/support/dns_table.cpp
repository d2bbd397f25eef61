#include "support/dns_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/ascii.h"

namespace mailassay::test {
namespace {

/// TXT RDATA: character-strings of at most 255 octets. [RFC1035 3.3.14]
std::string txt_rdata(std::string_view text) {
  std::string out;
  do {
    const std::string_view piece = text.substr(0, 255);
    out.push_back(static_cast<char>(piece.size()));
    out.append(piece);
    text.remove_prefix(piece.size());
  } while (!text.empty());
  return out;
}

dns::Question txt_question(std::string_view name) { return {ascii::lower(name), dns::Type::txt}; }

}  // namespace

void DnsTable::add_txt(std::string_view name, std::string_view text) {
  dns::Answer& answer = answers_[txt_question(name)];
  if (answer.sightings.empty()) {
    answer.sightings.emplace_back();
    answer.sightings.front().kind = dns::AnswerKind::records;
    answer.sightings.front().source = "test";
  }
  std::vector<std::string>& rdata = answer.sightings.front().rdata;
  rdata.push_back(txt_rdata(text));
  std::sort(rdata.begin(), rdata.end());
}

void DnsTable::set_negative(std::string_view name, dns::AnswerKind kind, dns::Failure failure) {
  dns::Sighting sighting;
  sighting.kind = kind;
  sighting.failure = failure;
  sighting.source = "test";
  answers_[txt_question(name)].sightings = {sighting};
}

void DnsTable::set_word(std::string_view name, std::string_view word) {
  if (word == "NXDOMAIN" || word == "NOTFOUND" || word == "PERMERROR") {
    set_negative(name, dns::AnswerKind::no_such_name, dns::Failure::none);
  } else if (word == "NODATA") {
    set_negative(name, dns::AnswerKind::no_data, dns::Failure::none);
  } else if (word == "TIMEOUT") {
    set_negative(name, dns::AnswerKind::temporary_failure, dns::Failure::timeout);
  } else if (word == "SERVFAIL" || word == "TEMPERROR") {
    set_negative(name, dns::AnswerKind::temporary_failure, dns::Failure::servfail);
  } else {
    ADD_FAILURE() << "DNS table: unknown word " << word << " at " << name;
  }
}

void DnsTable::add_json(const nlohmann::json& names) {
  for (const auto& [name, types] : names.items()) {
    const nlohmann::json& texts = types.at("TXT");
    if (texts.is_string()) {
      set_word(name, texts.get<std::string>());
      continue;
    }
    for (const nlohmann::json& text : texts) add_txt(name, text.get<std::string>());
  }
}

void DnsTable::add_lines(std::string text) {
  for (std::size_t at = text.find("\\\n"); at != std::string::npos; at = text.find("\\\n")) {
    text.erase(at, 2);
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::string_view name = ascii::trim(std::string_view(line).substr(0, colon));
    const std::string_view value = ascii::trim(std::string_view(line).substr(colon + 1));
    if (value.find('=') == std::string_view::npos) {
      set_word(name, value);
    } else {
      add_txt(name, value);
    }
  }
}

const dns::Answer* DnsTable::find(const dns::Question& question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? &no_such_name_ : &found->second;
}

}  // namespace mailassay::test
