// The flags of mkcorpus.
#ifndef MAILASSAY_MKCORPUS_OPTIONS_H
#define MAILASSAY_MKCORPUS_OPTIONS_H

#include <optional>

#include "mkcorpus/corpus.h"

namespace mkcorpus {

/// Either what is to be done, or the exit code with which the program is to end at once: 0 after
/// --help, 2 after wrong usage. What was to be said has been said.
struct Invocation {
  std::optional<CorpusOptions> options;
  int exit_code = 0;
};

Invocation read_options(int argc, const char* const* argv);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_OPTIONS_H
