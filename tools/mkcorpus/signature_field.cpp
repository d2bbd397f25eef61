#include "mkcorpus/signature_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

using reference::Canon;

struct Tag {
  std::string name;
  std::string value;
};

/// How the tags of one field are laid out.
struct Layout {
  std::string_view name;    ///< of the field
  std::string_view lead;    ///< between the colon and the first tag
  std::string_view gap;     ///< after most semicolons
  std::string_view fold;    ///< after the semicolons before h=, bh= and b=, and inside b=
  std::string_view equals;  ///< between tag name and value
  std::size_t b_width;      ///< octets of b= on a line; 0: not folded
  bool fold_names;          ///< h= is folded after colons
  bool fold_body_hash;      ///< white space inside bh=
  bool last_semicolon;
};

constexpr std::array<std::string_view, 10> kAlways = {
    "From",         "To",       "Subject",          "Date",      "Message-ID", "MIME-Version",
    "Content-Type", "Reply-To", "List-Unsubscribe", "X-Campaign"};

Layout choose_layout(Prng& prng) {
  static constexpr std::array<std::string_view, 3> kFolds = {"\r\n\t", "\r\n ", "\r\n        "};
  const std::string_view fold = prng.pick(kFolds);
  Layout layout{"DKIM-Signature", " ", " ", fold, "=", 0, false, false, prng.chance(15)};
  if (prng.chance(10)) layout.name = "Dkim-Signature";
  switch (prng.below(5)) {
    case 0:  // one long line
      layout.fold = " ";
      break;
    case 1:  // every tag on a line of its own
      layout.lead = fold;
      layout.gap = fold;
      layout.b_width = 72;
      break;
    case 2:  // no white space that is not needed
      layout.lead = "";
      layout.gap = "";
      layout.b_width = 64;
      break;
    case 3:
      layout.fold_names = true;
      layout.fold_body_hash = prng.chance(30);
      layout.b_width = prng.between(30, 76);
      break;
    default:
      layout.b_width = 68;
      if (prng.chance(10)) layout.equals = " = ";
      break;
  }
  return layout;
}

bool has_field(std::span<const std::string> fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(), [&](const std::string& field) {
    return field.size() > name.size() && field[name.size()] == ':' &&
           mailassay::ascii::equal_ignoring_case(std::string_view(field).substr(0, name.size()),
                                                 name);
  });
}

/// h=: what is present, now and then more often than it is present. [RFC6376 5.4.2]
std::vector<std::string> choose_names(std::span<const std::string> fields, Prng& prng) {
  const bool lower = prng.chance(60);
  std::vector<std::string> names;
  const auto add = [&](std::string_view name) {
    names.push_back(lower ? mailassay::ascii::lower(name) : std::string(name));
  };
  for (const std::string_view name : kAlways) {
    if (has_field(fields, name)) add(name);
  }
  if (has_field(fields, "X-Campaign") && prng.chance(60)) add("X-Campaign");
  if (prng.chance(25)) {
    add("From");
    if (prng.chance(50)) add("Subject");
  }
  if (prng.chance(8)) add("Resent-From");
  if (prng.chance(5)) add("X-Absent");
  if (prng.chance(30)) {
    for (std::size_t i = names.size() - 1; i > 0; --i)
      std::swap(names[i], names[prng.below(i + 1)]);
  }
  return names;
}

std::string joined_names(const std::vector<std::string>& names, const Layout& layout) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += ':';
    if (i > 0 && i % 4 == 0 && layout.fold_names) out += layout.fold;
    out += names[i];
  }
  return out;
}

/// c= and the many ways to leave it out. [RFC6376 3.5]
std::optional<std::string> canonicalization_value(Canon header, Canon body, Prng& prng) {
  const std::string_view first = header == Canon::relaxed ? "relaxed" : "simple";
  if (body == Canon::simple && prng.chance(20)) {
    if (header == Canon::simple) return std::nullopt;
    return std::string(first);
  }
  return fmt::format("{}/{}", first, body == Canon::relaxed ? "relaxed" : "simple");
}

std::optional<std::string> auid_value(const KeyName& name, Prng& prng) {
  const std::size_t draw = prng.below(100);
  if (draw < 12) return fmt::format("@{}", name.domain);
  if (draw < 24) return fmt::format("bounce-{}@{}", prng.below(10000), name.domain);
  // dkim-quoted-printable. [RFC6376 2.11]
  if (draw < 26) return fmt::format("news=2Beu@{}", name.domain);
  // t=s demands the very domain. [RFC6376 3.6.1]
  if (draw < 32 && !name.exact_domain) return fmt::format("crm@news.{}", name.domain);
  return std::nullopt;
}

std::string_view algorithm_value(const SignatureField& field) {
  if (field.name->key->kind() == KeyKind::ed25519) return "ed25519-sha256";
  return field.hash == Hash::sha1 ? "rsa-sha1" : "rsa-sha256";
}

