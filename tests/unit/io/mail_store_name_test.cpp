#include "io/mail_store_name.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::io {
namespace {

TEST(MailStoreName, sizes_of_maildir_files) {
  struct Case {
    std::string_view path;
    std::optional<std::uint64_t> stored;
    std::optional<std::uint64_t> with_crlf;
  };
  const Case cases[] = {
      {"Maildir/cur/1700000000.M1P2.host,S=4567,W=4690:2,S", 4567, 4690},
      {"new/1700000000.M1P2.host,S=4567", 4567, std::nullopt},
      {"cur/1.h,W=9:2,", std::nullopt, 9},
      {"cur/1.h,S=0:2,", 0, std::nullopt},
      {"cur/1.h,S=5.gz", 5, std::nullopt},
      {"/m/.Sent/cur/1.h,S=12:2,RS", 12, std::nullopt},
      // Not in cur or new, or no number.
      {"tmp/1.h,S=5", std::nullopt, std::nullopt},
      {"1.h,S=5", std::nullopt, std::nullopt},
      {"cur/x/1.h,S=5", std::nullopt, std::nullopt},
      {"cur/1.h", std::nullopt, std::nullopt},
      {"cur/1.h:2,S=5", std::nullopt, std::nullopt},
      {"cur/1.h,S=", std::nullopt, std::nullopt},
      {"cur/1.h,S=-5", std::nullopt, std::nullopt},
      {"cur/1.h,S=5x", std::nullopt, std::nullopt},
      {"cur/1.h,S=99999999999999999999", std::nullopt, std::nullopt},
      {"cur/", std::nullopt, std::nullopt},
      {"", std::nullopt, std::nullopt},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.path);
    const MaildirSizes sizes = maildir_sizes(copy.view());
    EXPECT_EQ(sizes.stored, a_case.stored) << a_case.path;
    EXPECT_EQ(sizes.with_crlf, a_case.with_crlf) << a_case.path;
  }
}

TEST(MailStoreName, companions) {
  for (const char* path : {"Maildir/dovecot-uidlist", "dovecot.index.cache", "x/Inbox.msf",
                           "subscriptions", "A.mbox/table_of_contents"}) {
    EXPECT_TRUE(is_companion(path)) << path;
  }
  for (const char* path : {"", "Inbox", "subscriptions/x", "msf", "dovecot", "Inbox.msf.eml"}) {
    EXPECT_FALSE(is_companion(path)) << path;
  }
  EXPECT_TRUE(is_partial_emlx("Messages/12.partial.emlx"));
  EXPECT_FALSE(is_partial_emlx("Messages/12.emlx"));
}

TEST(MailStoreName, places_of_members) {
  struct Case {
    std::string_view name;
    MemberPlace place;
  };
  const Case cases[] = {
      {"a.eml", MemberPlace::ordinary},
      {"m/cur/1700000000.M1P2.host:2,S", MemberPlace::ordinary},
      {"m/.Sent/cur/1", MemberPlace::ordinary},
      {"m/.Sent.2020/new/1", MemberPlace::ordinary},
      {"./m/a.eml", MemberPlace::ordinary},
      {"../m/a.eml", MemberPlace::ordinary},
      {"/a.eml", MemberPlace::ordinary},
      {"tmp/a.eml", MemberPlace::ordinary},
      {"tmp", MemberPlace::ordinary},
      {"", MemberPlace::ordinary},
      {".a.eml", MemberPlace::hidden},
      {"x/._a.eml", MemberPlace::hidden},
      {"m/.Sent/cur/.lock", MemberPlace::hidden},
      {".git/objects/1", MemberPlace::hidden},
      {".Sent/1", MemberPlace::hidden},
      {"m/.Sent/old/cur/1", MemberPlace::hidden},
      {"m/tmp/1700000000.M1P2.host", MemberPlace::unfinished},
      {"tmp/17.host", MemberPlace::unfinished},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.name);
    EXPECT_EQ(place_of_member(copy.view()), a_case.place) << a_case.name;
  }
}

}  // namespace
}  // namespace mailassay::io
