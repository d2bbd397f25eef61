// The ARC chain of a message in a row, for a person, and in the counts of a scan.
#ifndef MAILASSAY_REPORT_CHAIN_TEXT_H
#define MAILASSAY_REPORT_CHAIN_TEXT_H

#include <string>

#include "mailassay/dossier.h"
#include "mailassay/scan.h"
#include "mailassay/verdict.h"

namespace mailassay::report {

struct ChainRowOptions {
  bool rfc_wording = false;  ///< `undetermined` is called `fail` [RFC8617 5.2.1]
  bool evidence = false;     ///< with each set
};

/// Appends the value of the key `arc` of a row.
void append_chain(const arc::ChainFacts& facts, const arc::ChainVerdict& verdict,
                  const ChainRowOptions& options, std::string& out);

/// Tells the chain set by set, and why it has its result; nothing if the message has none.
std::string explain_chain(const arc::ChainFacts& facts, const arc::ChainVerdict& verdict);

/// The lines on ARC of a summary; none if there was no chain.
std::string chain_summary(const ScanSummary& summary);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_CHAIN_TEXT_H
