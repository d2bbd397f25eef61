#include "dns/name.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::dns {
namespace {

using test::ExactCopy;

struct Case {
  std::string given;
  std::string canonical;
};

TEST(Name, HasOneCanonicalSpelling) {
  const std::vector<Case> cases = {
      {".", "."},
      {"example.com", "example.com"},
      {"Example.COM.", "example.com"},  // [RFC4343 3]
      {"S1._DomainKey.Example.com", "s1._domainkey.example.com"},
      {R"(a\.b.example)", R"(a\.b.example)"},    // [RFC1035 5.1] \X
      {R"(a\046b.example)", R"(a\.b.example)"},  // [RFC1035 5.1] \DDD
      {R"(\065\066.example)", "ab.example"},
      {R"(a\\b.example)", R"(a\\b.example)"},
      {R"(a\000b)", R"(a\000b)"},
      {R"(a\ b)", R"(a\032b)"},
      {R"(\"q\")", "\"q\""},
      {"b\xC3\xBC"
       "cher.example",
       R"(b\195\188cher.example)"},
      {std::string(63, 'x') + ".com", std::string(63, 'x') + ".com"},
  };
  for (const Case& c : cases) {
    const ExactCopy input(c.given);
    const auto name = normalise_name(input.view());
    ASSERT_TRUE(name) << c.given << ": " << to_string(name.error());
    EXPECT_EQ(*name, c.canonical);
    EXPECT_EQ(*normalise_name(*name), *name) << "not stable";
  }
}

TEST(Name, RefusesWhatIsNoName) {
  struct Refused {
    std::string given;
    NameError error;
  };
  const std::string label63(63, 'x');
  const std::string long_name =
      label63 + '.' + label63 + '.' + label63 + '.' + std::string(62, 'y');
  const std::vector<Refused> cases = {
      {"", NameError::empty_name},
      {"..", NameError::empty_label},
      {".com", NameError::empty_label},
      {"a..b", NameError::empty_label},
      {"a.b..", NameError::empty_label},
      {std::string(64, 'x'), NameError::label_too_long},  // [RFC1035 2.3.4]
      {long_name, NameError::name_too_long},
      {long_name + '.', NameError::name_too_long},
      {"a\\", NameError::bad_escape},
      {R"(a\25)", NameError::bad_escape},
      {R"(a\2x5)", NameError::bad_escape},
      {R"(a\256)", NameError::bad_escape},
  };
  for (const Refused& c : cases) {
    const ExactCopy input(c.given);
    const auto name = normalise_name(input.view());
    ASSERT_FALSE(name) << c.given;
    EXPECT_EQ(name.error(), c.error) << c.given;
  }
}

TEST(Name, IsAdmittedAtTheLimitOf255Octets) {
  const std::string label63(63, 'x');
  const std::string name = label63 + '.' + label63 + '.' + label63 + '.' + std::string(61, 'y');
  const auto wire = name_to_wire(name);
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->size(), kMaxNameBytes);
}

TEST(Name, FromBrokenWireIsRefused) {
  for (const std::string& wire :
       {std::string(), std::string("\3com"), std::string("\3co\0", 4), std::string("\300\0", 2),
        std::string("\0x", 2), std::string("\1a\0\1b", 5), std::string(300, '\1')}) {
    const ExactCopy input(wire);
    EXPECT_FALSE(name_from_wire(input.view()));
  }
}

}  // namespace
}  // namespace mailassay::dns
