#include "io/mail_store_name.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace mailassay::io {
namespace {

/// Takes the last component off a path.
std::string_view take_last(std::string_view& path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? path : path.substr(slash + 1);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  return last;
}

bool is_delivered(std::string_view folder) { return folder == "cur" || folder == "new"; }

/// The number behind `,S=` and the like.
std::optional<std::uint64_t> number_behind(std::string_view name, std::string_view key) {
  const std::size_t at = name.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view text = name.substr(at + key.size());
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped == text.data()) return std::nullopt;
  const std::string_view rest(stopped, static_cast<std::size_t>(end - stopped));
  if (!rest.empty() && rest[0] != ',' && rest[0] != ':' && rest[0] != '.') return std::nullopt;
  return number;
}

constexpr std::array<std::string_view, 27> kCompanions = {
    // Dovecot, Courier and their Maildirs
    "dovecot-uidlist", "dovecot-keywords", "dovecot-acl", "dovecot-acl-list", "dovecot.mailbox.log",
    "dovecot.list.index", "dovecot.list.index.log", "dovecot.sieve", "subscriptions",
    "maildirfolder", "maildirsize", "courierimapuiddb", "courierimapsubscribed",
    "courierimapkeywords", "courierpop3dsizelist", "sieve",
    // Thunderbird
    "popstate.dat", "msgFilterRules.dat", "filterlog.html", "junklog.html", "rules.dat",
    // Apple Mail, Google Takeout
    "table_of_contents", "Info.plist", "mbox.toc", "archive_browser.html", "user-settings.json",
    "labels.json"};

}  // namespace

MaildirSizes maildir_sizes(std::string_view path) {
  const std::string_view name = take_last(path);
  if (!is_delivered(take_last(path))) return {};
  const std::string_view unique = name.substr(0, name.find(':'));
  return {number_behind(unique, ",S="), number_behind(unique, ",W=")};
}

bool is_companion(std::string_view path) {
  const std::string_view name = take_last(path);
  if (name.ends_with(".msf") || name.starts_with("dovecot.index") ||
      name.starts_with("dovecot-uidvalidity")) {
    return true;
  }
  return std::find(kCompanions.begin(), kCompanions.end(), name) != kCompanions.end();
}

bool is_partial_emlx(std::string_view path) { return path.ends_with(".partial.emlx"); }

MemberPlace place_of_member(std::string_view name) {
  std::string_view below;
  bool last = true;
  while (!name.empty()) {
    const std::string_view part = take_last(name);
    const bool dots = part == "." || part == "..";
    if (part.starts_with('.') && !dots && (last || !is_delivered(below))) {
      // A Maildir++ folder holds cur or new.
      return MemberPlace::hidden;
    }
    if (part == "tmp" && !last && !below.empty() && ascii::is_digit(below[0]) &&
        below.find('.') != std::string_view::npos) {
      return MemberPlace::unfinished;
    }
    below = part;
    last = false;
  }
  return MemberPlace::ordinary;
}

}  // namespace mailassay::io
