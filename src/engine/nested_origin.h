// Where a message lies that lies in another one.
#ifndef MAILASSAY_ENGINE_NESTED_ORIGIN_H
#define MAILASSAY_ENGINE_NESTED_ORIGIN_H

#include "dossier/nested_digester.h"
#include "mailassay/message.h"

namespace mailassay::engine {

/// The origin of `nested`; `stored` is that of the stored message.
Origin origin_of(const NestedMessage& nested, const Origin& stored);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_NESTED_ORIGIN_H
