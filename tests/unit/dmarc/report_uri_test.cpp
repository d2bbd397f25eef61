#include "dmarc/report_uri.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::dmarc {
namespace {

std::string joined(const ReportUris& read) {
  std::string out;
  for (const std::string& uri : read.uris) out += uri + ' ';
  return out;
}

// [RFC9989 4.6] [RFC9989 4.8 dmarc-urilist] a list of URIs between commas
TEST(DmarcReportUri, Lists) {
  struct Row {
    const char* list;
    const char* uris;
    bool has_invalid;
  };
  for (const Row& row : {
           Row{"mailto:a@b.c", "mailto:a@b.c ", false},
           Row{"mailto:a@b.c,mailto:d@e.f", "mailto:a@b.c mailto:d@e.f ", false},
           Row{"mailto:a@b.c \t, MAILTO:d@e.f", "mailto:a@b.c MAILTO:d@e.f ", false},
           Row{"https://b.c/r?x=%20#f", "https://b.c/r?x=%20#f ", false},
           Row{"urn:x-y:z", "urn:x-y:z ", false},
           Row{"mailto:a%2Cb@c.d?subject=x", "mailto:a%2Cb@c.d?subject=x ", false},
           Row{"mailto:a@b.c,", "mailto:a@b.c ", true},
           Row{",,mailto:a@b.c", "mailto:a@b.c ", true},
           Row{"", "", true},
           Row{"a@b.c", "", true},
           Row{"mailto:", "", true},
           Row{"mailto:a", "", true},
           Row{"mailto:@b", "", true},
           Row{"mailto:a@", "", true},
           Row{"mailto:a@b.c d", "", true},
           Row{"mailto:a@b.c%2", "", true},
           Row{"mailto:a@b.c%zz", "", true},
           Row{"mailto:<a@b.c>", "", true},
           Row{"1x:y", "", true},
           Row{":y", "", true},
           Row{"mailto", "", true},
           Row{"https:", "", true},
       }) {
    const ReportUris read = parse_report_uris(test::ExactCopy(row.list).view());
    EXPECT_EQ(joined(read), row.uris) << row.list;
    EXPECT_EQ(read.has_invalid, row.has_invalid) << row.list;
    EXPECT_FALSE(read.has_size) << row.list;
  }
}

// [RFC9989 4.8 obs-dmarc-report-size] read, and ignored
TEST(DmarcReportUri, Sizes) {
  for (const char* list : {"mailto:a@b.c!10", "mailto:a@b.c!10m", "mailto:a@b.c!1K"}) {
    const ReportUris read = parse_report_uris(list);
    EXPECT_TRUE(read.has_size) << list;
    EXPECT_EQ(joined(read), "mailto:a@b.c ") << list;
  }
  for (const char* list : {"mailto:a@b.c!", "mailto:a@b.c!m", "mailto:a@b.c!10x",
                           "mailto:a@b.c!1!2", "mailto:a!b@c"}) {
    const ReportUris read = parse_report_uris(list);
    EXPECT_TRUE(read.has_invalid) << list;
    EXPECT_TRUE(read.uris.empty()) << list;
  }
}

}  // namespace
}  // namespace mailassay::dmarc
