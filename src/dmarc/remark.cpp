#include "dmarc/remark.h"

#include <array>
#include <cstddef>

namespace mailassay::dmarc {
namespace {

template <typename E>
struct Entry {
  E value;
  Remark remark;
};

constexpr std::array kFaults = {
    Entry<FaultKind>{FaultKind::tag_syntax,
                     {"tag-syntax", "is not of the form NAME=VALUE and is ignored"}},
    Entry<FaultKind>{FaultKind::duplicate_tag,
                     {"duplicate-tag", "stands more than once; all of them are ignored"}},
    Entry<FaultKind>{FaultKind::bad_value, {"bad-value", "has a value that it may not have"}},
    Entry<FaultKind>{FaultKind::bad_uri, {"bad-uri", "has a part that is no URI and is ignored"}},
    Entry<FaultKind>{FaultKind::uri_size, {"uri-size", "has a size limit, which RFC 9989 ignores"}},
    Entry<FaultKind>{FaultKind::missing_policy, {"missing-policy", "is absent"}},
    Entry<FaultKind>{FaultKind::unknown_tag, {"unknown-tag", "is not known and is ignored"}},
    Entry<FaultKind>{FaultKind::historic_tag,
                     {"historic-tag", "is of RFC 7489; RFC 9989 ignores it"}},
    Entry<FaultKind>{FaultKind::upper_case_tag,
                     {"upper-case-tag", "is written in upper case; strict receivers ignore it"}},
    Entry<FaultKind>{
        FaultKind::policy_not_next,
        {"policy-not-next", "does not follow v at once, where strict RFC 7489 receivers want it"}},
    Entry<FaultKind>{FaultKind::fo_without_ruf, {"fo-without-ruf", "has no effect without ruf"}},
};

constexpr std::array kNearMisses = {
    Entry<NearMiss>{NearMiss::none, {"none", "is no DMARC record and does not look like one"}},
    Entry<NearMiss>{NearMiss::leading_blank,
                    {"leading-blank",
                     "has white space before v=DMARC1: no record, though some receivers take it"}},
    Entry<NearMiss>{NearMiss::version_case,
                    {"version-case", "does not have DMARC1 in upper case: no record"}},
    Entry<NearMiss>{NearMiss::version_value,
                    {"version-value", "has another version, or no semicolon behind it: no record"}},
    Entry<NearMiss>{NearMiss::version_not_first,
                    {"version-not-first", "does not begin with v=DMARC1: no record"}},
};

constexpr std::array kNotes = {
    Entry<Note>{Note::single_label_organization,
                {"single-label-organization",
                 "the Organizational Domain is a single label: domains of strangers may align"}},
    Entry<Note>{Note::public_suffix_organization,
                {"public-suffix-organization",
                 "the Organizational Domain is a public suffix: domains of strangers may align"}},
    Entry<Note>{Note::several_records_passed,
                {"several-records-passed",
                 "a name of the walk has several DMARC records; all of them are ignored"}},
    Entry<Note>{Note::looks_like_record,
                {"looks-like-record", "a TXT record of the walk was meant for DMARC and is none"}},
    Entry<Note>{Note::test_mode, {"test-mode", "t=y asks for the policy one level down"}},
    Entry<Note>{Note::existence_by_no_data,
                {"existence-by-no-data",
                 "the Author Domain exists by an empty answer, as some signed zones give for any"}},
    Entry<Note>{Note::policy_of_psd,
                {"policy-of-psd", "the record of a Public Suffix Domain applies"}},
    Entry<Note>{Note::spf_only, {"spf-only", "SPF alone makes it pass; forwarding breaks that"}},
    Entry<Note>{Note::tld_assumed,
                {"tld-assumed",
                 "nothing is known of the top-level domain; a record there has psd=y by rule"}},
};

constexpr std::array kDifferences = {
    Entry<Difference>{Difference::none, {"none", "RFC 7489 says the same"}},
    Entry<Difference>{Difference::not_compared,
                      {"not-compared", "there is nothing to compare RFC 9989 with"}},
    Entry<Difference>{Difference::not_known,
                      {"not-known", "an answer of DNS is missing that only one of them needs"}},
    Entry<Difference>{
        Difference::several_records,
        {"several-records", "RFC 7489 stops where a name has several records, RFC 9989 walks on"}},
    Entry<Difference>{Difference::psd_tag,
                      {"psd-tag", "a psd tag, which RFC 7489 does not know, ends the walk"}},
    Entry<Difference>{Difference::np_tag, {"np-tag", "RFC 7489 does not know the np tag"}},
    Entry<Difference>{Difference::test_mode, {"test-mode", "RFC 7489 does not know the t tag"}},
    Entry<Difference>{Difference::organizational_domain,
                      {"organizational-domain",
                       "the walk and the public suffix list find other Organizational Domains"}},
};

template <typename E, std::size_t kCount>
constexpr bool is_in_order(const std::array<Entry<E>, kCount>& table, E last) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (static_cast<std::size_t>(table[i].value) != i) return false;
  }
  return kCount == static_cast<std::size_t>(last) + 1;
}
static_assert(is_in_order(kFaults, FaultKind::fo_without_ruf));
static_assert(is_in_order(kNearMisses, NearMiss::version_not_first));
static_assert(is_in_order(kNotes, Note::tld_assumed));
static_assert(is_in_order(kDifferences, Difference::organizational_domain));

}  // namespace

const Remark& remark_on(FaultKind kind) { return kFaults[static_cast<std::size_t>(kind)].remark; }
const Remark& remark_on(NearMiss miss) {
  return kNearMisses[static_cast<std::size_t>(miss)].remark;
}
const Remark& remark_on(Note note) { return kNotes[static_cast<std::size_t>(note)].remark; }
const Remark& remark_on(Difference difference) {
  return kDifferences[static_cast<std::size_t>(difference)].remark;
}

}  // namespace mailassay::dmarc
