// What lists, gateways and stores do to header fields, by name.
#ifndef MAILASSAY_MKCORPUS_HEADER_DAMAGE_H
#define MAILASSAY_MKCORPUS_HEADER_DAMAGE_H

#include <span>

#include "mkcorpus/damage_kind.h"

namespace mkcorpus {

std::span<const DamageKind> header_damages();

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_HEADER_DAMAGE_H
