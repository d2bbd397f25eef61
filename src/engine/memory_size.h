// How much memory a dossier takes, for the budget.
#ifndef MAILASSAY_ENGINE_MEMORY_SIZE_H
#define MAILASSAY_ENGINE_MEMORY_SIZE_H

#include <cstdint>

#include "mailassay/dossier.h"

namespace mailassay::engine {

/// Octets of the dossier and of what it owns on the heap, as far as it matters.
std::uint64_t memory_size(const Dossier& dossier);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_MEMORY_SIZE_H
