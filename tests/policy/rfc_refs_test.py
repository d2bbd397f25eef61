#!/usr/bin/env python3
"""tools/rfc_refs finds what it says it finds."""

import importlib.machinery
import importlib.util
import pathlib
import sys
import unittest

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "tools" / "rfc_refs"
loader = importlib.machinery.SourceFileLoader("rfc_refs", str(PROGRAM))
spec = importlib.util.spec_from_loader("rfc_refs", loader)
rfc_refs = importlib.util.module_from_spec(spec)
sys.dont_write_bytecode = True
loader.exec_module(rfc_refs)

HEADER = "\t".join(rfc_refs.COLUMNS) + "\n"


def survey(*lines, path="src/dkim/x.cpp"):
    return rfc_refs.survey((path, number, line) for number, line in enumerate(lines, 1))


def row(**changes):
    cells = dict(id="x", rfc="6376", section="3.5", level="MUST", rule="a rule", state="done",
                 tests="Dkim.ExpiryIsHeld")  # fmt: skip
    cells.update(changes)
    return HEADER + "\t".join(cells[name] for name in rfc_refs.COLUMNS) + "\n"


class References(unittest.TestCase):
    def test_good_forms(self):
        for text in ("[RFC6376 3.4.4]", "[RFC7208 err5436]", "[RFC5322 3.6.8 ftext]",
                     "[RFC8463 A.3]", "[RFC6376 A]", "[RFC6376 3.6.2.2]", "[RFC8259]",
                     "[RFC6376 3.5 x=]", "[RFC6376 3.6.1 t=y]", "[RFC6376 6.1.2 step 4]"):  # fmt: skip
            with self.subTest(text=text):
                references, _, _, faults = survey("// rule. " + text)
                self.assertEqual(([], 1), (faults, len(references)))

    def test_bad_forms_and_sections(self):
        for text in ("[RFC9999]", "[RFC 6376 3.5]", "[rfc6376 3.5]", "[RFC6376 section 3.5]",
                     "[RFC6376, 3.5]", "[RFC6376 3.12]", "[RFC6376 3.5.1]", "[RFC9999 1]",
                     "[RFC6376 3.4.1-2]", "[RFC6376 3.4, 3.7]", "[RFC6376 3.5"):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(1, len(survey("// rule. " + text)[3]))

    def test_two_on_a_line(self):
        references, _, _, faults = survey("// a. [RFC6376 3.5] [RFC6376 3.12]")
        self.assertEqual((2, 1), (len(references), len(faults)))

    def test_marks(self):
        marks = survey(
            "// DEVIATION [RFC6376 3.5]: because", "int OPEN = 1;", "// OPEN [RFC6376 3.5]: later",
            "// the file is OPEN now", "// OPEN: no reference",
        )[1]  # fmt: skip
        self.assertEqual(["DEVIATION", "OPEN", "OPEN"], [mark.kind for mark in marks])

    def test_tests(self):
        tests = survey("TEST(Dkim, ExpiryIsHeld) {", "TEST_P(Suite, Case) {",
                       "add_test(NAME policy_layers COMMAND x)")[2]  # fmt: skip
        self.assertEqual({"Dkim.ExpiryIsHeld", "Suite.Case", "policy_layers"}, set(tests))


class Table(unittest.TestCase):
    def faults(self, text, strict=False, test_line="TEST(Dkim, ExpiryIsHeld) {  // [RFC6376 3.5]"):
        rows, faults = rfc_refs.read_table(text)
        references, _, tests, _ = rfc_refs.survey(
            [("src/dkim/x.cpp", 1, "// x. [RFC6376 3.5]"), ("tests/unit/x_test.cpp", 1, test_line)]
        )
        return faults + rfc_refs.check_rows(rows, references, tests, strict)

    def test_good_rows(self):
        for text in (row(), row(state="open", tests="-"), row(level="MAY", tests="-"),
                     row(state="not applicable", tests="-"), row(section="err5070")):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual([], self.faults(text))
        self.assertEqual([], self.faults(row(), strict=True))

    def test_bad_rows(self):
        for text in (row(tests="-"), row(tests="Dkim.Absent"), row(level="must"),
                     row(state="finished"), row(section="3.12"), row(rfc="6377"), row(rfc="x"),
                     row(rule="word " * 15 + "word"), row(rule=""), "id\trfc\n",
                     row() + row().split("\n")[1] + "\n"):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(1, len(self.faults(text)), self.faults(text))

    def test_strict(self):
        self.assertEqual(1, len(self.faults(row(state="open", tests="-"), strict=True)))
        self.assertEqual(1, len(self.faults(row(), strict=True, test_line="TEST(Dkim, ExpiryIsHeld)")))
        # Neither the source nor the test cites 3.7.
        self.assertEqual(2, len(self.faults(row(section="3.7"), strict=True)))


if __name__ == "__main__":
    sys.exit(unittest.main())
