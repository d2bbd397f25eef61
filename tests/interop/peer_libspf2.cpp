// Answers questions about SPF with libspf2 and prints a row of NDJSON for each.
//
//   peer_libspf2 DNS QUESTIONS
//
// The files are those of answer_spf.cpp; the library gets its DNS through a layer of its own kind.
#include <arpa/inet.h>
#include <sys/types.h>

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern "C" {
#include <spf2/spf.h>
#include <spf2/spf_dns.h>
#include <spf2/spf_dns_rr.h>
}

namespace {

constexpr const char* kDefault = "DEFAULT";

using Key = std::pair<std::string, int>;
std::map<Key, std::vector<std::string>> records;  // data as it stands in the file
std::map<std::string, bool> names;

std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> fields;
  std::istringstream in(line + at);
  for (std::string field; std::getline(in, field, at);) fields.push_back(field);
  return fields;
}

int type_of(const std::string& name) {
  if (name == "A") return ns_t_a;
  if (name == "AAAA") return ns_t_aaaa;
  if (name == "MX") return ns_t_mx;
  if (name == "PTR") return ns_t_ptr;
  if (name == "TXT") return ns_t_txt;
  throw std::runtime_error("unknown type " + name);
}

std::string lower_name(std::string name) {
  if (name.ends_with('.')) name.pop_back();
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

/// The character-strings, joined.
std::string text_of(const std::string& data) {
  std::string text;
  for (const std::string& part : split(data, ',')) {
    for (std::size_t at = 0; at < part.size(); at += 2) {
      text.push_back(static_cast<char>(std::stoi(part.substr(at, 2), nullptr, 16)));
    }
  }
  return text;
}

void put(SPF_dns_rr_t& answer, int type, const std::string& data) {
  const int place = answer.num_rr;
  std::string octets = data;
  if (type == ns_t_txt) octets = text_of(data);
  if (type == ns_t_mx) octets = data.substr(data.find(' ') + 1);
  const std::size_t size = std::max(octets.size() + 1, sizeof(in6_addr));
  if (SPF_dns_rr_buf_realloc(&answer, place, size) != SPF_E_SUCCESS) throw std::bad_alloc();
  if (type == ns_t_a) {
    inet_pton(AF_INET, data.c_str(), &answer.rr[place]->a);
  } else if (type == ns_t_aaaa) {
    inet_pton(AF_INET6, data.c_str(), &answer.rr[place]->aaaa);
  } else {
    std::memcpy(answer.rr[place]->txt, octets.c_str(), octets.size() + 1);
  }
  ++answer.num_rr;
}

SPF_dns_rr_t* look_up(SPF_dns_server_t* server, const char* domain, ns_type type, int) {
  const std::string name = lower_name(domain);
  const auto found = records.find({name, type});
  SPF_dns_stat_t status = NETDB_SUCCESS;
  if (found == records.end()) {
    status = names.contains(name) ? NO_DATA : HOST_NOT_FOUND;
  } else if (found->second.front().starts_with('!')) {
    status = TRY_AGAIN;
  }
  SPF_dns_rr_t* answer = SPF_dns_rr_new_init(server, domain, type, 3600, status);
  if (status == NETDB_SUCCESS) {
    for (const std::string& data : found->second) put(*answer, type, data);
  }
  return answer;
}

void read_dns(const char* path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  for (std::string line; std::getline(file, line);) {
    const auto fields = split(line, '\t');
    const std::string name = lower_name(fields.at(0));
    names[name] = true;
    records[{name, type_of(fields.at(1))}].push_back(fields.size() > 2 ? fields[2] : "");
  }
}

struct FreeServer {
  void operator()(SPF_server_t* server) const { SPF_server_free(server); }
};
struct FreeRequest {
  void operator()(SPF_request_t* request) const { SPF_request_free(request); }
};
struct FreeResponse {
  void operator()(SPF_response_t* response) const { SPF_response_free(response); }
};

/// Without a record that it can compile the library has no result, only errors.
std::string result_of(SPF_response_t& response) {
  const SPF_result_t result = SPF_response_result(&response);
  if (result != SPF_RESULT_INVALID) return SPF_strresult(result);
  for (int place = 0; place < SPF_response_messages(&response); ++place) {
    if (SPF_error_code(SPF_response_message(&response, place)) == SPF_E_DNS_ERROR) {
      return "temperror";
    }
  }
  return "permerror";
}

nlohmann::ordered_json row_of(SPF_server_t& server, const std::vector<std::string>& fields) {
  const std::unique_ptr<SPF_request_t, FreeRequest> request(SPF_request_new(&server));
  if (fields[1].find(':') == std::string::npos) {
    SPF_request_set_ipv4_str(request.get(), fields[1].c_str());
  } else {
    SPF_request_set_ipv6_str(request.get(), fields[1].c_str());
  }
  SPF_request_set_helo_dom(request.get(), fields[3].c_str());
  if (!fields[2].empty()) SPF_request_set_env_from(request.get(), fields[2].c_str());
  SPF_response_t* made = nullptr;
  SPF_request_query_mailfrom(request.get(), &made);
  const std::unique_ptr<SPF_response_t, FreeResponse> response(made);
  const char* explanation = SPF_response_get_explanation(made);
  const bool has_own = explanation != nullptr && std::string_view(explanation) != kDefault;
  nlohmann::ordered_json row;
  row["number"] = std::stoi(fields[0]);
  row["result"] = result_of(*made);
  std::string detail;
  for (int place = 0; place < SPF_response_messages(made); ++place) {
    if (!detail.empty()) detail += "; ";
    detail += SPF_error_message(SPF_response_message(made, place));
  }
  row["detail"] = detail;
  row["explanation"] =
      has_own ? nlohmann::ordered_json(explanation) : nlohmann::ordered_json(nullptr);
  return row;
}

void answer_all(const char* questions_path) {
  SPF_dns_server_t layer{};
  layer.lookup = look_up;
  layer.name = "table";
  const std::unique_ptr<SPF_server_t, FreeServer> server(SPF_server_new_dns(&layer, 0));
  SPF_response_t* response = nullptr;
  SPF_server_set_rec_dom(server.get(), "receiver.example");
  SPF_server_set_explanation(server.get(), kDefault, &response);
  if (response != nullptr) SPF_response_free(response);
  SPF_server_set_sanitize(server.get(), 0);
  std::ifstream questions(questions_path);
  if (!questions) throw std::runtime_error(std::string("cannot read ") + questions_path);
  for (std::string line; std::getline(questions, line);) {
    auto fields = split(line, '\t');
    if (fields.size() != 4) throw std::runtime_error("not four fields: " + line);
    std::cout
        << row_of(*server, fields).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)
        << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 3) {
    std::cerr << "usage: peer_libspf2 DNS QUESTIONS\n";
    return 2;
  }
  try {
    read_dns(arguments[1]);
    answer_all(arguments[2]);
  } catch (const std::exception& error) {
    std::cerr << "peer_libspf2: " << error.what() << '\n';
    return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
