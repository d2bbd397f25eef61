// What stores, lists and gateways do to bodies, and texts that are truly changed.
#ifndef MAILASSAY_MKCORPUS_BODY_DAMAGE_H
#define MAILASSAY_MKCORPUS_BODY_DAMAGE_H

#include <span>

#include "mkcorpus/damage_kind.h"

namespace mkcorpus {

/// The groups "body" and "text".
std::span<const DamageKind> body_damages();

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_BODY_DAMAGE_H
