// What the core must not do; tests/policy/symbols_test.py has to find it out.
#include <ctime>

long seconds_now();
long seconds_now() { return static_cast<long>(std::time(nullptr)); }
