// DMARC Reporting URIs, as rua and ruf list them. [RFC9989 4.6] [RFC9989 4.8 dmarc-urilist]
#ifndef MAILASSAY_DMARC_REPORT_URI_H
#define MAILASSAY_DMARC_REPORT_URI_H

#include <string>
#include <string_view>
#include <vector>

namespace mailassay::dmarc {

struct ReportUris {
  std::vector<std::string> uris;  ///< those that are valid, without size limits
  bool has_invalid = false;
  bool has_size = false;  ///< one has a size limit, which is ignored
};

/// Reads a list; the parts that are no URI are dropped.
ReportUris parse_report_uris(std::string_view list);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_REPORT_URI_H
