#include "diagnosis/header_reversal.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "dkim/quoted_printable.h"

namespace mailassay::diagnosis {
namespace {

/// Instances of one name that are taken out one by one.
constexpr std::size_t kInstancesTried = 8;

/// The fields of z=: what the signer saw. [RFC6376 3.5 z=]
std::vector<std::string> read_copies(std::string_view text) {
  std::vector<std::string> copies;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    copies.push_back(dkim::decode_dkim_quoted_printable(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return copies;
}

bool has_text(const HeaderFields& fields, const std::vector<std::size_t>& places,
              std::string_view field) {
  return std::any_of(places.begin(), places.end(),
                     [&](std::size_t place) { return fields.field(place) == field; });
}

/// Puts a copied field in the place of the lowest one of its name, or below all others. Fields of
/// which there is one copy each: that is what signers write.
void restore(HeaderFields& fields, const std::string& copy) {
  const std::string name = ascii::lower(ascii::trim(copy.substr(0, copy.find(':'))));
  const std::vector<std::size_t> places = fields.places_of(name);
  if (has_text(fields, places, copy)) return;
  if (places.empty()) {
    fields.add(copy);
  } else {
    fields.set_value(places.back(), std::string_view(copy).substr(copy.find(':') + 1));
  }
}

/// z= leaves it open whether white space was kept; readers of both habits are served.
std::string with_blank(const std::string& copy) {
  const std::size_t colon = copy.find(':');
  return copy.substr(0, colon) + ": " + std::string(ascii::trim(copy.substr(colon + 1)));
}

void list_reply_instances(const std::vector<std::size_t>& places,
                          std::vector<HeaderReversal>& out) {
  out.push_back({Undo::reply_to_remove, [places](HeaderFields& fields) {
                   for (const std::size_t place : places) fields.take_out(place);
                 }});
  if (places.size() < 2) return;
  for (std::size_t i = 0; i < std::min(places.size(), kInstancesTried); ++i) {
    out.push_back({Undo::reply_to_remove,
                   [place = places[i]](HeaderFields& fields) { fields.take_out(place); }});
  }
}

}  // namespace

void list_instances(const HeaderFields& fields, const SignatureAim& aim, HeaderReversals& out) {
  std::vector<std::string> done;
  for (const std::size_t covered : aim.covered) {
    const std::string name = fields.name(covered);
    if (name == "dkim-signature" || std::find(done.begin(), done.end(), name) != done.end())
      continue;
    done.push_back(name);
    std::vector<std::size_t> places = fields.places_of(name);
    // From the bottom up: that is how instances are taken. [RFC6376 5.4.2]
    std::reverse(places.begin(), places.end());
    if (places.size() > kInstancesTried) places.resize(kInstancesTried);
    if (name == "reply-to") {
      list_reply_instances(places, out.replies);
      continue;
    }
    const bool only = places.size() == 1;
    // A signer reads From and has to sign it: it was there. [RFC6376 5.4]
    if (only && name == "from") continue;
    for (const std::size_t place : places) {
      out.instances.push_back({only ? Undo::field_remove : Undo::instance_remove,
                               [place](HeaderFields& header) { header.take_out(place); }});
    }
  }
}

void list_copies(const SignatureAim& aim, std::vector<HeaderReversal>& out) {
  const std::vector<std::string> all = read_copies(aim.copied_fields);
  std::vector<std::string> copies;
  for (const std::string& copy : all) {
    const std::size_t colon = copy.find(':');
    if (colon != std::string::npos && colon > 0) copies.push_back(copy);
  }
  if (copies.empty()) return;
  out.push_back({Undo::copied_field_restore, [copies](HeaderFields& header) {
                   for (const std::string& copy : copies) restore(header, copy);
                 }});
  out.push_back({Undo::copied_field_restore, [copies](HeaderFields& header) {
                   for (const std::string& copy : copies) restore(header, with_blank(copy));
                 }});
}

}  // namespace mailassay::diagnosis
