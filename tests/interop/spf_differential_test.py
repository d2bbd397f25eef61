#!/usr/bin/env python3
"""The questions are what they say, and the comparison finds what differs."""

import ipaddress
import unittest

import interop
from comparison import TableError
from spf_comparison import COLUMNS, PEERS, SpfComparison, read_differences
from spf_question.generator import make_question
from spf_question.kinds import KINDS
from spf_question.question import expand
from spf_question.world import World

HEADING = "\t".join(COLUMNS) + "\n"
ROW = ["class", "pyspf", "pass: .*", "fail/matched", "kind=x", "[RFC7208 4.6]", "why"]


def table(*changes):
    """The table with one row, of which some cells are changed."""
    cells = list(ROW)
    for place, cell in changes:
        cells[place] = cell
    return HEADING + "\t".join(cells) + "\n"


class Questions(unittest.TestCase):
    def test_equal_seeds_give_equal_questions(self):
        for seed, same in (("1", True), ("2", False)):
            first, second = World(), World()
            for number in range(100):
                make_question("1", number, first)
                make_question(seed, number, second)
            self.assertEqual(same, first._lines == second._lines)

    def test_a_question_does_not_depend_on_others(self):
        alone, among = World(), World()
        make_question("1", 7, alone)
        for number in range(7):
            make_question("1", number, World())
        make_question("1", 7, among)
        self.assertEqual(alone._lines, among._lines)

    def test_every_kind_is_made_and_no_address_twice(self):
        world, kinds, clients = World(), set(), set()
        for number in range(2000):
            question = make_question("1", number, world)
            kinds.add(question.kind)
            clients.add(question.client)
            ipaddress.ip_address(question.written_ip)
        self.assertEqual({make.__name__.replace("_", "-") for make, _ in KINDS}, kinds)
        self.assertEqual(2000, len(clients))

    def test_expansion(self):
        """The examples of [RFC7208 7.4]."""
        values = {"s": "strong-bad@email.example.com", "l": "strong-bad", "o": "email.example.com",
                  "d": "email.example.com", "i": "192.0.2.3", "v": "in-addr", "h": "h", "p": "p"}
        for text, expected in (
            ("%{s}", "strong-bad@email.example.com"), ("%{d4}", "email.example.com"),
            ("%{d2}", "example.com"), ("%{d1}", "com"), ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"), ("%{l-}", "strong.bad"), ("%{lr}", "strong-bad"),
            ("%{lr-}", "bad.strong"), ("%{l1r-}", "strong"), ("%%%_%-", "% %20"),
            ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{S}", "strong-bad%40email.example.com"),
        ):  # fmt: skip
            self.assertEqual(expected, expand(text, values), text)


def answer(result, detail="", explanation=None):
    return {"number": 1, "result": result, "detail": detail, "explanation": explanation}


def ours(result="fail", reason="matched", explanation=None, **facts):
    return {"number": 1, "result": result, "reason": reason, "explanation": explanation, "kind": "x",
            "records": ["v=spf1 a", "v=spf1 mx"], "terms": 2, "voids": 0, "sender": "", **facts}


def compared(theirs, mine, text=HEADING, peer="pyspf"):
    comparison = SpfComparison(peer, read_differences(text))
    comparison.compare({1: theirs} if theirs else {}, {1: mine})
    return comparison


class Comparisons(unittest.TestCase):
    def test_agreement(self):
        for theirs, mine, agrees in (
            (answer("fail"), ours(), True),
            (answer("fail", explanation="no"), ours(explanation="no"), True),
            (answer("pass"), ours("pass"), True),
            (answer("pass"), ours(), False),
            (answer("fail", explanation="no"), ours(), False),
            (answer("fail"), ours(explanation=""), False),
            (answer("neutral"), ours("none"), False),
            (None, ours(), False),
        ):
            with self.subTest(theirs=theirs):
                comparison = compared(theirs, mine)
                self.assertEqual(agrees, not comparison.disagreements)
                self.assertEqual(agrees, comparison.agreed.total() == 1)

    def test_known_differences(self):
        for change, matches in (
            ((4, "kind=x"), True), ((4, "kind=y|x terms=2"), True), ((4, "records~^v=spf1\\smx$"), True),
            ((4, "-"), True), ((4, "explanation=absent"), True), ((4, "sender~^$"), True),
            ((1, "Mail::SPF|pyspf"), True), ((4, "kind=!x"), False), ((4, "terms=3"), False),
            ((4, "records~ptr"), False), ((2, "pass"), False), ((3, "fail"), False),
            ((1, "libspf2"), False), ((4, "explanation=!absent"), False),
        ):  # fmt: skip
            with self.subTest(change=change):
                comparison = compared(answer("pass", "words"), ours(), table(change))
                self.assertEqual(matches, not comparison.disagreements)
                self.assertEqual(matches, comparison.known_hits["class"] == 1)

    def test_faults_of_the_table(self):
        for text in (
            "class\tpeer\n", HEADING + "a\tb\n", table((1, "nobody")), table((4, "what=x")),
            table((4, "kind")), table((5, "RFC7208")), table((6, "")), table() + table()[len(HEADING):],
        ):  # fmt: skip
            with self.subTest(text=text), self.assertRaises(TableError):
                read_differences(text)

    def test_our_table(self):
        known = read_differences((interop.HERE / "spf_differences.tsv").read_text(encoding="ascii"))
        self.assertEqual(set(PEERS), {peer for row in known for peer in row.peers})


if __name__ == "__main__":
    unittest.main()
