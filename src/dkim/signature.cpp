#include "dkim/signature.h"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/octet_set.h"
#include "dkim/domain_name.h"
#include "dkim/quoted_printable.h"

namespace mailassay::dkim {
namespace {

constexpr std::size_t kPrefixCharacters = 8;  // header.b [RFC6008 4]
constexpr std::size_t kMaxLengthDigits = 76;  // l= [RFC6376 3.5]
constexpr std::size_t kTimestampDigits = 12;  // t=, x= [RFC6376 3.5]
/// Octets that a field name has not: ftext is the rest. [RFC5322 3.6.8 ftext]
constexpr OctetSet kNoFieldNameOctets =
    OctetSet::of([](char c) { return c <= ' ' || c >= '\x7f' || c == ':'; });
constexpr std::array<std::string_view, 7> kRequired = {"v", "a", "b", "bh", "d", "h", "s"};
constexpr std::array<std::string_view, 4> kRequiredOfSeal = {"a", "b", "d", "s"};

/// Those of an ARC-Message-Signature are those of DKIM but for v=. [RFC8617 4.1.2]
std::span<const std::string_view> required_tags(SignatureKind kind) noexcept {
  if (kind == SignatureKind::arc_seal) return kRequiredOfSeal;
  const std::span<const std::string_view> all = kRequired;
  return kind == SignatureKind::arc_message_signature ? all.subspan(1) : all;
}

/// Reads the tags of one signature in turn and remembers the first fault.
class SignatureReader {
 public:
  SignatureReader(const TagList& tags, SignatureKind kind, ParsedSignature& out) noexcept
      : tags_(tags), kind_(kind), out_(out), facts_(out.facts) {}

  void read(const Limits& limits) {
    read_version();
    read_algorithm();
    read_signature_data();
    if (kind_ == SignatureKind::arc_seal) {
      read_rest_of_seal();
      return;
    }
    read_canonicalization();
    read_domain();
    read_selector();
    read_signed_fields(limits);
    read_body_hash();
    read_auid();
    read_body_length();
    read_times();
    read_query_method();
  }

 private:
  std::optional<std::string_view> value(std::string_view name) const {
    const Tag* tag = tags_.find(name);
    if (tag == nullptr) return std::nullopt;
    return tag->value;
  }

  void fault(Reason reason) noexcept {
    if (facts_.fault == Reason::none) facts_.fault = reason;
  }

  /// Only relaxed header canonicalization, no body, no expiry. [RFC8617 4.1.3]
  void read_rest_of_seal() {
    facts_.header_canon = HeaderCanon::relaxed;
    read_domain();
    read_selector();
    take_default_auid();
    facts_.signed_at = read_time("t", Reason::bad_timestamp);
  }

  void read_version() {
    const auto version = value("v");
    // "1" exactly, compared as a string. [RFC6376 3.5] In ARC it is no tag and MUST be ignored.
    // [RFC8617 4.1.2]
    const bool has_version = kind_ == SignatureKind::dkim_signature;
    if (has_version && version && *version != "1") fault(Reason::unknown_version);
    // All of these are REQUIRED. [RFC6376 3.5] [RFC6376 6.1.1]
    for (const std::string_view name : required_tags(kind_)) {
      if (tags_.find(name) == nullptr) fault(Reason::missing_tag);
    }
  }

  void read_algorithm() {
    const auto algorithm = value("a");
    if (!algorithm) return;
    // Tag values are case-sensitive unless said otherwise. [RFC6376 3.2]
    if (*algorithm == "rsa-sha256") {
      facts_.algorithm = Algorithm::rsa_sha256;
    } else if (*algorithm == "rsa-sha1") {
      facts_.algorithm = Algorithm::rsa_sha1;
    } else if (*algorithm == "ed25519-sha256") {
      facts_.algorithm = Algorithm::ed25519_sha256;  // [RFC8463 3]
    } else {
      fault(Reason::unknown_algorithm);  // [RFC6376 3.3.4]
    }
  }

  void read_signature_data() {
    const Tag* tag = tags_.find("b");
    if (tag == nullptr) return;
    out_.b_begin = tag->value_begin;
    out_.b_end = tag->value_end;
    for (const char c : tag->value) {
      if (facts_.signature_prefix.size() == kPrefixCharacters) break;
      if (!ascii::is_fws_octet(c)) facts_.signature_prefix.push_back(c);
    }
    auto decoded = decode_base64(tag->value);
    if (decoded) {
      facts_.signature = std::move(*decoded);
    } else {
      fault(Reason::bad_signature_data);
    }
  }

