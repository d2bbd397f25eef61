#include "kind/bounce_category.h"

#include <cstddef>

#include "base/ascii.h"
#include "kind/field_marks.h"

namespace mailassay::kind {
namespace {

struct StatusEntry {
  std::string_view detail;  ///< without the class: "7.26"
  Cause cause;
};

/// The registry of [RFC5248 2.4], and what large receivers use beside it. The class (4 or 5) says
/// how long it lasts, not what it is.
constexpr StatusEntry kStatuses[] = {
    {"1.1", Cause::unknown_user},
    {"1.2", Cause::bad_domain},
    {"1.3", Cause::bad_address},
    {"1.4", Cause::bad_address},
    {"1.6", Cause::moved},
    {"1.7", Cause::not_authorized},
    {"1.8", Cause::not_authorized},
    {"1.10", Cause::null_mx},
    {"2.1", Cause::disabled},
    {"2.2", Cause::mailbox_full},
    {"2.3", Cause::too_big},
    {"2.4", Cause::system},
    {"3.1", Cause::system_full},
    {"3.2", Cause::system},
    {"3.3", Cause::system},
    {"3.4", Cause::too_big},
    {"3.5", Cause::system},
    {"4.1", Cause::network},
    {"4.2", Cause::network},
    {"4.3", Cause::network},
    {"4.4", Cause::bad_domain},
    {"4.5", Cause::system},
    {"4.6", Cause::loop},
    {"4.7", Cause::expired},
    {"4.14", Cause::loop},
    {"5.1", Cause::protocol},
    {"5.2", Cause::protocol},
    {"5.3", Cause::rate_limited},
    {"5.4", Cause::protocol},
    {"6.1", Cause::content},
    {"6.2", Cause::content},
    {"6.3", Cause::content},
    {"6.6", Cause::content},
    {"7.2", Cause::not_authorized},
    {"7.8", Cause::not_authorized},
    {"7.17", Cause::moved},
    // [RFC7372 3.1] [RFC7372 3.2] [RFC7372 3.3] [RFC7372 3.4]
    {"7.20", Cause::dkim},
    {"7.21", Cause::dkim},
    {"7.22", Cause::dkim},
    {"7.23", Cause::spf},
    {"7.24", Cause::spf},
    {"7.25", Cause::reverse_dns},
    {"7.26", Cause::dmarc},
    // [RFC7505 4.2] [RFC8617 10.4] [RFC8689]
    {"7.27", Cause::null_mx},
    {"7.28", Cause::rate_limited},
    {"7.29", Cause::arc},
    {"7.30", Cause::tls},
    // Google's, and Microsoft's.
    {"7.32", Cause::dmarc},
    {"7.40", Cause::dmarc},
    {"7.57", Cause::not_authorized},
    {"7.64", Cause::relaying_denied},
    {"7.124", Cause::not_authorized},
    {"7.133", Cause::not_authorized},
    {"7.134", Cause::not_authorized},
    {"7.136", Cause::not_authorized},
    {"7.501", Cause::reputation},
    {"7.502", Cause::reputation},
    {"7.503", Cause::reputation},
    {"7.508", Cause::rate_limited},
    {"7.509", Cause::dmarc},
    {"7.511", Cause::reputation},
    {"7.512", Cause::content},
    {"7.513", Cause::reputation},
    {"7.515", Cause::dmarc},
    {"7.520", Cause::policy},
    {"7.750", Cause::reputation},
};

/// Codes that Google gave a meaning of its own; its replies end with "gsmtp".
constexpr StatusEntry kGoogleStatuses[] = {{"7.23", Cause::reverse_dns},
                                           {"7.27", Cause::spf},
                                           {"7.29", Cause::tls},
                                           {"7.30", Cause::dkim}};

struct WordsEntry {
  std::string_view words;  ///< lower case
  Cause cause;
};

/// In the order of asking: what is said most plainly first.
constexpr WordsEntry kWords[] = {
    {"recipientnotfound", Cause::unknown_user},
    {"user unknown", Cause::unknown_user},
    {"unknown user", Cause::unknown_user},
    {"no such user", Cause::unknown_user},
    {"no such recipient", Cause::unknown_user},
    {"user not found", Cause::unknown_user},
    {"user doesn't exist", Cause::unknown_user},
    {"user does not exist", Cause::unknown_user},
    {"account that you tried to reach does not exist", Cause::unknown_user},
    {"no mailbox here by that name", Cause::unknown_user},
    {"mailbox not found", Cause::unknown_user},
    {"mailbox unavailable", Cause::unknown_user},
    {"invalid recipient", Cause::unknown_user},
    {"recipient unknown", Cause::unknown_user},
    {"not listed in domino directory", Cause::unknown_user},
    {"not listed in public name", Cause::unknown_user},
    {"address rejected: access denied", Cause::unknown_user},
    {"user doesn't have", Cause::unknown_user},
    {"mailbox full", Cause::mailbox_full},
    {"mailbox is full", Cause::mailbox_full},
    {"over quota", Cause::mailbox_full},
    {"overquota", Cause::mailbox_full},
    {"quota exceeded", Cause::mailbox_full},
    {"exceeded storage", Cause::mailbox_full},
    {"out of storage", Cause::mailbox_full},
    {"disk quota", Cause::mailbox_full},
    {"exceeded quota", Cause::mailbox_full},
    {"account has been disabled", Cause::disabled},
    {"account is disabled", Cause::disabled},
    {"mailbox disabled", Cause::disabled},
    {"account inactive", Cause::disabled},
    {"suspended", Cause::disabled},
    {"no longer accept", Cause::disabled},
    {"couldn't find any host", Cause::bad_domain},
    {"host or domain name not found", Cause::bad_domain},
    {"domain not found", Cause::bad_domain},
    {"host unknown", Cause::bad_domain},
    {"unrouteable", Cause::bad_domain},
    {"name server: host not found", Cause::bad_domain},
    {"message too large", Cause::too_big},
    {"message size exceeds", Cause::too_big},
    {"size limit", Cause::too_big},
    {"greylist", Cause::greylisted},
    {"graylist", Cause::greylisted},
    {"spamhaus", Cause::reputation},
    {"spamcop", Cause::reputation},
    {"blocklist", Cause::reputation},
    {"block list", Cause::reputation},
    {"blacklist", Cause::reputation},
    {"blocked using", Cause::reputation},
    {"reputation", Cause::reputation},
    {"dmarc", Cause::dmarc},
    {"dkim", Cause::dkim},
    {"sender policy framework", Cause::spf},
    {"openspf", Cause::spf},
    {"reverse dns", Cause::reverse_dns},
    {"ptr record", Cause::reverse_dns},
    {"unauthenticated email", Cause::dmarc},
    {"authentication checks", Cause::dmarc},
    {"illegal attachment", Cause::content},
    {"virus", Cause::content},
    {"malware", Cause::content},
    {"spam", Cause::content},
    {"content rejected", Cause::content},
    {"relaying denied", Cause::relaying_denied},
    {"relay access denied", Cause::relaying_denied},
    {"unable to relay", Cause::relaying_denied},
    {"not permitted to relay", Cause::relaying_denied},
    {"rate limit", Cause::rate_limited},
    {"ratelimit", Cause::rate_limited},
    {"throttl", Cause::rate_limited},
    {"too many", Cause::rate_limited},
    {"too many hops", Cause::loop},
    {"mail loop", Cause::loop},
    {"mail forwarding loop", Cause::loop},
    {"retry timeout exceeded", Cause::expired},
    {"retry time not reached", Cause::expired},
    {"delivery time expired", Cause::expired},
    {"could not be delivered for", Cause::expired},
    {"timed out", Cause::network},
    {"timeout", Cause::network},
    {"connection refused", Cause::network},
    {"wasn't able to establish an smtp connection", Cause::network},
    {"no route to host", Cause::network},
    {"not authorized", Cause::not_authorized},
    {"policy", Cause::policy},
};

/// "spf" as a word, not as a label of a host name.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (!begins_with(text.substr(at), word)) continue;
    const bool begins = at == 0 || !(ascii::is_alnum(text[at - 1]) || text[at - 1] == '.');
    const std::size_t end = at + word.size();
    const bool is_label =
        end + 1 < text.size() && text[end] == '.' && ascii::is_alnum(text[end + 1]);
    const bool ends = end == text.size() || !(ascii::is_alnum(text[end]) || text[end] == '-');
    if (begins && ends && !is_label) return true;
  }
  return false;
}

