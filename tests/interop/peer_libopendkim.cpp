// Verifies stored messages with libopendkim and prints what it says of every signature.
//
//   peer_libopendkim KEYS MESSAGES
//
// KEYS has the key records, "name text" a line, as the library's own DKIM_QUERY_FILE reads them.
// MESSAGES has "number TAB time of receipt TAB path" a line. Each signature gives a row of NDJSON
// on stdout, from the top of the message to the bottom. Ends with 1 if something could not be read.
#include <dkim.h>

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>

namespace {

/// The time of receipt of the message in hand, which the library takes for now.
std::time_t receipt = 0;

}  // namespace

/// Stands for the clock of the C library, so that x= is compared with the receipt. The library's
/// own option, a drift of the clock, takes a t= that is smaller than the drift for the future.
/// [RFC6376 3.5 x=]
extern "C" std::time_t time(std::time_t* out) noexcept {
  if (out != nullptr) *out = receipt;
  return receipt;
}

namespace {

// RSA keys of 1024 bits are not yet too short. [RFC8301 3.2]
constexpr unsigned kLeastKeyBits = 1024;
constexpr std::size_t kWordOfSignature = 8;

struct CloseLibrary {
  void operator()(DKIM_LIB* library) const { dkim_close(library); }
};
using Library = std::unique_ptr<DKIM_LIB, CloseLibrary>;

struct FreeMessage {
  void operator()(DKIM* message) const { (void)dkim_free(message); }
};
using Message = std::unique_ptr<DKIM, FreeMessage>;

/// The interface of the library knows no const.
unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string text_of(const unsigned char* octets_or_null) {
  return octets_or_null ? reinterpret_cast<const char*>(octets_or_null) : std::string();
}

void set_option(DKIM_LIB& library, dkim_opts_t option, void* data, std::size_t size) {
  if (dkim_options(&library, DKIM_OP_SETOPT, option, data, size) != DKIM_STAT_OK) {
    throw std::runtime_error("dkim_options refuses option " + std::to_string(option));
  }
}

Library open_library(std::string& keys) {
  Library library(dkim_init(nullptr, nullptr));
  if (!library) throw std::runtime_error("dkim_init fails");
  dkim_query_t method = DKIM_QUERY_FILE;
  unsigned bits = kLeastKeyBits;
  set_option(*library, DKIM_OPTS_QUERYMETHOD, &method, sizeof method);
  set_option(*library, DKIM_OPTS_QUERYINFO, keys.data(), keys.size());
  set_option(*library, DKIM_OPTS_MINKEYBITS, &bits, sizeof bits);
  return library;
}

/// A body hash that was never compared counts as equal for the library.
nlohmann::json body_hash_of(DKIM_SIGINFO& signature) {
  if ((dkim_sig_getflags(&signature) & DKIM_SIGFLAG_PROCESSED) == 0) return nullptr;
  switch (dkim_sig_getbh(&signature)) {
    case DKIM_SIGBH_MATCH:
      return "match";
    case DKIM_SIGBH_MISMATCH:
      return "mismatch";
    default:
      return nullptr;
  }
}

const char* verdict_of(DKIM_SIGINFO& signature) {
  if (DKIM_SIG_CHECK(&signature)) return "pass";
  if (dkim_sig_getbh(&signature) == DKIM_SIGBH_MISMATCH) return "fail";
  return dkim_sig_geterror(&signature) == DKIM_SIGERROR_BADSIG ? "fail" : "other";
}

std::string b_of(DKIM_SIGINFO& signature) {
  std::string tag = "b";
  std::string word;
  for (const char c : text_of(dkim_sig_gettagvalue(&signature, false, octets(tag)))) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') word += c;
    if (word.size() == kWordOfSignature) break;
  }
  return word;
}

nlohmann::json row_of(DKIM_SIGINFO& signature) {
  const char* words = dkim_sig_geterrorstr(dkim_sig_geterror(&signature));
  return {{"domain", text_of(dkim_sig_getdomain(&signature))},
          {"selector", text_of(dkim_sig_getselector(&signature))},
          {"b", b_of(signature)},
          {"verdict", verdict_of(signature)},
          {"detail", words ? words : ""},
          {"body_hash", body_hash_of(signature)}};
}

void verify(DKIM_LIB& library, std::int64_t number, std::string& octets_of_message) {
  DKIM_STAT status = DKIM_STAT_OK;
  std::string id = std::to_string(number);
  const Message message(dkim_verify(&library, octets(id), nullptr, &status));
  if (!message) throw std::runtime_error("dkim_verify fails");
  // What these say of the message as a whole does not matter: signatures are looked at one by one.
  (void)dkim_chunk(message.get(), octets(octets_of_message), octets_of_message.size());
  (void)dkim_chunk(message.get(), nullptr, 0);
  (void)dkim_eom(message.get(), nullptr);
  DKIM_SIGINFO** signatures = nullptr;
  int count = 0;
  if (dkim_getsiglist(message.get(), &signatures, &count) != DKIM_STAT_OK || count <= 0) return;
  std::int64_t place = 0;
  for (DKIM_SIGINFO* signature : std::span(signatures, static_cast<std::size_t>(count))) {
    nlohmann::json row = row_of(*signature);
    row["message"] = number;
    row["signature"] = place++;
    std::cout << row.dump() << '\n';
  }
}

std::string read_file(const std::string& path) {
  std::string read(std::filesystem::file_size(path), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(read.data(), static_cast<std::streamsize>(read.size()));
  if (!file) throw std::runtime_error("cannot read " + path);
  return read;
}

void verify_all(std::string keys, const std::string& list) {
  const Library library = open_library(keys);
  std::ifstream lines(list);
  if (!lines) throw std::runtime_error("cannot read " + list);
  std::int64_t number = 0;
  std::int64_t received_at = 0;
  std::string path;
  while (lines >> number >> received_at && std::getline(lines >> std::ws, path)) {
    std::string message = read_file(path);
    receipt = static_cast<std::time_t>(received_at);
    verify(*library, number, message);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 3) {
    std::cerr << "usage: peer_libopendkim KEYS MESSAGES\n";
    return 2;
  }
  try {
    verify_all(arguments[1], arguments[2]);
  } catch (const std::exception& error) {
    std::cerr << "peer_libopendkim: " << error.what() << '\n';
    return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