  void read_canonicalization() {
    // Default simple/simple; a single name leaves the body at simple. [RFC6376 3.5]
    const std::string_view text = value("c").value_or("simple");
    const std::size_t slash = text.find('/');
    const std::string_view header = text.substr(0, slash);
    const std::string_view body =
        slash == std::string_view::npos ? std::string_view("simple") : text.substr(slash + 1);
    if (header == "simple") facts_.header_canon = HeaderCanon::simple;
    if (header == "relaxed") facts_.header_canon = HeaderCanon::relaxed;
    if (body == "simple") facts_.body_canon = BodyCanon::simple;
    if (body == "relaxed") facts_.body_canon = BodyCanon::relaxed;
    if (!facts_.header_canon || !facts_.body_canon) fault(Reason::unknown_canonicalization);
  }

  void read_domain() {
    const auto domain = value("d");
    if (!domain) return;
    facts_.domain = ascii::lower(*domain);
    // domain-name = sub-domain 1*("." sub-domain): two labels or more. [RFC6376 3.5]
    if (!is_domain_name(facts_.domain, 2)) fault(Reason::bad_domain);
  }

  void read_selector() {
    const auto selector = value("s");
    if (!selector) return;
    facts_.selector = ascii::lower(*selector);
    if (!is_domain_name(facts_.selector, 1) ||
        (facts_.fault == Reason::none && !key_name(facts_.selector, facts_.domain))) {
      fault(Reason::bad_selector);
    }
  }

  void read_signed_fields(const Limits& limits) {
    const auto list = value("h");
    if (!list) return;
    // hdr-name *( [FWS] ":" [FWS] hdr-name ); MUST NOT be empty. [RFC6376 3.5]
    facts_.signed_fields.reserve(list->size());
    std::size_t names = 0;
    bool has_from = false;
    bool well_formed = true;
    std::size_t start = 0;
    while (start <= list->size()) {
      const std::size_t end = std::min(list->find(':', start), list->size());
      const std::string_view name = ascii::trim(list->substr(start, end - start));
      // DEVIATION [RFC6376 3.5]: ARC-Message-Signatures with nothing in h=, or with nothing between
      // two colons, are in use and verify elsewhere; an empty name stands for no field.
      const bool may_be_empty = kind_ == SignatureKind::arc_message_signature;
      well_formed = well_formed && (is_field_name(name) || (may_be_empty && name.empty()));
      if (names > 0) facts_.signed_fields.push_back(':');
      facts_.signed_fields.append(name);
      has_from = has_from || ascii::equal_ignoring_case(name, "from");
      ++names;
      start = end + 1;
    }
    for (char& c : facts_.signed_fields) c = ascii::to_lower(c);
    if (!well_formed) {
      fault(Reason::bad_signed_headers);
      return;
    }
    if (names > limits.signed_headers) fault(Reason::signature_too_large);
    // The From field MUST be signed. [RFC6376 5.4] [RFC6376 6.1.1] RFC 8617 does not repeat it for
    // ARC-Message-Signatures, and its verifiers do not ask for it.
    if (!has_from && kind_ == SignatureKind::dkim_signature) late_fault_ = Reason::from_not_signed;
  }

  static bool is_field_name(std::string_view name) noexcept {
    return !name.empty() && kNoFieldNameOctets.find(name, 0) == name.size();
  }

  void read_body_hash() {
    const auto text = value("bh");
    if (!text) return;
    const auto decoded = decode_base64(*text);
    const std::size_t expected = facts_.algorithm == Algorithm::rsa_sha1 ? 20 : 32;
    if (!decoded || decoded->size() != expected) {
      fault(Reason::bad_body_hash_data);
      return;
    }
    facts_.declared_body_hash.size = static_cast<std::uint8_t>(expected);
    for (std::size_t i = 0; i < expected; ++i) {
      facts_.declared_body_hash.octets[i] = static_cast<std::uint8_t>((*decoded)[i]);
    }
  }

  /// An empty local part, and d=. [RFC6376 3.5]
  void take_default_auid() {
    facts_.auid = "@" + facts_.domain;
    facts_.auid_domain = facts_.domain;
  }

