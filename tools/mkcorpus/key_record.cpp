#include "mkcorpus/key_record.h"

#include <string_view>

#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::size_t kLongestString = 255;

/// p=: SubjectPublicKeyInfo as nearly everyone writes it, RSAPublicKey as the RFC says, sometimes
/// with white space inside.
std::string public_key_text(const SigningKey& key, Prng& prng) {
  const std::string octets = prng.chance(8) ? key.bare_public_octets() : key.public_octets();
  std::string text = base64_encoded(octets);
  if (prng.chance(6)) text = broken_into_lines(text, prng.between(40, 76), " ");
  return text;
}

std::vector<std::string> split_strings(std::string_view text, std::size_t width) {
  std::vector<std::string> out;
  for (; text.size() > width; text.remove_prefix(width)) out.emplace_back(text.substr(0, width));
  out.emplace_back(text);
  return out;
}

}  // namespace

KeyRecord key_record(const SigningKey& key, Prng& prng) {
  KeyRecord record;
  const std::string_view gap = prng.chance(80) ? "; " : ";";
  std::string text;
  const auto add_tag = [&](std::string_view tag) {
    if (!text.empty()) text += gap;
    text += tag;
  };
  if (prng.chance(92)) add_tag("v=DKIM1");
  if (prng.chance(10)) {
    add_tag("h=sha256");
    record.admits_sha1 = false;
  }
  if (key.kind() == KeyKind::ed25519) {
    add_tag("k=ed25519");
  } else if (prng.chance(75)) {
    add_tag("k=rsa");
  }
  if (prng.chance(4)) add_tag("n=see https://www.example.com/keys, rotated yearly");
  if (prng.chance(4)) add_tag(prng.chance(50) ? "s=email" : "s=*");
  if (prng.chance(8)) {
    add_tag("t=s");
    record.exact_domain = true;
  } else if (prng.chance(2)) {
    add_tag("t=y");
  }
  add_tag("p=" + public_key_text(key, prng));
  if (prng.chance(40)) text += ";";
  const std::size_t width = prng.chance(80) ? kLongestString : prng.between(64, kLongestString);
  record.strings = split_strings(text, width);
  return record;
}

}  // namespace mkcorpus
