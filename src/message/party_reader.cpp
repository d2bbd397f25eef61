#include "message/party_reader.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "message/address.h"
#include "message/encoded_word.h"

namespace mailassay::message {
namespace {

/// A display name is encoded, quoted or plain; what a reader is shown is kept.
std::string shown_name(std::string_view raw) {
  std::string name = decode_unstructured(raw);
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
    name = name.substr(1, name.size() - 2);
  }
  name.erase(std::remove(name.begin(), name.end(), '\\'), name.end());
  return name;
}

class PartyReader {
 public:
  explicit PartyReader(const Limits& limits) : limits_(limits) {}

  PartyFacts read(const HeaderIndex& header) {
    for (const HeaderField& field : header.fields()) {
      const std::string_view name = header.name(field);
      if (name.size() < 2 || name.size() > 8) continue;
      if (ascii::equal_ignoring_case(name, "from")) {
        each_address(header.value(field), [this](Address& address) { add_name(address); });
      } else if (ascii::equal_ignoring_case(name, "reply-to")) {
        each_address(header.value(field), [this](Address& address) {
          add(std::move(address.address), facts_.reply_to);
        });
      } else if (is_recipients(name)) {
        each_address(header.value(field), [this](Address& address) {
          if (!address.domain.empty()) {
            add(std::move(address.domain), facts_.recipient_domains);
          }
        });
      }
    }
    return std::move(facts_);
  }

 private:
  static bool is_recipients(std::string_view name) {
    constexpr std::array<std::string_view, 3> kNames = {"to", "cc", "bcc"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view one) { return ascii::equal_ignoring_case(name, one); });
  }

  template <typename Take>
  void each_address(std::string_view value, Take take) {
    // One more than is kept is enough to know that there are more.
    const std::size_t most = 4 * limits_.parties;
    std::vector<Address> addresses = parse_address_list(value, most + 1);
    if (addresses.size() > most) {
      facts_.is_cut = true;
      addresses.pop_back();
    }
    for (Address& address : addresses) take(address);
  }

  void add_name(const Address& address) {
    if (address.display_name.empty()) return;
    // Bounded before it is decoded.
    add(shown_name(address.display_name.substr(0, 4 * limits_.party_bytes)), facts_.author_names);
  }

  void add(std::string text, std::vector<std::string>& list) {
    if (std::find(list.begin(), list.end(), text) != list.end()) return;
    if (list.size() == limits_.parties || text.size() > limits_.party_bytes) {
      facts_.is_cut = true;
      return;
    }
    list.push_back(std::move(text));
  }

  const Limits& limits_;
  PartyFacts facts_;
};

}  // namespace

PartyFacts read_parties(const HeaderIndex& header, const Limits& limits) {
  return PartyReader(limits).read(header);
}

}  // namespace mailassay::message