  void read_auid() {
    const auto text = value("i");
    // In ARC i= is the instance. [RFC8617 4.1.2]
    if (!text || kind_ != SignatureKind::dkim_signature) {
      take_default_auid();
      apply_late_fault();
      return;
    }
    // DEVIATION [RFC6376 2.11]: the local part is kept as written and not decoded, because nothing
    // is decided by it and what stands in the field is what a person can find again.
    facts_.auid = std::string(*text);
    // The whole value is dkim-quoted-printable: what is compared is the decoded address.
    // [RFC6376 3.5] [RFC6376 2.11]
    const std::string address = decode_dkim_quoted_printable(*text);
    const std::size_t at = address.rfind('@');
    const std::string_view domain =
        at == std::string::npos ? std::string_view() : std::string_view(address).substr(at + 1);
    if (!is_domain_name(domain, 2)) {
      fault(Reason::bad_auid);
      apply_late_fault();
      return;
    }
    facts_.auid_domain = ascii::lower(domain);
    // The domain of i= MUST be d= or a subdomain of it. [RFC6376 3.5] [RFC6376 6.1.1]
    if (!is_same_or_subdomain(facts_.auid_domain, facts_.domain)) {
      fault(Reason::auid_domain_mismatch);
    }
    apply_late_fault();
  }

  /// [RFC6376 6.1.1] checks i= against d= before it looks for From in h=.
  void apply_late_fault() noexcept {
    if (late_fault_ != Reason::none) fault(late_fault_);
  }

  void read_body_length() {
    const auto text = value("l");
    if (!text) return;
    if (text->empty() || text->size() > kMaxLengthDigits || !all_digits(*text)) {
      fault(Reason::bad_body_length);
      return;
    }
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
    // A number that no body can have: it will be found larger than the body.
    if (error == std::errc::result_out_of_range) {
      length = std::numeric_limits<std::uint64_t>::max();
    }
    facts_.body_length = length;
  }

  void read_times() {
    facts_.signed_at = read_time("t", Reason::bad_timestamp);
    facts_.expires_at = read_time("x", Reason::bad_expiration);
    // x= MUST be greater than t= if both are present. [RFC6376 3.5]
    if (facts_.signed_at && facts_.expires_at && *facts_.expires_at <= *facts_.signed_at) {
      fault(Reason::bad_expiration);
    }
  }

  std::optional<std::int64_t> read_time(std::string_view name, Reason reason) {
    const auto text = value(name);
    if (!text) return std::nullopt;
    if (text->empty() || !all_digits(*text)) {
      fault(reason);
      return std::nullopt;
    }
    // Values above 12 digits may be taken as infinite. [RFC6376 3.5]
    if (text->size() > kTimestampDigits) return std::numeric_limits<std::int64_t>::max();
    std::int64_t seconds = 0;
    std::from_chars(text->data(), text->data() + text->size(), seconds);
    return seconds;
  }

  static bool all_digits(std::string_view text) noexcept {
    for (const char c : text) {
      if (!ascii::is_digit(c)) return false;
    }
    return true;
  }

  void read_query_method() {
    const auto list = value("q");
    if (!list) return;  // default dns/txt
    // Unrecognized methods MUST be ignored; one has to be left. [RFC6376 3.5]
    std::size_t start = 0;
    while (start <= list->size()) {
      const std::size_t end = std::min(list->find(':', start), list->size());
      if (ascii::trim(list->substr(start, end - start)) == "dns/txt") return;
      start = end + 1;
    }
    fault(Reason::unknown_query_method);
  }

  const TagList& tags_;
  SignatureKind kind_;
  ParsedSignature& out_;
  SignatureFacts& facts_;
  Reason late_fault_ = Reason::none;
};

}  // namespace

ParsedSignature parse_signature(std::string_view value, const Limits& limits) {
  ParsedSignature out;
  if (value.size() > limits.signature_field_bytes) {
    out.facts.fault = Reason::signature_too_large;
    return out;
  }
  const auto tags = parse_tag_list(value);
  if (!tags) {
    out.facts.fault =
        tags.error() == TagListFault::duplicate ? Reason::duplicate_tag : Reason::signature_syntax;
    return out;
  }
  return read_signature(*tags, SignatureKind::dkim_signature, limits);
}

ParsedSignature read_signature(const TagList& tags, SignatureKind kind, const Limits& limits) {
  ParsedSignature out;
  SignatureReader(tags, kind, out).read(limits);
  return out;
}

}  // namespace mailassay::dkim
