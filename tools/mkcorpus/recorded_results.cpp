#include "mkcorpus/recorded_results.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace mkcorpus {
namespace {

std::string sender_of(const Session& session) {
  return session.mail_from.empty() ? "postmaster@" + session.helo : session.mail_from;
}

/// The phrase that many implementations put into a comment.
std::string spf_phrase(const Session& session) {
  const bool passes = session.spf.result == "pass";
  if (passes) {
    return fmt::format("domain of {} designates {} as permitted sender", sender_of(session),
                       session.ip);
  }
  if (session.spf.result == "none" || session.spf.result == "neutral") {
    return fmt::format("{} is neither permitted nor denied by best guess record for domain of {}",
                       session.ip, sender_of(session));
  }
  return fmt::format("domain of {} does not designate {} as permitted sender", sender_of(session),
                     session.ip);
}

std::string capitalized(std::string_view word) {
  std::string out(word);
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

}  // namespace

std::string spf_domain(const Session& session) {
  if (session.mail_from.empty()) return session.helo;
  return session.mail_from.substr(session.mail_from.rfind('@') + 1);
}

std::string signature_start(std::string_view field) {
  std::string out;
  std::string bare;
  for (const char c : field.substr(field.find(':') + 1)) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') bare += c;
  }
  bare.insert(0, ";");
  const std::size_t begin = bare.find(";b=") + 3;
  return bare.substr(begin, std::min<std::size_t>(8, bare.find(';', begin) - begin));
}

std::string_view signatures_word(const Checked& checked) {
  if (checked.signatures.empty()) return "none";
  for (const CheckedSignature& signature : checked.signatures) {
    if (signature.result == "pass") return "pass";
  }
  return checked.signatures.front().result;
}

std::string own_results(std::string_view authserv_id, const Checked& checked,
                        const Session& session) {
  std::string out = fmt::format("Authentication-Results: {};", authserv_id);
  if (checked.signatures.empty()) out += "\r\n\tdkim=none;";
  for (const CheckedSignature& one : checked.signatures) {
    out += fmt::format("\r\n\tdkim={} (2048-bit key) header.d={} header.s={} header.b=\"{}\";",
                       one.result, one.domain, one.selector, one.start);
  }
  return out +
         fmt::format("\r\n\tspf={} smtp.mailfrom={};\r\n\tdmarc={}{} header.from={}", checked.spf,
                     sender_of(session), checked.dmarc,
                     checked.policy.empty() ? "" : fmt::format(" (p={} dis=none)", checked.policy),
                     checked.author_domain);
}

std::string gmail_results(const Checked& checked, const Session& session) {
  std::string out = " mx.google.com;";
  for (const CheckedSignature& one : checked.signatures) {
    out += fmt::format(
        "\r\n       dkim={} header.i=@{} header.s={} header.b={};", one.result, one.domain,
        one.selector, one.start.find('/') == std::string::npos ? one.start : '"' + one.start + '"');
  }
  out += fmt::format("\r\n       spf={} (google.com: {}) smtp.mailfrom={}", checked.spf,
                     spf_phrase(session), sender_of(session));
  if (checked.policy.empty()) return out;
  return out + fmt::format(";\r\n       dmarc={0} (p={1} sp={1} dis=NONE) header.from={2}",
                           checked.dmarc, upper(checked.policy), checked.author_domain);
}

std::string gmail_spf(const Session& session) {
  return fmt::format("Received-SPF: {} (google.com: {}) client-ip={};", session.spf.result,
                     spf_phrase(session), session.ip);
}

std::string microsoft_results(const Checked& checked, const Session& session) {
  std::string out = fmt::format(
      "Authentication-Results: spf={} (sender IP is {})\r\n"
      " smtp.mailfrom={};",
      checked.spf, session.ip, spf_domain(session));
  if (checked.signatures.empty()) {
    out += " dkim=none (message not signed)\r\n header.d=none;";
  }
  for (const CheckedSignature& one : checked.signatures) {
    out += fmt::format(" dkim={} ({})\r\n header.d={};", one.result,
                       one.result == "pass" ? "signature was verified" : "body hash did not verify",
                       one.domain);
  }
  const bool passes = checked.dmarc == "pass";
  return out + fmt::format("dmarc={} action=none\r\n header.from={};compauth={} reason={}",
                           checked.dmarc, checked.author_domain, passes ? "pass" : "fail",
                           passes ? "100" : "001");
}

std::string microsoft_spf(const Session& session) {
  const std::string_view result = session.spf.result;
  const std::string word = result == "softfail"    ? "SoftFail"
                           : result == "permerror" ? "PermError"
                                                   : capitalized(result);
  return fmt::format(
      "Received-SPF: {} (protection.outlook.com: domain of\r\n {} {} {} as permitted\r\n"
      " sender) receiver=protection.outlook.com;\r\n client-ip={}; helo={}; pr=C",
      word, spf_domain(session), result == "pass" ? "designates" : "does not designate", session.ip,
      session.ip, session.helo);
}

std::string yahoo_results(std::string_view host, const Checked& checked, const Session& session) {
  std::string out = fmt::format("Authentication-Results: {};", host);
  if (checked.signatures.empty()) out += "\r\n dkim=none;";
  for (const CheckedSignature& one : checked.signatures) {
    out +=
        fmt::format("\r\n dkim={} header.i=@{} header.s={};", one.result, one.domain, one.selector);
  }
  out += fmt::format("\r\n spf={} smtp.mailfrom={};\r\n dmarc={}", checked.spf, spf_domain(session),
                     checked.dmarc);
  if (!checked.policy.empty()) out += fmt::format("(p={})", upper(checked.policy));
  return out + " header.from=" + checked.author_domain + ";";
}

std::string own_spf(const Session& session, std::string_view receiver) {
  return fmt::format(
      "Received-SPF: {} ({}) identity=mailfrom;\r\n\tclient-ip={}; helo={};\r\n"
      "\tenvelope-from=\"{}\"; receiver={}",
      capitalized(session.spf.result), spf_phrase(session), session.ip, session.helo,
      session.mail_from.empty() ? "<>" : session.mail_from, receiver);
}

}  // namespace mkcorpus
