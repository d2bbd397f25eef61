// Made-up text in the manner of customer correspondence.
//
// No line that this makes begins with "From ": an mbox writer would quote it and so break the
// signature. The word "from" does not occur in it.
#ifndef MAILASSAY_MKCORPUS_PROSE_H
#define MAILASSAY_MKCORPUS_PROSE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mkcorpus/prng.h"

namespace mkcorpus {

enum class Charset : std::uint8_t { ascii, utf8 };

std::string_view word(Prng& prng);
/// A given name and a family name.
std::string person(Prng& prng);
/// 6 to 16 words with a capital and a full stop; now and then a word with an accent in UTF-8.
std::string sentence(Prng& prng, Charset charset);
/// A few words without a full stop.
std::string headline(Prng& prng);
/// Sentences broken at 72 octets, each line with `prefix` before it and CRLF after it.
std::string paragraph(Prng& prng, Charset charset, std::string_view prefix);
/// `length` random letters and digits, as in tracking links and identifiers.
std::string token(Prng& prng, std::size_t length);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_PROSE_H
