#!/usr/bin/env python3
"""Files stay small: one noun a file.

Above the first limit a file is named, so that somebody looks twice; above the second it fails
unless REASONS says why it may. A reason that is no longer needed fails too.
"""

import sys
import unittest

from source_tree import code_files, relative

# kind: (look twice, has to have a reason), in lines
LIMITS = {
    "source": (400, 600),
    "private header": (200, 300),
    "public header": (250, 350),
    "test": (500, 800),
}

# Tables stand alone in their file and may be as long as what they list.
REASONS = {}


def kind_of(path):
    if path.startswith("include/"):
        return "public header"
    if path.startswith("tests/") or path.startswith("bench/"):
        return "test"
    return "private header" if path.endswith(".h") else "source"


def sort_out(sizes, reasons):
    """(files to look at twice, faults) for a map of path to lines."""
    twice, faults = [], []
    for path, lines in sorted(sizes.items()):
        look, reason = LIMITS[kind_of(path)]
        if lines > reason and path not in reasons:
            faults.append(f"{path}: {lines} lines, over {reason} ({kind_of(path)}), no reason given")
        elif lines > look:
            twice.append(f"{path}: {lines} lines, over {look} ({kind_of(path)})")
    for path in reasons:
        if path not in sizes:
            faults.append(f"{path}: has a reason but is not there")
        elif sizes[path] <= LIMITS[kind_of(path)][1]:
            faults.append(f"{path}: has a reason but no longer needs one")
    return twice, faults


class Sizes(unittest.TestCase):
    def test_files(self):
        sizes = {}
        for path in code_files():
            sizes[relative(path)] = path.read_bytes().count(b"\n")
        self.assertGreater(len(sizes), 10, "the sources were not found")
        twice, faults = sort_out(sizes, REASONS)
        for line in twice:
            print(f"look twice: {line}")
        self.assertEqual([], faults, "\n".join(faults))

    def test_the_test_can_fail(self):
        table = [
            ({"src/dkim/x.cpp": 600}, {}, 1, 0),
            ({"src/dkim/x.cpp": 601}, {}, 0, 1),
            ({"src/dkim/x.cpp": 601}, {"src/dkim/x.cpp": "a table"}, 1, 0),
            ({"src/dkim/x.h": 301}, {}, 0, 1),
            ({"include/mailassay/x.h": 351}, {}, 0, 1),
            ({"tests/unit/x_test.cpp": 801}, {}, 0, 1),
            ({"src/dkim/x.cpp": 100}, {"src/dkim/x.cpp": "a table"}, 0, 1),
            ({}, {"src/dkim/x.cpp": "a table"}, 0, 1),
            ({"src/dkim/x.cpp": 100}, {}, 0, 0),
        ]
        for sizes, reasons, twice, faults in table:
            with self.subTest(sizes=sizes, reasons=reasons):
                found = sort_out(sizes, reasons)
                self.assertEqual((twice, faults), (len(found[0]), len(found[1])))


if __name__ == "__main__":
    sys.exit(unittest.main())
