// --fail-on: which findings make the exit code 1.
//   LIST = ITEM *( "," ITEM )     ITEM = NAME [ ">" N [ "%" ] ]
// NAME is a DKIM result, a standing or "unreadable"; without N it is ">0".
#ifndef MAILASSAY_MAILASSAY_FAIL_ON_H
#define MAILASSAY_MAILASSAY_FAIL_ON_H

#include <string>
#include <string_view>
#include <vector>

#include "mailassay/result.h"
#include "mailassay/scan.h"

namespace mailassay::program {

struct FailOnItem {
  std::string name;
  double threshold = 0;     ///< more than this is found
  bool is_percent = false;  ///< of signatures; of messages for "none" and standings
};

/// Errors: a sentence that names the item.
Result<std::vector<FailOnItem>, std::string> parse_fail_on(std::string_view list);

/// The first item whose threshold is passed, as text for a person; empty if none is.
std::string find_failure(const std::vector<FailOnItem>& items, const ScanSummary& summary);

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_FAIL_ON_H