Cause cause_of_words(std::string_view text) {
  if (has_word(text, "spf") && !contains(text, "dmarc")) return Cause::spf;
  if (contains(text, "too many hops")) return Cause::loop;
  for (const WordsEntry& entry : kWords) {
    if (contains(text, entry.words)) return entry.cause;
  }
  return Cause::undetermined;
}

template <std::size_t Size>
Cause find_cause(const StatusEntry (&table)[Size], std::string_view detail) {
  for (const StatusEntry& entry : table) {
    if (entry.detail == detail) return entry.cause;
  }
  return Cause::undetermined;
}

/// Ranges of [RFC3463 3.2] to [RFC3463 3.8] whose detail is none that we know.
Cause cause_of_subject(std::string_view detail) {
  // Microsoft: a sending address that is banned, or a tenant.
  if (detail.starts_with("7.6") && detail.size() == 5) return Cause::reputation;
  if (detail.starts_with("7.7") && detail.size() == 5) return Cause::reputation;
  switch (detail.front()) {
    case '1':
      return Cause::bad_address;
    case '3':
      return Cause::system;
    case '4':
      return Cause::network;
    case '5':
      return Cause::protocol;
    case '6':
      return Cause::content;
    case '7':
      return Cause::policy;
    default:
      return Cause::undetermined;
  }
}

/// Codes that programs put where they know no better.
bool says_little(std::string_view detail) {
  return detail.empty() || detail.ends_with(".0") || detail == "7.1" || detail == "1.10" ||
         detail == "7.9" || detail == "4.1" || detail == "4.4" || detail == "4.7" ||
         detail == "2.1";
}

