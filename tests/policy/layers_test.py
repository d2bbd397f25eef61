#!/usr/bin/env python3
"""A file includes only from its own floor or below.

The floors are those of README ("The way of one message"). Three rules beyond them: on floor 3
only arc and diagnosis look sideways (at dkim) and dmarc at the verdicts, never the evaluators, of dkim and
spf; core knows no header of the libraries that the world is reached with; a public header
includes only public headers and the standard library.
"""

import re
import sys
import unittest

from source_tree import ROOT, code_files, relative

FLOORS = {
    "base": 1, "crypto": 1, "dns": 1,
    "message": 2, "mbox": 2,
    "dkim": 3, "arc": 3, "spf": 3, "dmarc": 3, "envelope": 3, "diagnosis": 3, "kind": 3,
    "dossier": 4,
    "verdict": 5,
    "report": 6,
    "io": 7, "resolver": 7, "store": 7,
    "engine": 8,
}  # fmt: skip
LAST_CORE_FLOOR = 6
PROTOCOL_FLOOR = 3

# (folder that includes, header) pairs that look sideways on floor 3.
SIDEWAYS_FOLDERS = {("arc", "dkim"), ("diagnosis", "dkim")}
SIDEWAYS_HEADERS = {("dmarc", "dkim/verdict.h"), ("dmarc", "spf/verdict.h")}

# Headers by which a file would reach the world, or drag in what core is not built on.
WORLDLY = re.compile(
    r"(ares.*\.h|tbb/.*|oneapi/.*|archive.*\.h|sqlite3\.h|thread|mutex|shared_mutex|future"
    r"|condition_variable|semaphore|latch|barrier|stop_token|iostream|fstream|filesystem|locale"
    r"|cstdio|stdio\.h|clocale|ctime|time\.h|csignal|unistd\.h|fcntl\.h|pthread\.h|regex|random"
    r"|cctype|ctype\.h|sys/.*|netinet/.*|arpa/.*|netdb\.h|poll\.h)$"
)
# Files of core that may know one of them, with the reason.
WORLDLY_ALLOWED = {
    ("src/dns/zone_ldns.cpp", "cstdio"): "ldns reads a FILE*, made by fmemopen",
    ("src/dns/zone_ldns.cpp", "stdio.h"): "ldns reads a FILE*, made by fmemopen",
}

# Public headers that may know one of them: scan.h belongs to the engine.
PUBLIC_ALLOWED = {("include/mailassay/scan.h", "stop_token"): "how a scan is told to end"}

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def includes(text):
    """(is_quoted, header) of each include line."""
    return [(match[1] == '"', match[2]) for match in INCLUDE.finditer(text)]


def faults(path, text):
    """What is wrong with the includes of the file `path` (relative to the project)."""
    found = []
    parts = path.split("/")
    if parts[0] == "include":
        for quoted, header in includes(text):
            if quoted and not header.startswith("mailassay/"):
                found.append(f"{path}: a public header includes \"{header}\"")
            is_standard = "/" not in header and not header.endswith(".h")
            allowed = (path, header) in PUBLIC_ALLOWED
            if not quoted and not allowed and (not is_standard or WORLDLY.match(header)):
                found.append(f"{path}: a public header includes <{header}>")
        return found
    if parts[0] != "src" or len(parts) < 3:
        return found
    folder = parts[1]
    floor = FLOORS.get(folder)
    if floor is None:
        return [f"{path}: the folder src/{folder} has no floor"]
    for quoted, header in includes(text):
        other = header.split("/")[0]
        if not quoted:
            if floor <= LAST_CORE_FLOOR and WORLDLY.match(header):
                if (path, header) not in WORLDLY_ALLOWED:
                    found.append(f"{path}: core includes <{header}>")
            if other in FLOORS and "/" in header or other == "mailassay":
                found.append(f"{path}: <{header}> is ours and takes quotes")
            continue
        if other == "mailassay":
            continue
        if other not in FLOORS or "/" not in header:
            found.append(f'{path}: "{header}" is not FOLDER/FILE below src/ or mailassay/FILE')
            continue
        if FLOORS[other] > floor:
            found.append(f'{path}: floor {floor} includes "{header}" of floor {FLOORS[other]}')
        elif floor == PROTOCOL_FLOOR == FLOORS[other] and other != folder:
            if (folder, other) not in SIDEWAYS_FOLDERS and (folder, header) not in SIDEWAYS_HEADERS:
                found.append(f'{path}: "{header}" is a look sideways that is not allowed')
    return found


class Layers(unittest.TestCase):
    def test_sources_keep_to_the_picture(self):
        files = [path for path in code_files() if relative(path).startswith(("src/", "include/"))]
        self.assertGreater(len(files), 5, "the sources were not found")
        found = []
        for path in files:
            found += faults(relative(path), path.read_text(encoding="utf-8"))
        self.assertEqual([], found, "\n".join(found))

    def test_every_folder_of_src_has_a_floor(self):
        folders = {path.name for path in (ROOT / "src").iterdir() if path.is_dir()}
        self.assertEqual(set(), folders - set(FLOORS))

    def test_the_test_can_fail(self):
        bad = [
            ("src/base/x.h", '#include "dkim/signature.h"'),
            ("src/dkim/x.cpp", '#include "dossier/fields.h"'),
            ("src/dkim/x.cpp", '#include "spf/verdict.h"'),
            ("src/spf/x.cpp", '#include "dkim/verdict.h"'),
            ("src/dmarc/x.cpp", '#include "dkim/signature.h"'),
            ("src/report/x.cpp", '#include "engine/scan.h"'),
            ("src/dns/x.cpp", '#include "resolver/cache.h"'),
            ("src/dkim/x.cpp", "#include <thread>"),
            ("src/dkim/x.cpp", "#  include <ares.h>"),
            ("src/dkim/x.cpp", "#include <sys/stat.h>"),
            ("src/dkim/x.cpp", '#include "signature.h"'),
            ("src/dkim/x.cpp", '#include "../base/ascii.h"'),
            ("src/dkim/x.cpp", "#include <mailassay/dns.h>"),
            ("src/helpers/x.cpp", "#include <string>"),
            ("include/mailassay/x.h", '#include "base/ascii.h"'),
            ("include/mailassay/x.h", "#include <openssl/evp.h>"),
            ("include/mailassay/x.h", "#include <ares.h>"),
        ]
        for path, text in bad:
            with self.subTest(path=path, text=text):
                self.assertEqual(1, len(faults(path, text)))

    def test_what_is_allowed_passes(self):
        good = [
            ("src/arc/x.cpp", '#include "dkim/canonical_header.h"'),
            ("src/dmarc/x.cpp", '#include "dkim/verdict.h"\n#include "spf/verdict.h"'),
            ("src/dkim/x.cpp", '#include "dkim/tag_list.h"\n#include "base/ascii.h"'),
            ("src/mbox/x.cpp", '#include "message/header_index.h"'),
            ("src/verdict/x.cpp", '#include "mailassay/verdict.h"\n#include <chrono>'),
            ("src/resolver/x.cpp", "#include <ares.h>\n#include <thread>"),
            ("src/crypto/x.cpp", "#include <openssl/evp.h>"),
            ("tests/unit/x.cpp", '#include "engine/scan.h"'),
        ]
        for path, text in good:
            with self.subTest(path=path, text=text):
                self.assertEqual([], faults(path, text))


if __name__ == "__main__":
    sys.exit(unittest.main())
