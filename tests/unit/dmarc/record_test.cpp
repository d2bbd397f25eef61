#include "dmarc/record.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "dmarc/reason.h"
#include "dmarc/remark.h"
#include "support/exact_copy.h"

namespace mailassay::dmarc {
namespace {

Record parsed(std::string_view text) {
  const auto record = parse_record(test::ExactCopy(text).view());
  EXPECT_TRUE(record) << text;
  return record.value_or(Record());
}

/// "kind:tag kind:tag"
std::string faults(const Record& record) {
  std::string out;
  for (const Fault& fault : record.faults) {
    if (!out.empty()) out += ' ';
    out.append(remark_on(fault.kind).word).append(":").append(fault.tag);
  }
  return out;
}

std::string word(const std::optional<Policy>& policy) {
  return policy ? std::string(word_of(*policy)) : "-";
}

// [RFC9989 4.7] [RFC9989 4.8] the version is the first tag, in this case, up to a semicolon
TEST(DmarcRecord, Version) {
  for (const std::string_view text :
       {"v=DMARC1", "V=DMARC1", "v=DMARC1;", "v = DMARC1 ; ", "v\t=\tDMARC1\t;p=none",
        "v=DMARC1;;;", "v=DMARC1; garbage"}) {
    EXPECT_TRUE(parse_record(test::ExactCopy(text).view())) << text;
  }
  for (const std::string_view text : {"",
                                      "v",
                                      "v=",
                                      "v=dmarc1",
                                      "v=DMARC",
                                      "v=DMARC10",
                                      "v=DMARC1x; p=none",
                                      "v=DMARC2; p=none",
                                      " v=DMARC1; p=none",
                                      "\tv=DMARC1",
                                      "v=DMARC1 p=none",
                                      "p=none; v=DMARC1",
                                      "w=DMARC1; p=none",
                                      "v:DMARC1; p=none",
                                      "v==DMARC1; p=none",
                                      "v=\"DMARC1\"; p=none",
                                      "vv=DMARC1; p=none",
                                      "v=DMARC1,p=none",
                                      "v=DMARC1\r\n;p=none",
                                      "\xEF\xBB\xBFv=DMARC1",
                                      "v=spf1 -all"}) {
    EXPECT_FALSE(parse_record(test::ExactCopy(text).view())) << text;
  }
}

TEST(DmarcRecord, NearMisses) {
  struct Row {
    std::string_view text;
    NearMiss miss;
  };
  for (const Row& row :
       {Row{" v=DMARC1; p=none", NearMiss::leading_blank},
        Row{"\tv = DMARC1", NearMiss::leading_blank},
        Row{"v=dmarc1; p=none", NearMiss::version_case}, Row{"V=Dmarc1", NearMiss::version_case},
        Row{"v=DMARC1 p=none", NearMiss::version_value},
        Row{"v=DMARC1x; p=none", NearMiss::version_value},
        Row{"v=DMARC2; p=none", NearMiss::version_value}, Row{"v=DMARC", NearMiss::version_value},
        Row{"p=none; v=DMARC1", NearMiss::version_not_first},
        Row{"\"v=DMARC1; p=none\"", NearMiss::version_not_first},
        Row{"v=spf1 -all", NearMiss::none}, Row{"", NearMiss::none},
        Row{"dmarc", NearMiss::none}}) {
    EXPECT_EQ(near_miss(test::ExactCopy(row.text).view()), row.miss) << row.text;
  }
}

// [RFC9989 4.8] values are keywords of ABNF, without case; white space around "=" and ";" is none
TEST(DmarcRecord, Tags) {
  const Record record = parsed(
      "v=DMARC1 ; p = Reject;sp=QUARANTINE ;\tnp=none; t=Y; psd=N; adkim=S; aspf=s; fo=1:D:s; "
      "rua=mailto:A@x.org,mailto:b@x.org; ruf=mailto:c@x.org;");
  EXPECT_EQ(record.p, Policy::reject);
  EXPECT_EQ(record.sp, Policy::quarantine);
  EXPECT_EQ(record.np, Policy::none);
  EXPECT_TRUE(record.test);
  EXPECT_EQ(record.psd, Record::Psd::n);
  EXPECT_TRUE(record.strict_dkim);
  EXPECT_TRUE(record.strict_spf);
  EXPECT_EQ(record.fo, "1:d:s");
  EXPECT_EQ(record.rua, (std::vector<std::string>{"mailto:A@x.org", "mailto:b@x.org"}));
  EXPECT_EQ(record.ruf, (std::vector<std::string>{"mailto:c@x.org"}));
  EXPECT_EQ(faults(record), "");
}

// [RFC9989 4.7] defaults
TEST(DmarcRecord, Defaults) {
  const Record record = parsed("v=DMARC1");
  EXPECT_FALSE(record.p || record.sp || record.np || record.pct);
  EXPECT_FALSE(record.has_invalid_sp || record.has_invalid_np);
  EXPECT_FALSE(record.test || record.strict_dkim || record.strict_spf);
  EXPECT_EQ(record.psd, Record::Psd::u);
  EXPECT_EQ(record.fo, "0");
  EXPECT_TRUE(record.rua.empty() && record.ruf.empty());
  EXPECT_EQ(faults(record), "missing-policy:p");
}

// [RFC9989 4.8] what is wrong behind the version gives way to the default
TEST(DmarcRecord, Faults) {
  struct Row {
    std::string_view tags;
    const char* p;
    const char* faults;
  };
  for (const Row& row : {
           Row{"p=none; p=reject", "-", "duplicate-tag:p missing-policy:p"},
           Row{"p=none; x=1; p=none; p=none", "-",
               "duplicate-tag:p unknown-tag:x missing-policy:p"},
           Row{"p=rejected", "-", "bad-value:p"},
           Row{"p=", "-", "bad-value:p"},
           Row{"p=none none", "-", "bad-value:p"},
           Row{"p=none\t", "none", ""},
           Row{"p=re\tject", "-", "bad-value:p"},
           Row{"p=none\x80", "-", "bad-value:p"},
           Row{"p", "-", "tag-syntax:p missing-policy:p"},
           Row{"p:none", "-", "tag-syntax:p:none missing-policy:p"},
           Row{"p-=none", "-", "tag-syntax:p-=none missing-policy:p"},
           Row{"p1=none", "-", "tag-syntax:p1=none missing-policy:p"},
           Row{"=none", "-", "tag-syntax:=none missing-policy:p"},
           Row{"; p=none", "none", "tag-syntax: policy-not-next:p"},
           Row{"P=none", "none", "upper-case-tag:p"},
           Row{"sp=none; p=reject", "reject", "policy-not-next:p"},
           Row{"p=none; v=DMARC1", "none", "duplicate-tag:v"},
           Row{"p=none; sp=foo", "none", "bad-value:sp"},
           Row{"p=none; np=", "none", "bad-value:np"},
           Row{"p=none; t=yes", "none", "bad-value:t"},
           Row{"p=none; psd=x", "none", "bad-value:psd"},
           Row{"p=none; psd=", "none", "bad-value:psd"},
           Row{"p=none; adkim=strict", "none", "bad-value:adkim"},
           Row{"p=none; aspf=R S", "none", "bad-value:aspf"},
           Row{"p=none; pct=50; rf=afrf; ri=86400", "none",
               "historic-tag:pct historic-tag:rf historic-tag:ri"},
           Row{"p=none; foo=bar", "none", "unknown-tag:foo"},
           Row{"p=none; fo=1", "none", "fo-without-ruf:fo"},
           Row{"p=none; rua=x@y.org", "none", "bad-uri:rua"},
           Row{"p=none; rua=mailto:x@y.org!10m", "none", "uri-size:rua"},
           Row{"p=none; rua=", "none", "bad-value:rua"},
       }) {
    const Record record = parsed("v=DMARC1; " + std::string(row.tags));
    EXPECT_EQ(word(record.p), row.p) << row.tags;
    EXPECT_EQ(faults(record), row.faults) << row.tags;
  }
}

// [RFC9989 4.10.1] an sp or np that is there and invalid is not the same as none
TEST(DmarcRecord, InvalidPolicies) {
  EXPECT_TRUE(parsed("v=DMARC1; p=reject; sp=foo").has_invalid_sp);
  EXPECT_TRUE(parsed("v=DMARC1; p=reject; sp=").has_invalid_sp);
  EXPECT_TRUE(parsed("v=DMARC1; p=reject; np=foo").has_invalid_np);
  EXPECT_FALSE(parsed("v=DMARC1; p=reject; sp").has_invalid_sp);
  EXPECT_FALSE(parsed("v=DMARC1; p=reject; sp=none; sp=foo").has_invalid_sp);
  EXPECT_FALSE(parsed("v=DMARC1; p=foo").has_invalid_sp);
}

// [RFC9989 4.8 dmarc-fo]
TEST(DmarcRecord, FailureOptions) {
  for (const char* value : {"0", "1", "d", "s", "0:d", "1:s:d", "d:0", "d:1:s", "s:d:1", "S:D"}) {
    const Record record = parsed("v=DMARC1; p=none; ruf=mailto:a@b.c; fo=" + std::string(value));
    EXPECT_EQ(faults(record), "") << value;
    EXPECT_EQ(record.fo.size(), std::string_view(value).size()) << value;
  }
  for (const char* value : {"2", "0:1", "d:d", "0:", ":", "0,d", "0d", "x", "d:s:0:1"}) {
    const Record record = parsed("v=DMARC1; p=none; ruf=mailto:a@b.c; fo=" + std::string(value));
    EXPECT_EQ(faults(record), "bad-value:fo") << value;
    EXPECT_EQ(record.fo, "0") << value;
  }
}

// [RFC7489 6.3] a number from 0 to 100
TEST(DmarcRecord, Percentage) {
  EXPECT_EQ(parsed("v=DMARC1; p=none; pct=0").pct, 0U);
  EXPECT_EQ(parsed("v=DMARC1; p=none; pct=100").pct, 100U);
  for (const char* value : {"101", "-1", "50%", "5 0", "4294967297", "x"}) {
    EXPECT_FALSE(parsed("v=DMARC1; p=none; pct=" + std::string(value)).pct) << value;
  }
}

}  // namespace
}  // namespace mailassay::dmarc
