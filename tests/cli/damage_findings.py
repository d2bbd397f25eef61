#!/usr/bin/env python3
"""Damages mail in known ways and demands that the scan names what was done.

usage: damage_findings.py MAILASSAY MKCORPUS FOLDER [MESSAGES [SEED]]

Of each kind of damage that breaks a signature at least 95 % have to be named as truth.ndjson says,
and a text that was truly changed must never get a reversal: what is claimed there is proven by a
hash. A kind may leave relaxed signatures whole; such messages are counted and left out. Ends with
0 if all is so.
"""
import collections
import sys

import corpus_scan

MESSAGES = 4000
LEAST_NAMED = 0.95
# Of a kind that is seen at all.
LEAST_SEEN = 15


def words_of(finding):
    return finding["verifies_after"] if isinstance(finding, dict) else None


def is_named(finding, truth):
    """The finding names one of the alternatives, and explains the whole signature."""
    return (
        words_of(finding) in truth["verifies_after"]
        and finding["removes_content"] == truth["removes_content"]
        and finding["complete"]
    )


class Kind:
    def __init__(self):
        self.messages = self.seen = self.named = 0
        self.others = collections.Counter()

    def add(self, row, truth):
        self.messages += 1
        if all(signature["result"] == "pass" for signature in row["dkim"]):
            return
        self.seen += 1
        finding, wanted = row["finding"], truth["finding"]
        right = finding == "no-reversal-found" if wanted is None else is_named(finding, wanted)
        self.named += right
        if not right:
            self.others[str(words_of(finding) or finding)] += 1

    def faults(self, is_text):
        if self.seen < LEAST_SEEN:
            return [f"only {self.seen} of {self.messages} messages show it"]
        if is_text and self.named < self.seen:
            return ["a changed text has a finding"]
        return [] if self.named >= LEAST_NAMED * self.seen else ["too few are named"]


def main(arguments):
    mailassay, mkcorpus, folder = arguments[:3]
    messages = arguments[3] if len(arguments) > 3 else MESSAGES
    seed = arguments[4] if len(arguments) > 4 else 7
    flags = ["--small", "--damage", "all"]
    corpus = corpus_scan.make_corpus(mkcorpus, folder, messages, seed, *flags)
    truths = corpus_scan.read_rows(corpus / "truth.ndjson")
    rows, _ = corpus_scan.scan(mailassay, corpus, "dns.ndjson")
    kinds = collections.defaultdict(Kind)
    for row, truth in zip(rows, truths, strict=True):
        kinds[truth["damage"]].add(row, truth)
    wrong = 0
    print(f"{'kind of damage':<28} {'messages':>8} {'seen':>6} {'right':>6}")
    for name, kind in sorted(kinds.items()):
        print(f"{name:<28} {kind.messages:>8} {kind.seen:>6} {kind.named:>6}", end="")
        print("  " + ", ".join(f"{word} {count}" for word, count in kind.others.items()))
        for fault in kind.faults(name.startswith("text-")):
            wrong += 1
            print(f"  WRONG: {fault}")
    return 1 if wrong or not kinds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