/// z= of one field, in dkim-quoted-printable. [RFC6376 3.5 z=] [RFC6376 2.11]
std::optional<std::string> copied_field(std::span<const std::string> fields,
                                        std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const std::string& field) {
    return field.starts_with(std::string(name) + ":");
  });
  if (found == fields.end()) return std::nullopt;
  std::string out(name);
  out += ':';
  for (const char c : std::string_view(*found).substr(name.size() + 1)) {
    const bool is_safe = c > ' ' && c < '\x7f' && c != ';' && c != '=' && c != '|';
    out += is_safe ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// All tags, b= empty and last.
std::vector<Tag> choose_tags(const SignatureField& field, const SigningOrder& order,
                             std::span<const std::string> fields, const Layout& layout,
                             Prng& prng) {
  std::vector<Tag> tags = {{"v", "1"}, {"a", std::string(algorithm_value(field))}};
  const auto add = [&](std::string name, std::optional<std::string> value) {
    if (value) tags.push_back({std::move(name), std::move(*value)});
  };
  add("c", canonicalization_value(field.header_canon, field.body_canon, prng));
  std::string domain = order.name->domain;
  if (prng.chance(2)) domain[0] = static_cast<char>(domain[0] - 'a' + 'A');
  add("d", domain);
  add("s", order.name->selector);
  add("i", auid_value(*order.name, prng));
  if (prng.chance(10)) add("q", "dns/txt");
  if (order.with_time) add("t", std::to_string(order.signed_at));
  if (order.expires_at) add("x", std::to_string(*order.expires_at));
  if (field.body_length) add("l", std::to_string(*field.body_length));
  std::string body_hash = base64_encoded(field.body_hash);
  if (layout.fold_body_hash) body_hash.insert(20, layout.fold);
  add("h", joined_names(field.signed_names, layout));
  add("bh", body_hash);
  if (prng.chance(3)) add("z2", "an-unknown-tag");
  if (order.with_copies) add("z", copied_field(fields, "Subject"));
  tags.push_back({"b", ""});
  return tags;
}

/// Moves b= away from the end in some fields: its value ends at the next semicolon.
void move_signature_tag(std::vector<Tag>& tags, Prng& prng) {
  if (!prng.chance(15)) return;
  const auto place = static_cast<std::ptrdiff_t>(prng.between(1, tags.size() - 2));
  std::rotate(tags.begin() + place, tags.end() - 1, tags.end());
}

std::string field_text(const std::vector<Tag>& tags, const Layout& layout,
                       std::string_view signature) {
  std::string out = fmt::format("{}:{}", layout.name, layout.lead);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const bool is_long = tags[i].name == "h" || tags[i].name == "bh" || tags[i].name == "b";
    if (i > 0) out.append(";").append(is_long ? layout.fold : layout.gap);
    out.append(tags[i].name).append(layout.equals).append(tags[i].value);
    if (tags[i].name != "b") continue;
    if (layout.b_width == 0) {
      out += signature;
    } else {
      out += broken_into_lines(signature, layout.b_width, layout.fold);
    }
  }
  if (layout.last_semicolon) out += ';';
  return out;
}

std::optional<std::uint64_t> choose_length(std::string_view body, Canon canon, Prng& prng) {
  const std::size_t whole = reference::canonical_body(body, canon).size();
  if (whole < 2 || prng.chance(60)) return whole;
  return prng.chance(4) ? 0 : prng.between(1, whole);
}

}  // namespace

SignatureField sign_message(std::span<const std::string> fields, std::string_view body,
                            const SigningOrder& order, Prng& prng) {
  SignatureField out;
  out.name = order.name;
  out.hash = order.hash;
  out.expires_at = order.expires_at;
  // Most mail is relaxed/relaxed; all four pairs occur.
  out.header_canon = prng.chance(75) ? Canon::relaxed : Canon::simple;
  out.body_canon = prng.chance(65) ? Canon::relaxed : Canon::simple;
  if (order.with_length) out.body_length = choose_length(body, out.body_canon, prng);
  out.signed_names = choose_names(fields, prng);
  out.signed_names.insert(out.signed_names.end(), order.more_names.begin(), order.more_names.end());
  out.by_other_key = order.other_key != nullptr;
  out.body_hash = hash_octets(
      out.hash, *reference::canonical_body_prefix(body, out.body_canon, out.body_length));

  const Layout layout = choose_layout(prng);
  std::vector<Tag> tags = choose_tags(out, order, fields, layout, prng);
  move_signature_tag(tags, prng);
  std::vector<std::string> all = {field_text(tags, layout, "")};
  all.insert(all.end(), fields.begin(), fields.end());
  out.header_hash = hash_octets(
      out.hash, reference::header_hash_input(all, 0, out.signed_names, out.header_canon));
  const SigningKey& key = out.by_other_key ? *order.other_key : *order.name->key;
  out.text = field_text(tags, layout, base64_encoded(key.sign(out.hash, out.header_hash)));
  return out;
}

}  // namespace mkcorpus
