// Seconds since 1970 as mail writes them. No clock, no locale, no time-zone data.
#ifndef MAILASSAY_MKCORPUS_MAIL_DATE_H
#define MAILASSAY_MKCORPUS_MAIL_DATE_H

#include <cstdint>
#include <string>

namespace mkcorpus {

/// Corpus mail is received between these times (2019-01-01 and 2024-12-31, UTC).
constexpr std::int64_t kFirstReceipt = 1546300800;
constexpr std::int64_t kLastReceipt = 1735603200;

/// The date-time of a header field in a zone `zone_minutes` east of UTC. [RFC5322 3.3]
std::string header_date(std::int64_t seconds, int zone_minutes);

/// The asctime form of a postmark, UTC: "Tue Mar  5 10:11:12 2024". [RFC4155 A]
std::string postmark_date(std::int64_t seconds);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_MAIL_DATE_H
