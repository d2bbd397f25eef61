// The register of protected names against a slow search that looks at every name.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "mailassay/impersonation.h"
#include "verdict/letter_distance.h"

namespace mailassay::impersonation {
namespace {

constexpr unsigned kSeed = 39;

class Names {
 public:
  std::string name(std::size_t letters) {
    std::string text;
    // Without those that others are confusable with.
    constexpr std::string_view kLetters = "abcdefghkqrstuvwxyz";
    while (text.size() < letters) text += kLetters[random_() % kLetters.size()];
    return text;
  }
  std::size_t below(std::size_t count) { return random_() % count; }

  /// One slip of the hand.
  std::string slip(std::string text) {
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0:
        return text.insert(at, name(1));
      case 1:
        return text.erase(at, 1);
      case 2:
        text[at] = name(1)[0];
        return text;
      default:
        std::swap(text[at], text[at == 0 ? 1 : at - 1]);
        return text;
    }
  }

 private:
  std::mt19937 random_{kSeed};
};

std::string words_of(const Register& names, std::string_view domain) {
  Claim claim;
  claim.from_domain = domain;
  claim.standing = standing::Value::authenticated;
  std::string text;
  for (const Reason& reason : names.check(claim).reasons) text += text_of(reason) + ' ';
  return text;
}

// Naive distance with swaps of neighbours, by the table that every book has.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

TEST(ImpersonationProperty, DistanceAgreesWithTheTable) {
  Names names;
  int near = 0;
  for (int i = 0; i < 100000; ++i) {
    const std::string a = names.name(1 + names.below(8));
    std::string b = names.slip(a);
    if (names.below(2) == 0 && !b.empty()) b = names.slip(b);
    const bool expected = distance(a, b) == 1;
    if (expected) ++near;
    ASSERT_EQ(is_one_letter_apart(letters_of(a), letters_of(b)), expected) << a << ' ' << b;
  }
  EXPECT_GT(near, 10000);
}

// Whatever is one letter from a name is found among 400, and nothing else is.
TEST(ImpersonationProperty, TheRegisterAgreesWithASearch) {
  Names names;
  Party own;
  own.is_own = true;
  std::vector<std::string> labels;
  for (int i = 0; i < 400; ++i) {
    labels.push_back(names.name(4 + names.below(8)));
    own.domains.push_back(labels.back() + ".com");
  }
  const Register prepared(std::vector<Party>{own});
  int named = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string label = names.slip(labels[names.below(labels.size())]);
    if (names.below(3) == 0) label = names.slip(label);
    if (names.below(10) == 0) label = names.name(4 + names.below(8));
    bool is_own = false;
    std::string nearest;
    for (const std::string& other : labels) {
      is_own = is_own || other == label;
      if (nearest.empty() && std::min(other.size(), label.size()) >= 5 &&
          distance(other, label) == 1) {
        nearest = "one-letter:" + other + ".com ";
      }
    }
    if (is_own) nearest.clear();
    if (!nearest.empty()) ++named;
    ASSERT_EQ(words_of(prepared, label + ".com"), nearest) << label;
  }
  EXPECT_GT(named, 5000);
}

// Subdomains of own domains are own, and the order in which names are given decides among them.
TEST(ImpersonationProperty, WhatIsOwnIsNeverNamed) {
  Names names;
  Party own;
  own.is_own = true;
  for (int i = 0; i < 50; ++i) {
    // Full of neighbours.
    const std::string label = names.name(6);
    own.domains.push_back(label + ".com");
    own.domains.push_back(names.slip(label) + ".com");
    own.domains.push_back(label + ".net");
  }
  const Register prepared(std::vector<Party>{own});
  for (const std::string& domain : own.domains) {
    EXPECT_EQ(words_of(prepared, domain), "") << domain;
    EXPECT_EQ(words_of(prepared, names.name(5) + '.' + domain), "") << domain;
  }
}

}  // namespace
}  // namespace mailassay::impersonation
