// Programming mistakes. On in developer and sanitizer builds, nothing in what users run.
#ifndef MAILASSAY_BASE_ASSERT_H
#define MAILASSAY_BASE_ASSERT_H

#if defined(MAILASSAY_ASSERTIONS)
#define MAILASSAY_ASSERT(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#else
#define MAILASSAY_ASSERT(condition) static_cast<void>(0)
#endif

#endif  // MAILASSAY_BASE_ASSERT_H
