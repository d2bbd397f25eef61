#!/usr/bin/env python3
"""The core library reaches nothing outside itself: no file, socket, thread, clock or abort.

    symbols_test.py NM ARCHIVE OBJECT_THAT_USES_TIME

Reads the undefined symbols of each object of the archive. The names are whole names, so that a
function of ours called read_header is no match; a name with a final * is a beginning.
"""

import fnmatch
import re
import subprocess
import sys

FORBIDDEN = (
    # The network and other threads.
    "ares_*", "pthread_*", "socket", "connect", "bind", "listen", "accept", "send", "sendto",
    "sendmsg", "recv", "recvfrom", "recvmsg", "getaddrinfo", "gethostbyname", "poll", "select",
    # Files.
    "open", "open64", "openat", "fopen", "fopen64", "read", "write", "pread", "pread64", "pwrite",
    "pwrite64", "mmap", "mmap64", "close", "stat", "stat64", "fstat", "fstat64", "unlink", "rename",
    # The environment, clocks, chance, the locale.
    "getenv", "secure_getenv", "setenv", "time", "clock", "clock_gettime", "gettimeofday",
    "localtime", "localtime_r", "gmtime", "gmtime_r", "mktime", "timegm", "strftime",
    "rand", "srand", "random", "rand_r", "getrandom", "setlocale", "tolower", "toupper", "isspace",
    "isalpha", "isdigit", "isalnum", "strtol", "strtoul", "strtoll", "strtoull", "strtod", "atoi",
    "sscanf", "__isoc99_sscanf", "__isoc23_sscanf", "__isoc23_strtol", "__isoc23_strtoul",
    "nanosleep", "usleep", "sleep",
    # Printing and dying.
    "abort", "exit", "_exit", "raise", "__assert_fail", "printf", "fprintf", "vfprintf", "puts",
    "putchar", "fputs", "fwrite", "perror", "stdout", "stderr",
    "std::cout", "std::cerr", "std::clog", "std::cin", "std::ios_base::Init::Init()",
    "std::locale::*", "std::chrono::_V2::*::now()", "std::thread::*", "std::random_device::*",
)  # fmt: skip

# Objects that wrap a library which needs them, with the reason.
EXEMPT = {
    "zone_ldns.cpp.o": "ldns reads a FILE*, made by fmemopen",
    "mimetic_adapter.cpp.o": "libmimetic uses iostreams",
}


def is_forbidden(symbol):
    whole = re.sub(r"@.*$", "", symbol)
    return any(
        fnmatch.fnmatchcase(whole, pattern.replace("[", "[[]")) if "*" in pattern else whole == pattern
        for pattern in FORBIDDEN
    )


def undefined_symbols(nm, path):
    """(object, symbol) of each undefined symbol, demangled; (object, "") first for each object."""
    listing = subprocess.run(
        [nm, "--undefined-only", "--demangle", path], capture_output=True, text=True, check=True
    ).stdout
    current = path.rsplit("/", 1)[-1]
    yield current, ""
    for line in listing.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            current = line[:-1]
            yield current, ""
            continue
        match = re.match(r"\s+[Uvw] (.+)$", line)
        if match:
            yield current, match[1]


def offences(nm, path, exempt):
    return [
        f"{name}: {symbol}"
        for name, symbol in undefined_symbols(nm, path)
        if name not in exempt and is_forbidden(symbol)
    ]


def self_test(nm, guilty_object):
    """The names are compared whole, and an object that asks the clock is found out."""
    for symbol in ("time", "time@GLIBC_2.2.5", "ares_init", "std::cout@GLIBCXX_3.4", "open64",
                   "std::chrono::_V2::system_clock::now()"):  # fmt: skip
        assert is_forbidden(symbol), f"'{symbol}' passes"
    for symbol in ("mailassay::dkim::read(std::string_view)", "BIO_read", "timeout", "reader",
                   "memcpy", "operator new(unsigned long)", "EVP_DigestUpdate@OPENSSL_3.0.0",
                   "__stack_chk_fail", "mailassay::time"):  # fmt: skip
        assert not is_forbidden(symbol), f"'{symbol}' is refused"
    assert offences(nm, guilty_object, {}), f"{guilty_object} uses time() and passes"
    assert not offences(nm, guilty_object, {guilty_object.rsplit("/", 1)[-1]: "test"})


def main():
    nm, archive, guilty_object = sys.argv[1:]
    self_test(nm, guilty_object)
    seen = {name for name, _ in undefined_symbols(nm, archive) if name.endswith(".o")}
    assert seen, f"{archive} has no object: not read?"
    found = offences(nm, archive, EXEMPT)
    for line in found:
        print(f"forbidden in core: {line}")
    print(f"{len(seen)} objects looked at, {len(found)} forbidden symbols")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
