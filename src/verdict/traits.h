// Traits of a message, as words: those that its header and structure tell, and those that take the
// verdict too.
#ifndef MAILASSAY_VERDICT_TRAITS_H
#define MAILASSAY_VERDICT_TRAITS_H

#include <string>
#include <vector>

#include "mailassay/verdict.h"

namespace mailassay {

/// In a fixed order, each once.
std::vector<std::string> traits_of(const Dossier& dossier, const Verdict& verdict);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_TRAITS_H
