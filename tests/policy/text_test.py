#!/usr/bin/env python3
"""Sources are ASCII without tabs or blanks at line ends, and name no path of one machine."""

import re
import sys
import unittest

from source_tree import all_files, is_data, relative

TEXT_SUFFIXES = (".h", ".cpp", ".py", ".sh", ".cmake", ".txt", ".md", ".in", ".json", ".tsv", "")
# A home, a work folder or a scratch folder of somebody. /tmp is what mktemp is for.
MACHINE_PATH = re.compile(
    r"(?<![\w.}/-])/(?:root|home|Users|work|workspace|mnt|tmp|var/tmp)/[A-Za-z0-9_.-]+"
)


def faults(path, octets):
    found = []
    for number, line in enumerate(octets.split(b"\n"), 1):
        if any(octet > 126 or (octet < 32 and octet != 9) for octet in line):
            found.append(f"{path}:{number}: an octet that is not printable ASCII")
        if b"\t" in line and not path.endswith(".tsv"):
            found.append(f"{path}:{number}: a tab")
        if line.endswith((b" ", b"\t")) and not path.endswith((".md", ".tsv")):
            found.append(f"{path}:{number}: blanks at the end of the line")
        match = MACHINE_PATH.search(line.decode("latin-1"))
        if match:
            found.append(f"{path}:{number}: the machine's path {match[0]}")
    if octets and not octets.endswith(b"\n"):
        found.append(f"{path}: the last line has no end")
    return found


def looked_at(path):
    return not is_data(path) and path.suffix in TEXT_SUFFIXES and relative(path) != "LICENSE"


class Text(unittest.TestCase):
    def test_sources(self):
        files = [path for path in all_files() if looked_at(path)]
        self.assertGreater(len(files), 20, "the sources were not found")
        found = []
        for path in files:
            found += faults(relative(path), path.read_bytes())
        self.assertEqual([], found, "\n".join(found))

    def test_the_test_can_fail(self):
        folder = "/" + "home/ann"
        for octets in (b"caf\xc3\xa9\n", b"\tint x;\n", b"int x; \n", b"int x;", b"a\r\n", b"\x00\n",
                       b"see " + folder.encode() + b"/x\n", b'"' + folder.encode() + b'"\n'):
            with self.subTest(octets=octets):
                self.assertEqual(1, len(faults("src/x.cpp", octets)))

    def test_what_is_allowed_passes(self):
        for octets in (b"", b"int x;\n", b"https://example.com/home/page\n", b"${root}/tmp/x\n"):
            with self.subTest(octets=octets):
                self.assertEqual([], faults("src/x.cpp", octets))


if __name__ == "__main__":
    sys.exit(unittest.main())
