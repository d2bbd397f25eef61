#include "mkcorpus/scan_setup.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "mkcorpus/mta.h"
#include "mkcorpus/text_encoding.h"
#include "mkcorpus/world.h"

namespace mkcorpus {
namespace {

struct Setting {
  std::string_view name;
  std::vector<std::string> values;
};

std::vector<std::string> receivers() {
  std::vector<std::string> out = {"10.20.0.0/16", "store.inbox.example.net",
                                  "EX02.inbox.example.net", std::string(kCopyHost)};
  for (const Mta& mta : border_mtas()) {
    // The big providers are known without being told.
    if (mta.receiver == Receiver::own) out.emplace_back(mta.host);
  }
  return out;
}

std::vector<Setting> settings() {
  return {
      {"own-domain", {std::string(kOwnDomain)}},
      {"copy-address", {std::string(kCopyAddress)}},
      {"receiver", receivers()},
      {"authserv-id", {std::string(kOwnAuthservId), "mx.google.com"}},
      {"trust-sealer", {"arcforward.test", "google.com"}},
      {"trust-list", {"clubtrust.test"}},
      {"trust-forwarder", {"trustedfwd.test"}},
      {"own-sender", {std::string(kOwnService)}},
      {"protect-brand", {fmt::format("{}=Bigshop", kBrand)}},
  };
}

}  // namespace

std::string scan_arguments() {
  std::string out;
  for (const Setting& setting : settings()) {
    for (const std::string& value : setting.values) {
      out += fmt::format("--{} {}\n", setting.name, value);
    }
  }
  return out;
}

std::string scan_configuration() {
  std::string out = "# For a scan of this corpus; scan.args has the same as flags.\n";
  for (const Setting& setting : settings()) {
    std::string values;
    for (const std::string& value : setting.values) {
      values += (values.empty() ? "" : ", ") + json_string(value);
    }
    out += fmt::format("{} = [{}]\n", setting.name, values);
  }
  return out;
}

}  // namespace mkcorpus
