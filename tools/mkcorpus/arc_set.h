// Making ARC sets, from the RFC in the plainest form; shares nothing with the product's own code.
// [RFC8617 5.1]
#ifndef MAILASSAY_MKCORPUS_ARC_SET_H
#define MAILASSAY_MKCORPUS_ARC_SET_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/reference_canon.h"
#include "mkcorpus/signing_key.h"

namespace mkcorpus {

/// The three fields of one set, without their last CRLF.
struct ArcSet {
  std::string results;
  std::string message_signature;
  std::string seal;
};

/// How a set is made. In the forms stand @I@ instance, @A@ algorithm, @D@ domain, @S@ selector, @T@
/// time, @CV@ chain status, @H@ signed names, @BH@ body hash, @B@ signature: a test that wants a
/// faulty field writes it there.
struct ArcSetOrder {
  std::size_t instance = 1;
  std::string domain = "example.org";
  std::string selector = "arc";
  std::int64_t time = 1'500'000'000;  ///< seconds since 1970
  std::string chain_status = "none";
  std::vector<std::string> signed_names = {"from", "to", "subject"};
  reference::Canon header_canon = reference::Canon::relaxed;
  reference::Canon body_canon = reference::Canon::relaxed;
  std::string results_form =
      "ARC-Authentication-Results: i=@I@; mx.@D@;\r\n\tdkim=pass header.d=example.com;\r\n"
      "\tspf=pass smtp.mailfrom=example.com smtp.remote-ip=192.0.2.1; dmarc=pass";
  std::string message_signature_form =
      "ARC-Message-Signature: i=@I@; a=@A@; c=relaxed/relaxed; d=@D@; s=@S@;\r\n"
      "\tt=@T@; h=@H@;\r\n\tbh=@BH@;\r\n\tb=@B@";
  std::string seal_form = "ARC-Seal: i=@I@; a=@A@; t=@T@; cv=@CV@; d=@D@; s=@S@;\r\n\tb=@B@";
};

/// Signs the message and seals it. The set is to be put above `fields`.
///
/// Demands: `earlier` are the sets that are on the message, by rising instance.
ArcSet make_arc_set(std::span<const std::string> fields, std::string_view body,
                    std::span<const ArcSet> earlier, const ArcSetOrder& order,
                    const SigningKey& key);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_ARC_SET_H
