"""Compares what a peer answers about SPF with what we answer; knows the known differences.

spf_differences.tsv, columns parted by tabs:
  class      a word for the difference, once for each peer
  peer       who says it; several with | between
  they_say   regular expression for their result and a colon and their words
  we_say     regular expression for our result/reason
  where      fact=value, fact=value|value, fact=!value, or fact~regular expression, with blanks
             between; each has to hold; "absent" is what is not there; - for no condition
  rule       [RFC and section]
  why        why we are right
"""

import collections
import re

from comparison import REFERENCE, TableError, holds

COLUMNS = ("class", "peer", "they_say", "we_say", "where", "rule", "why")
PEERS = ("pyspf", "Mail::SPF", "libspf2")
# What a condition may ask for. `records` are the records that we read, one a line.
FACTS = ("kind", "sender", "helo", "ip", "family", "terms", "voids", "records", "explanation",
         "their_explanation")  # fmt: skip
CONDITION = re.compile(r"([a-z_]+)([=~])(.+)")


class Difference:
    """One row of the table."""

    def __init__(self, cells, where):
        if len(cells) != len(COLUMNS) or not all(cells):
            raise TableError(f"{where}: {len(COLUMNS)} columns are needed, none empty")
        row = dict(zip(COLUMNS, cells))
        self.name, self.peers = row["class"], row["peer"].split("|")
        self.they_say, self.we_say = re.compile(row["they_say"]), re.compile(row["we_say"])
        conditions = row["where"].split(" ") if row["where"] != "-" else []
        self.conditions = [CONDITION.fullmatch(condition) for condition in conditions]
        if any(match is None or match[1] not in FACTS for match in self.conditions):
            raise TableError(f"{where}: '{row['where']}' has what is no condition")
        if not set(self.peers) <= set(PEERS):
            raise TableError(f"{where}: an unknown peer in '{row['peer']}'")
        if not REFERENCE.fullmatch(row["rule"]):
            raise TableError(f"{where}: the rule has the form [RFC7208 4.6.4]")

    def matches(self, theirs, ours):
        facts = {**ours, "records": "\n".join(ours["records"]),
                 "their_explanation": theirs["explanation"]}
        return (
            self.they_say.fullmatch(f"{theirs['result']}: {theirs['detail']}") is not None
            and self.we_say.fullmatch(words_of(ours)) is not None
            and all(self._holds(match, word_of(facts[match[1]])) for match in self.conditions)
        )

    @staticmethod
    def _holds(match, fact):
        if match[2] == "~":
            return re.search(match[3], fact, re.MULTILINE) is not None
        return holds(fact, match[3])


def read_differences(text):
    rows, heading = [], None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if heading is None:
            heading = tuple(cells)
            if heading != COLUMNS:
                raise TableError(f"line {number}: the heading is {' '.join(COLUMNS)}")
            continue
        rows.append(Difference(cells, f"line {number}"))
    places = collections.Counter((row.name, peer) for row in rows for peer in row.peers)
    for (name, peer), count in places.items():
        if count > 1:
            raise TableError(f"the class '{name}' stands {count} times for {peer}")
    return rows


def word_of(fact):
    return "absent" if fact is None else str(fact)


def words_of(ours):
    return f"{ours['result']}/{ours['reason']}"


def difference(theirs, ours):
    """What they and we say differently; empty if nothing."""
    if theirs is None:
        return "they gave no answer"
    if theirs["result"] != ours["result"]:
        return "the result differs"
    if ours["result"] == "fail" and theirs["explanation"] != ours["explanation"]:
        return "the explanation differs"
    return ""


class SpfComparison:
    """Adds up one peer's run."""

    def __init__(self, peer, known):
        self.peer = peer
        self.known = [row for row in known if peer in row.peers]
        self.compared = 0
        self.agreed = collections.Counter()
        self.explanations = 0
        self.known_hits = collections.Counter()
        self.disagreements = []

    def compare(self, theirs_by_number, ours_by_number):
        for number, ours in ours_by_number.items():
            self._compare_one(theirs_by_number.get(number), ours)

    def never_matched(self):
        return [row.name for row in self.known if not self.known_hits[row.name]]

    def _compare_one(self, theirs, ours):
        self.compared += 1
        what = difference(theirs, ours)
        if not what:
            self.agreed[ours["result"]] += 1
            self.explanations += ours["explanation"] is not None
            return
        rows = [row.name for row in self.known if theirs is not None and row.matches(theirs, ours)]
        if rows:
            # Several faults of theirs may meet in one question; the table is read from the top.
            self.known_hits[rows[0]] += 1
        else:
            self.disagreements.append((theirs, ours, what))
