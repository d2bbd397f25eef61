// What the program's exit codes mean. Several may apply: 4 > 70 > 3 > 75 > 1.
#ifndef MAILASSAY_MAILASSAY_EXIT_CODES_H
#define MAILASSAY_MAILASSAY_EXIT_CODES_H

namespace mailassay::program {

inline constexpr int kDone = 0;
inline constexpr int kFound = 1;           ///< done, and --fail-on found what it names
inline constexpr int kUsage = 2;           ///< wrong usage or configuration
inline constexpr int kUnreadable = 3;      ///< some input could not be read; the rest is done
inline constexpr int kCannotWrite = 4;     ///< an output could not be written
inline constexpr int kInternalError = 70;  ///< a fault of ours in some message; the rest is done
inline constexpr int kTryAgain = 75;       ///< no DNS server ever answered
inline constexpr int kInterrupted = 130;   ///< by SIGINT: what was written is complete rows
inline constexpr int kTerminated = 143;    ///< by SIGTERM: likewise

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_EXIT_CODES_H
