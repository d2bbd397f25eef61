#!/usr/bin/env python3
"""The comparison finds what it has to find, and a known difference excuses nothing else."""

import pathlib
import unittest

from comparison import COLUMNS, Comparison, TableError, read_table

HERE = pathlib.Path(__file__).resolve().parent
PLACE = (7, 1)
OURS = {
    "domain": "a.example",
    "selector": "s1",
    "b": "AbCd1234",
    "algorithm": "ed25519-sha256",
    "result": "pass",
    "reason": None,
    "body_hash": "match",
    "signature": "match",
}
THEIRS = {
    "domain": "a.example",
    "selector": "s1",
    "b": "AbCd1234",
    "verdict": "pass",
    "detail": "",
    "body_hash": "match",
}
UNKNOWN = {**THEIRS, "verdict": "other", "detail": "unsupported algorithm", "body_hash": None}
HEADING = "\t".join(COLUMNS)
ROW = ("ed25519-unknown", "p", "other", "unsupported algorithm", "pass",
       "algorithm=ed25519-sha256", "[RFC8463 3]", "why")


def table(*rows):
    return "\n".join([HEADING, *("\t".join(row) for row in rows)])


def row_with(column, value):
    return tuple(value if name == column else cell for name, cell in zip(COLUMNS, ROW))


def compared(theirs, ours, *rows, peer="p"):
    comparison = Comparison(peer, read_table(table(*rows)))
    comparison.compare({PLACE: theirs} if theirs else {}, {PLACE: ours} if ours else {})
    return comparison


class Agreement(unittest.TestCase):
    def test_equal_verdicts_agree(self):
        comparison = compared(THEIRS, OURS)
        self.assertEqual([], comparison.disagreements)
        self.assertEqual({"pass": 1}, dict(comparison.agreed))
        self.assertEqual(1, comparison.body_hashes)

    def test_every_result_that_is_neither_pass_nor_fail_is_other(self):
        theirs = {**UNKNOWN, "detail": "key revoked"}
        for result in ("policy", "permerror", "temperror", "neutral"):
            with self.subTest(result=result):
                ours = {**OURS, "result": result, "reason": "key-revoked"}
                comparison = compared(theirs, ours, peer="libopendkim")
                self.assertEqual([], comparison.disagreements)

    def test_two_causes_are_not_one(self):
        ours = {**OURS, "result": "permerror", "reason": "key-revoked"}
        for detail in ("signature expired", "key revoked by whom", "", "something new"):
            with self.subTest(detail=detail):
                comparison = compared({**UNKNOWN, "detail": detail}, ours, peer="libopendkim")
                self.assertEqual(1, len(comparison.disagreements))

    def test_what_differs_is_found(self):
        for theirs, ours in (
            ({"verdict": "fail"}, {}),
            ({"verdict": "other"}, {}),
            ({}, {"result": "fail", "reason": "body-hash-mismatch"}),
            ({}, {"result": "policy", "reason": "algorithm-obsolete"}),
            ({"body_hash": "mismatch"}, {}),
            ({}, {"body_hash": None}),
            ({"domain": "b.example"}, {}),
            ({"selector": "s2"}, {}),
            ({"b": "xxxxxxxx"}, {}),
        ):
            with self.subTest(theirs=theirs, ours=ours):
                comparison = compared({**THEIRS, **theirs}, {**OURS, **ours})
                self.assertEqual(1, len(comparison.disagreements))
                self.assertEqual({}, dict(comparison.agreed))

    def test_a_refused_field_may_lack_what_the_other_side_has(self):
        ours = {**OURS, "result": "neutral", "reason": "unknown-version", "domain": None,
                "b": "", "body_hash": None}
        theirs = {**UNKNOWN, "detail": "unsupported signature version", "body_hash": "match"}
        self.assertEqual([], compared(theirs, ours, peer="libopendkim").disagreements)
        other = {**theirs, "selector": "s2"}
        self.assertEqual(1, len(compared(other, ours, peer="libopendkim").disagreements))

    def test_a_signature_that_one_side_does_not_see_is_found(self):
        self.assertEqual(1, len(compared(None, OURS).disagreements))
        self.assertEqual(1, len(compared(THEIRS, None).disagreements))


class KnownDifferences(unittest.TestCase):
    def test_a_row_excuses_what_it_describes(self):
        comparison = compared(UNKNOWN, OURS, ROW)
        self.assertEqual([], comparison.disagreements)
        self.assertEqual({"ed25519-unknown": 1}, dict(comparison.known_hits))
        self.assertEqual([], comparison.never_matched())

    def test_a_row_excuses_nothing_else(self):
        for column, value in (
            ("peer", "q"),
            ("they_say", "fail"),
            ("their_words", "unsupported"),
            ("we_say", "fail/signature-mismatch"),
            ("where", "algorithm=rsa-sha256"),
            ("where", "algorithm=ed25519-sha256 body_hash=mismatch"),
            ("where", "algorithm=ed25519-sha256 peer_body_hash=match"),
            ("where", "key_form=pkcs1"),
            ("where", "algorithm=rsa-sha1|rsa-sha256"),
            ("where", "algorithm=!ed25519-sha256"),
            ("where", "algorithm=!rsa-sha256|ed25519-sha256"),
        ):
            with self.subTest(column=column, value=value):
                comparison = compared(UNKNOWN, OURS, row_with(column, value))
                self.assertEqual(1, len(comparison.disagreements))

    def test_a_condition_may_list_values_or_exclude_them(self):
        for where in ("algorithm=rsa-sha1|ed25519-sha256", "algorithm=!rsa-sha1|rsa-sha256",
                      "algorithm=ed25519-sha256 key_form=!pkcs1"):
            with self.subTest(where=where):
                comparison = compared(UNKNOWN, OURS, row_with("where", where))
                self.assertEqual([], comparison.disagreements)

    def test_two_rows_for_one_difference_are_a_disagreement(self):
        comparison = compared(UNKNOWN, OURS, ROW, row_with("class", "another"))
        self.assertEqual(1, len(comparison.disagreements))

    def test_another_signature_is_never_excused(self):
        comparison = compared({**UNKNOWN, "b": "xxxxxxxx"}, OURS, ROW)
        self.assertEqual(1, len(comparison.disagreements))

    def test_a_row_that_matches_nothing_is_told(self):
        self.assertEqual(["ed25519-unknown"], compared(THEIRS, OURS, ROW).never_matched())
        self.assertEqual([], compared(THEIRS, OURS, ROW, peer="q").never_matched())


class Table(unittest.TestCase):
    def test_the_table_of_the_project_is_read(self):
        text = (HERE / "known_differences.tsv").read_text(encoding="ascii")
        self.assertGreater(len(read_table(text)), 3)

    def test_wrong_tables_are_refused(self):
        for text in (
            "class\tpeer",
            table(ROW[:-1]),
            table(ROW, ROW),
            table(row_with("why", "")),
            table(row_with("they_say", "maybe")),
            table(row_with("where", "algorithm")),
            table(row_with("where", "anything=1")),
            table(row_with("reference", "RFC8463")),
        ):
            with self.subTest(text=text):
                self.assertRaises(TableError, read_table, text)


if __name__ == "__main__":
    unittest.main()
