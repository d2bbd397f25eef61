#include "mkcorpus/received_field.h"

#include <fmt/format.h>

#include <array>

#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"

namespace mkcorpus {

std::string received_field(const Hop& hop, Prng& prng) {
  static constexpr std::array<int, 4> kZones = {0, 0, 60, -420};
  const int zone = prng.pick(kZones);
  // Addresses for documentation. [RFC5737]
  return fmt::format(
      "Received: from {0} ({0} [198.51.100.{1}])\r\n"
      "\tby {2} (Postfix) with ESMTPS id {3}\r\n\tfor <{4}>; {5}{6}",
      hop.from, prng.between(1, 254), hop.by, token(prng, 11), hop.recipient,
      header_date(hop.at, zone), zone == 0 ? " (UTC)" : "");
}

}  // namespace mkcorpus
