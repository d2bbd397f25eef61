// The search for changed header fields: whatever it finds has really been hashed, it stays within
// its limits, and it never finds what is not there.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "diagnosis/header_search.h"
#include "diagnosis/undo.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

Limits limits_of_a_run() {
  Limits limits;
  limits.diagnosis_header_candidates = 200;
  return limits;
}

constexpr std::string_view kSignature =
    "DKIM-Signature: v=1; a=rsa-sha256; c=simple; d=a.example; s=s; "
    "h=from:subject:subject:to:reply-to:mime-version; z=From:x|Subject:=20y; "
    "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj\r\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16384) return 0;
  const std::string block = std::string(kSignature).append(as_text(data, size));
  const Limits limits = limits_of_a_run();
  diagnosis::HeaderSearch search(limits);
  std::vector<dkim::Digest> seen;
  diagnosis::SearchBudget budget(limits);
  const auto see = [&](const dkim::Digest& digest) {
    seen.push_back(digest);
    return false;
  };
  const Repair nothing = search.search(block, 0, see, budget);
  demand(nothing.undone.empty() && nothing.changes.empty());
  demand(seen.size() <= limits.diagnosis_header_candidates);
  if (seen.empty()) return 0;
  // The same search for a hash that is one of them has to find it, at the latest there.
  const dkim::Digest& wanted = seen[seen.size() / 2];
  diagnosis::SearchBudget again(limits);
  const auto is_wanted = [&](const dkim::Digest& digest) { return digest == wanted; };
  const Repair repair = search.search(block, 0, is_wanted, again);
  demand(!repair.undone.empty() && repair.undone.size() <= 3 && !repair.cut);
  // A message with that header has that hash.
  const Dossier found = digest({search.found_header() + "\r\n"});
  demand(!found.signatures.empty() && found.signatures.front().header_hash == wanted);
  for (const Undo undo : repair.undone) demand(!diagnosis::entry_of(undo).word.empty());
  return 0;
}
