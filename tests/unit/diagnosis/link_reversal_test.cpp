// Links that gateways rewrite, decoded back. The forms are those that Microsoft and Proofpoint
// write; the texts are made.
#include "diagnosis/link_reversal.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::diagnosis {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string decoded;
  bool escape = false;
};

const std::string kSafe = "https://eur02.safelinks.protection.outlook.com/?url=";

const Case kCases[] = {
    {"no link", "text", "text"},
    {"another link", "https://a.example/?url=http%3A%2F%2Fb",
     "https://a.example/?url=http%3A%2F%2Fb"},
    {"Safe Links", "see " + kSafe + "http%3A%2F%2Fa.example%2F%3Fb%3D1&data=05 now",
     "see http://a.example/?b=1 now"},
    {"in HTML, raw", "<a href=\"" + kSafe + "http%3A%2F%2Fa%2F%3Fb%26c&data=0\">x</a>",
     "<a href=\"http://a/?b&c\">x</a>"},
    {"in HTML, escaped", "<a href=\"" + kSafe + "http%3A%2F%2Fa%2F%3Fb%26c&amp;data=0\">x</a>",
     "<a href=\"http://a/?b&amp;c\">x</a>", true},
    {"two of them", kSafe + "http%3A%2F%2Fa&d " + kSafe + "http%3A%2F%2Fb&d", "http://a http://b"},
    {"a broken escape", kSafe + "a%2&d", "a%2"},
    {"a host that looks like it", "https://safelinks.protection.outlook.com.example/?url=a&d",
     "https://safelinks.protection.outlook.com.example/?url=a&d"},
    {"without the parameter", "https://x.safelinks.protection.outlook.com/",
     "https://x.safelinks.protection.outlook.com/"},
    {"URL Defense v1", "https://urldefense.proofpoint.com/v1/url?u=http://a.example/&k=abc",
     "http://a.example/"},
    {"URL Defense v2",
     "https://urldefense.proofpoint.com/v2/url?u=http-3A__a.example_b-5Fc-2Dd-3Fe&d=DwMFaQ&c=x",
     "http://a.example/b_c-d?e"},
    {"Barracuda",
     "<https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fa.example%2fb%3fc%3d1&c=E,1,x&typo=1>",
     "<https://a.example/b?c=1>"},
    {"a host that looks like that of Barracuda",
     "https://linkprotect.cudasvc.com.example/url?a=x&c=E",
     "https://linkprotect.cudasvc.com.example/url?a=x&c=E"},
    {"Cisco", "https://secure-web.cisco.com/1aB-c_d/https%3A%2F%2Fa.example%2F%3Fb%3D1%26c",
     "https://a.example/?b=1&c"},
    {"Cisco, a token alone", "https://secure-web.cisco.com/1aB",
     "https://secure-web.cisco.com/1aB"},
    {"Mimecast has a token alone", "https://protect-eu.mimecast.com/s/AbC?domain=a.example",
     "https://protect-eu.mimecast.com/s/AbC?domain=a.example"},
    {"URL Defense v3, nothing replaced", "https://urldefense.com/v3/__http://a.example/__;!!A!b$",
     "http://a.example/"},
    {"URL Defense v3, one octet", "https://urldefense.com/v3/__http://a/*b__;Pw!!A!b$.",
     "http://a/?b."},
    {"URL Defense v3, a run of octets", "https://urldefense.com/v3/__http://a/**Ab__;Pz8!!A!b$",
     "http://a/??b"},
    {"URL Defense v3, too few octets", "https://urldefense.com/v3/__http://a/***__;Pw!!A!b$",
     "http://a/?"},
    {"URL Defense v3 that does not end", "https://urldefense.com/v3/__http://a/",
     "https://urldefense.com/v3/__http://a/"},
    {"URL Defense v3 without its mark", "https://urldefense.com/v3/__http://a__;Pw",
     "https://urldefense.com/v3/__http://a__;Pw"},
};

TEST(LinkReversal, DecodesWhatGatewaysWrote) {
  for (const Case& one : kCases) {
    const test::ExactCopy text(one.text);
    EXPECT_EQ(decode_links(text.view(), one.escape), one.decoded) << one.name;
  }
}

}  // namespace
}  // namespace mailassay::diagnosis