Category category_of(Cause cause, char status_class, Action action) {
  if (action == Action::delivered || action == Action::relayed || action == Action::expanded) {
    return Category::delivered;
  }
  const bool is_transient = status_class == '4' || action == Action::delayed;
  switch (cause) {
    case Cause::mailbox_full:
      return Category::mailbox_full;
    case Cause::dkim:
    case Cause::spf:
    case Cause::dmarc:
    case Cause::arc:
    case Cause::reverse_dns:
    case Cause::tls:
      return Category::authentication;
    case Cause::content:
    case Cause::reputation:
    case Cause::policy:
    case Cause::not_authorized:
    case Cause::relaying_denied:
    case Cause::too_big:
      return Category::blocked;
    case Cause::rate_limited:
      return is_transient ? Category::soft : Category::blocked;
    case Cause::expired:
    case Cause::greylisted:
    case Cause::system_full:
      return Category::soft;
    case Cause::undetermined:
      if (status_class == 0 && action == Action::unknown) return Category::undetermined;
      [[fallthrough]];
    default:
      // [RFC3463 2] class 4 persistent transient, class 5 permanent.
      return is_transient ? Category::soft : Category::hard;
  }
}

}  // namespace

std::string find_status(std::string_view text) {
  for (std::size_t at = 0; at + 4 < text.size(); ++at) {
    const char first = text[at];
    if ((first != '2' && first != '4' && first != '5') || text[at + 1] != '.') continue;
    if (at > 0 && (ascii::is_alnum(text[at - 1]) || text[at - 1] == '.')) continue;
    std::size_t end = at + 2;
    int parts = 0;
    while (parts < 2) {
      const std::size_t begin = end;
      while (end < text.size() && end - begin < 3 && ascii::is_digit(text[end])) ++end;
      if (end == begin) break;
      ++parts;
      if (parts == 1 && (end == text.size() || text[end++] != '.')) break;
    }
    const bool ends = end == text.size() ||
                      !(ascii::is_alnum(text[end]) || (text[end] == '.' && end + 1 < text.size() &&
                                                       ascii::is_digit(text[end + 1])));
    if (parts == 2 && ends) return std::string(text.substr(at, end - at));
  }
  return {};
}

std::uint16_t find_reply(std::string_view text) {
  for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
    if (text[at] != '4' && text[at] != '5') continue;
    if (!ascii::is_digit(text[at + 1]) || !ascii::is_digit(text[at + 2])) continue;
    if (at > 0 && (ascii::is_alnum(text[at - 1]) || text[at - 1] == '.')) continue;
    if (at + 3 < text.size() && !ascii::is_fws_octet(text[at + 3]) && text[at + 3] != '-') continue;
    // [RFC5321 4.2.1] the second digit is 0 to 5.
    if (text[at + 1] > '5') continue;
    return static_cast<std::uint16_t>((text[at] - '0') * 100 + (text[at + 1] - '0') * 10 +
                                      (text[at + 2] - '0'));
  }
  return 0;
}

Cause cause_of(std::string_view status, std::uint16_t reply, std::string_view diagnostic) {
  const std::string_view detail = status.size() > 2 ? status.substr(2) : std::string_view();
  // [RFC7505 4.1] reply 556 for a recipient domain that has a null MX.
  if (reply == 556) return Cause::null_mx;
  if (contains(diagnostic, "gsmtp")) {
    const Cause google = find_cause(kGoogleStatuses, detail);
    if (google != Cause::undetermined) return google;
  }
  if (says_little(detail)) {
    const Cause by_words = cause_of_words(diagnostic);
    if (by_words != Cause::undetermined) return by_words;
  }
  if (detail.empty()) return reply == 552 ? Cause::mailbox_full : Cause::undetermined;
  if (detail == "7.1") return Cause::not_authorized;
  const Cause known = find_cause(kStatuses, detail);
  return known != Cause::undetermined ? known : cause_of_subject(detail);
}

void categorize(DsnRecipient& recipient) {
  if (recipient.status.empty()) recipient.status = find_status(recipient.diagnostic);
  if (recipient.reply == 0) recipient.reply = find_reply(recipient.diagnostic);
  recipient.cause = cause_of(recipient.status, recipient.reply, recipient.diagnostic);
  // A code that says nothing, or only that time ran out, where the reply of the other side has one
  // that tells why.
  const bool is_vague = recipient.cause == Cause::undetermined || recipient.cause == Cause::expired;
  const std::string other = is_vague ? find_status(recipient.diagnostic) : std::string();
  if (!other.empty() && other != recipient.status) {
    const Cause why = cause_of(other, recipient.reply, recipient.diagnostic);
    if (why != Cause::undetermined) recipient.cause = why;
  }
  char status_class = recipient.status.empty() ? '\0' : recipient.status.front();
  if (status_class == 0 && recipient.reply != 0) {
    status_class = static_cast<char>('0' + recipient.reply / 100);
  }
  recipient.category = category_of(recipient.cause, status_class, recipient.action);
}

}  // namespace mailassay::kind
