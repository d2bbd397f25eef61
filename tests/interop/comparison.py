"""Compares what a peer says of signatures with what we say; knows the differences that are known.

Pure: takes rows, gives disagreements. A signature is what stands at one place of one message,
counted from the top. It agrees if d=, s=, b=, the verdict (pass, fail, other), for other the cause,
and the body hash where the peer tells it are the same.

known_differences.tsv, columns parted by tabs:
  class        a word for the difference, once for each peer
  peer         who says it
  they_say     their verdict: pass, fail, other, or missing
  their_words  regular expression for the whole of their words, - for none
  we_say       regular expression for result, or result/reason
  where        fact=value, fact=value|value or fact=!value with blanks between; each has to hold
  reference    [RFC and section] of the rule
  why          why we are right
"""

import collections
import re

from causes import same_cause

COLUMNS = (
    "class",
    "peer",
    "they_say",
    "their_words",
    "we_say",
    "where",
    "reference",
    "why",
)
# What a condition of the column `where` may ask for.
FACTS = (
    "algorithm",
    "canonicalization",
    "body_hash",
    "signature",
    "peer_body_hash",
    "b_tag",
    # "start" if b= stands right behind the colon of the field.
    "b_place",
    # "blank" if white space stands between the value of b= and a semicolon.
    "b_end",
    # "empty", "line-ends" if nothing else is there, or "present".
    "body",
    "body_length",
    # "open" if the last line has no line end.
    "body_end",
    # The algorithm as written, known even where the field is refused.
    "a_tag",
    "key_form",
    # Of mutated messages only: the mutation, and whether it is this signature that it is about.
    "kind",
    "signature_of",
)
VERDICTS = ("pass", "fail", "other", "missing")
REFERENCE = re.compile(r"\[RFC\d+ [0-9A-Z.]+\]")

Disagreement = collections.namedtuple("Disagreement", "message signature what theirs ours")


class TableError(Exception):
    pass


class KnownDifference:
    """One row of the table. Every condition has to hold."""

    def __init__(self, row, where):
        if len(row) != len(COLUMNS) or not all(row):
            raise TableError(f"{where}: {len(COLUMNS)} columns are needed, none empty")
        cells = dict(zip(COLUMNS, row))
        self.name, self.peer = cells["class"], cells["peer"]
        self.they_say = cells["they_say"]
        if self.they_say not in VERDICTS:
            raise TableError(f"{where}: they_say is one of {', '.join(VERDICTS)}")
        # "-" is an empty text.
        self.their_words = re.compile("" if cells["their_words"] == "-" else cells["their_words"])
        self.we_say = re.compile(cells["we_say"])
        self.conditions = [
            tuple(condition.partition("=")[::2]) for condition in cells["where"].split(" ")
        ]
        for fact, value in self.conditions:
            if fact not in FACTS or not value:
                raise TableError(f"{where}: '{fact}={value}' is no condition")
        if not REFERENCE.fullmatch(cells["reference"]):
            raise TableError(f"{where}: the reference has the form [RFC6376 3.5]")

    def matches(self, peer, theirs, ours):
        facts = {**ours, "peer_body_hash": theirs["body_hash"]}
        return (
            peer == self.peer
            and theirs["verdict"] == self.they_say
            and self.their_words.fullmatch(theirs["detail"]) is not None
            and self.we_say.fullmatch(words_of(ours)) is not None
            and all(holds(str(facts.get(fact)), values) for fact, values in self.conditions)
        )


def holds(fact, values):
    listed = fact in values.removeprefix("!").split("|")
    return listed != values.startswith("!")


def read_table(text):
    """The rows of known_differences.tsv below its heading; # begins a comment line."""
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
        rows.append(KnownDifference(cells, f"line {number}"))
    names = collections.Counter((row.name, row.peer) for row in rows)
    for (name, peer), count in names.items():
        if count > 1:
            raise TableError(f"the class '{name}' stands {count} times for {peer}")
    return rows


def words_of(ours):
    """'pass', or result and reason: 'policy/algorithm-obsolete'."""
    return ours["result"] if ours["reason"] is None else f"{ours['result']}/{ours['reason']}"


def verdict_of(ours):
    return ours["result"] if ours["result"] in ("pass", "fail") else "other"


def difference(peer, theirs, ours):
    """What they and we say differently, in words; empty if nothing."""
    if theirs["verdict"] == "missing":
        return "they do not see this signature"
    for key in ("domain", "selector", "b"):
        # A field that could not be read may have none of them.
        they, we = ("".join((side[key] or "").lower().split()) for side in (theirs, ours))
        if they and we and they != we:
            return f"{key} differs: not the same signature"
    if theirs["verdict"] != verdict_of(ours):
        return "the verdict differs"
    if theirs["verdict"] == "other" and not same_cause(peer, theirs["detail"], ours["reason"]):
        return "the cause differs"
    # A field that we refuse has no body hash of ours.
    asked = verdict_of(ours) != "other" or ours["body_hash"] is not None
    if asked and theirs["body_hash"] is not None and theirs["body_hash"] != ours["body_hash"]:
        return "the body hash differs"
    return ""


class Comparison:
    """Adds up one peer's run. `known` may hold rows of other peers; they are left out."""

    def __init__(self, peer, known):
        self.peer = peer
        self.known = [row for row in known if row.peer == peer]
        self.compared = 0
        self.agreed = collections.Counter()
        self.known_hits = collections.Counter()
        self.body_hashes = 0
        self.disagreements = []

    def compare(self, theirs_by_place, ours_by_place):
        """Both: {(message, place): row}."""
        for place, ours in ours_by_place.items():
            self._compare_one(place, theirs_by_place.get(place), ours)
        for place in theirs_by_place.keys() - ours_by_place.keys():
            self._disagree(place, "we do not see this signature", theirs_by_place[place], None)

    def never_matched(self):
        return [row.name for row in self.known if not self.known_hits[row.name]]

    def _compare_one(self, place, theirs, ours):
        self.compared += 1
        if theirs is None:
            theirs = {"verdict": "missing", "detail": "", "body_hash": None}
        what = difference(self.peer, theirs, ours)
        if not what:
            self.agreed[theirs["verdict"]] += 1
            self.body_hashes += theirs["body_hash"] is not None
            return
        rows = [row.name for row in self.known if row.matches(self.peer, theirs, ours)]
        if "not the same signature" in what or not rows:
            self._disagree(place, what, theirs, ours)
        elif len(rows) > 1:
            self._disagree(place, f"{what}; several rows match: {', '.join(rows)}", theirs, ours)
        else:
            self.known_hits[rows[0]] += 1

    def _disagree(self, place, what, theirs, ours):
        self.disagreements.append(Disagreement(*place, what, theirs, ours))
