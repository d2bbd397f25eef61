// What receivers write down of their own checks. [RFC8601] [RFC7208 9.1]
#ifndef MAILASSAY_MKCORPUS_RECORDED_RESULTS_H
#define MAILASSAY_MKCORPUS_RECORDED_RESULTS_H

#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/scene_truth.h"
#include "mkcorpus/truth.h"

namespace mkcorpus {

/// A session and what SPF says of it.
struct Session {
  std::string ip;
  std::string helo;
  std::string mail_from;  ///< empty: the null sender
  SpfOutcome spf;
};

/// The domain that SPF was asked of. [RFC7208 2.4]
std::string spf_domain(const Session& session);

/// One signature as a receiver saw it.
struct CheckedSignature {
  std::string_view result;
  std::string domain;
  std::string selector;
  std::string start;  ///< the first eight characters of b=
};

/// What a receiver found.
struct Checked {
  std::vector<CheckedSignature> signatures;  ///< from the top
  std::string_view spf;
  std::string_view dmarc;
  std::string author_domain;
  std::string_view policy;  ///< empty: none
};

/// The first eight characters of b=, without white space.
std::string signature_start(std::string_view field);

/// The word that stands for all signatures.
std::string_view signatures_word(const Checked& checked);

/// Authentication-Results as RFC 8601 has it.
std::string own_results(std::string_view authserv_id, const Checked& checked,
                        const Session& session);
/// The results of Gmail, behind the name of the field and what comes before authserv-id.
std::string gmail_results(const Checked& checked, const Session& session);
std::string gmail_spf(const Session& session);
/// Without authserv-id.
std::string microsoft_results(const Checked& checked, const Session& session);
std::string microsoft_spf(const Session& session);
std::string yahoo_results(std::string_view host, const Checked& checked, const Session& session);
/// Received-SPF as RFC 7208 has it.
std::string own_spf(const Session& session, std::string_view receiver);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_RECORDED_RESULTS_H
