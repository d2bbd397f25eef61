#!/usr/bin/env python3
"""Every header compiles alone, and has the include guard of its path.

    headers_test.py COMPILER FLAGS...

FLAGS are for private headers and those of the tests; a public header gets include/ and nothing
else.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

from source_tree import ROOT, code_files, relative

# Included by others as text, not as a header.
NOT_ALONE = ()


def guard_of(path):
    inner = re.sub(r"^(include/mailassay|src|tools)/", "", path)
    return "MAILASSAY_" + re.sub(r"[^A-Z0-9]", "_", inner.upper())


def guard_fault(path, text):
    guard = guard_of(path)
    if f"#ifndef {guard}\n#define {guard}\n" not in text:
        return f"{path}: has no include guard {guard}"
    return None


def compile_alone(compiler, flags, header, folder):
    """The compiler's complaint, or None."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", dir=folder, delete=False) as source:
        # Twice, since a guard with a typing mistake compiles once.
        source.write(f'#include "{header}"\n#include "{header}"\n')
    done = subprocess.run(
        [compiler, "-std=c++20", "-fsyntax-only", *flags, source.name],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return None if done.returncode == 0 else f"{header}:\n{done.stderr}"


def main():
    compiler, flags = sys.argv[1], sys.argv[2:]
    public = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{ROOT}/include"]
    headers = [path for path in code_files() if path.suffix == ".h" and path.name not in NOT_ALONE]
    assert len(headers) > 5, "the headers were not found"
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        broken = os.path.join(folder, "broken.h")
        with open(broken, "w", encoding="ascii") as out:
            out.write("inline std::string name();\n")
        assert compile_alone(compiler, public, broken, folder), "a header that lacks <string> passes"
        assert guard_fault("src/dkim/x.h", "#pragma once\n"), "a header without guard passes"

        def check(path):
            use = public if relative(path).startswith("include/") else flags
            return compile_alone(compiler, use, str(path), folder)

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            faults += [fault for fault in pool.map(check, headers) if fault]
    for path in headers:
        fault = guard_fault(relative(path), path.read_text(encoding="utf-8"))
        if fault:
            faults.append(fault)
    for fault in faults:
        print(fault)
    print(f"{len(headers)} headers looked at, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
