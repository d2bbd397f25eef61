// What a scan of a corpus with envelopes has to be told: whose archive it is, and whom to trust.
#ifndef MAILASSAY_MKCORPUS_SCAN_SETUP_H
#define MAILASSAY_MKCORPUS_SCAN_SETUP_H

#include <string>

namespace mkcorpus {

/// The flags, one with its value on a line.
std::string scan_arguments();

/// The same as a configuration file: each key is a flag without its dashes.
std::string scan_configuration();

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_SCAN_SETUP_H
