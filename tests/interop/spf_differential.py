#!/usr/bin/env python3
"""Three independent programs answer made questions about SPF, and have to say what we say.

    spf_differential.py make WORK ANSWER_SPF       makes questions and DNS, answers them
    spf_differential.py peer WORK NAME COMMAND...  runs a peer on them, compares with our answers
    spf_differential.py absent NAME PACKAGE        a peer that cannot be run here

All get the same DNS as data. A question agrees if the result is the same, and for fail the
explanation. Differences stand in spf_differences.tsv with the rule that decides.
MAILASSAY_INTEROP_SPF_QUESTIONS sets how many questions there are (5000); from 20000 on, the nightly
size, every row of the table has to match something. MAILASSAY_INTEROP_SEED sets the seed.

Ends with 0 if all agree, 1 if not, 77 if a peer is absent (1 then too with
MAILASSAY_REQUIRE_CONFORMANCE=1).
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import time

import interop
from spf_comparison import SpfComparison, read_differences
from spf_question.generator import make_question
from spf_question.world import World

QUESTIONS = 5000
NIGHTLY = 20000
SEED = "7208"
MOST_SHOWN = 30


def questions_wanted():
    return int(os.environ.get("MAILASSAY_INTEROP_SPF_QUESTIONS") or QUESTIONS)


def make(work, answer_spf):
    work.mkdir(parents=True, exist_ok=True)
    seed = os.environ.get("MAILASSAY_INTEROP_SEED") or SEED
    world, facts = World(), []
    with open(work / "questions.tsv", "w", encoding="ascii") as lines:
        for number in range(questions_wanted()):
            question = make_question(seed, number, world)
            lines.write(f"{number}\t{question.written_ip}\t{question.sender}\t{question.helo}\n")
            facts.append({"kind": question.kind, "sender": question.sender, "helo": question.helo,
                          "ip": question.written_ip, "family": "6" if question.is_ipv6 else "4"})
    world.write(work / "dns.tsv")
    (work / "facts.ndjson").write_text("".join(json.dumps(one) + "\n" for one in facts))
    begin = time.monotonic()
    with open(work / "ours.ndjson", "wb") as out:
        subprocess.run([answer_spf, work / "dns.tsv", work / "questions.tsv"], stdout=out, check=True)
    print(f"{len(facts)} questions of seed {seed}, answered in {time.monotonic() - begin:.2f} s")
    return show_variety(work, facts)


def show_variety(work, facts):
    """How often each kind came to which result: a generator that makes one result tests nothing."""
    kinds, results = collections.defaultdict(collections.Counter), collections.Counter()
    for fact, row in zip(facts, interop.read_rows(work / "ours.ndjson"), strict=True):
        kinds[fact["kind"]][row["result"]] += 1
        results[row["result"]] += 1
    for kind, counts in sorted(kinds.items()):
        print(f"  {kind}: " + ", ".join(f"{word} {count}" for word, count in sorted(counts.items())))
    absent = {"none", "neutral", "pass", "fail", "softfail", "temperror", "permerror"} - set(results)
    if absent:
        print(f"no question came to {', '.join(sorted(absent))}")
    return 1 if absent else 0


def our_answers(work):
    facts = interop.read_rows(work / "facts.ndjson")
    rows = interop.read_rows(work / "ours.ndjson")
    return {row["number"]: {**fact, **row} for fact, row in zip(facts, rows, strict=True)}


def show(comparison, seconds):
    agreed = ", ".join(f"{word} {n}" for word, n in sorted(comparison.agreed.items()))
    print(f"{comparison.peer}: {comparison.compared} questions in {seconds:.2f} s; agreed: {agreed}")
    print(f"  explanations compared and equal: {comparison.explanations}")
    for name, hits in sorted(comparison.known_hits.items()):
        print(f"  known difference {name}: {hits}")
    for name in comparison.never_matched():
        print(f"  known difference {name}: never matched in this run")
    for theirs, ours, what in comparison.disagreements[:MOST_SHOWN]:
        print(f"  DISAGREEMENT question {ours['number']}: {what}")
        print(f"    they: {json.dumps(theirs)}")
        print(f"    we: {json.dumps(ours)}")
    print(f"  disagreements: {len(comparison.disagreements)}")


def peer(work, name, command):
    known = read_differences((interop.HERE / "spf_differences.tsv").read_text(encoding="ascii"))
    begin = time.monotonic()
    arguments = [*command, work / "dns.tsv", work / "questions.tsv"]
    done = subprocess.run(arguments, stdout=subprocess.PIPE, check=False)
    if done.returncode == interop.ABSENT:
        return interop.absent(name, "what tools/setup test names")
    if done.returncode != 0:
        print(f"the peer {name} ended with {done.returncode}")
        return 1
    comparison = SpfComparison(name, known)
    theirs = {row["number"]: row for row in map(json.loads, done.stdout.splitlines())}
    comparison.compare(theirs, our_answers(work))
    show(comparison, time.monotonic() - begin)
    unmatched = questions_wanted() >= NIGHTLY and comparison.never_matched()
    return 1 if comparison.disagreements or unmatched or not comparison.compared else 0


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "make":
        return make(pathlib.Path(arguments[1]), arguments[2])
    if len(arguments) >= 4 and arguments[0] == "peer":
        return peer(pathlib.Path(arguments[1]), arguments[2], arguments[3:])
    if len(arguments) == 3 and arguments[0] == "absent":
        return interop.absent(arguments[1], arguments[2])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
