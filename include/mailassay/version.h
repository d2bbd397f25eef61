// The version of these headers. A test holds it equal to the one in CMakeLists.txt.
#ifndef MAILASSAY_VERSION_H
#define MAILASSAY_VERSION_H

#include <string_view>

namespace mailassay {

inline constexpr int kVersionMajor = 0;
inline constexpr int kVersionMinor = 1;
inline constexpr int kVersionPatch = 0;
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace mailassay

#endif  // MAILASSAY_VERSION_H
