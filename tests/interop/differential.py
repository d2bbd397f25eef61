#!/usr/bin/env python3
"""Mutated messages: our verdict on each signature against what is known, and against each peer.

    differential.py make WORK MAILASSAY         makes messages, scans them, compares with the truth
    differential.py peer WORK NAME COMMAND...   runs a peer on them, compares with our rows

mutation/ makes the messages, and knows what has to come out. We read the octets as they are stored;
peers get those of the wire. Differences from peers are explained in known_differences.tsv and
mutation_differences.tsv. A comparison is one signature's verdict of ours against one peer's;
MAILASSAY_INTEROP_COMPARISONS sets how many there are at least, over all three peers (2000). From
20000 on, the nightly size, every row of the tables has to match something.
MAILASSAY_INTEROP_SEED sets the seed.

Ends with 0 if all agree, 1 if not, 77 if a peer or python3-cryptography is absent (1 then too with
MAILASSAY_REQUIRE_CONFORMANCE=1, and if the suites of others are absent).
"""

import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import textwrap
import time

import interop
from comparison import Comparison, TableError, read_table, words_of
from not_comparable import reason_not_to_compare

COMPARISONS = 2000
NIGHTLY = 20000
PEERS = 3
# More than is needed, for those that cannot be compared.
SURPLUS = 1.25
SEED = "20261125"
TABLES = ("known_differences.tsv", "mutation_differences.tsv")
MOST_SHOWN = 20


def comparisons_wanted():
    return int(os.environ.get("MAILASSAY_INTEROP_COMPARISONS") or COMPARISONS)


def write_zone(path, records):
    """A zone with authority over everything: what is not in it does not exist."""
    with open(path, "w", encoding="ascii") as zone:
        zone.write("$ORIGIN .\n$TTL 3600\n@ IN SOA ns.test. h.test. 1 7200 900 1209600 3600\n")
        for name, text in records:
            octets = text.encode("latin-1")
            strings = [octets[at : at + 255] for at in range(0, len(octets), 255)] or [b""]
            quoted = " ".join(f'"{escaped(string)}"' for string in strings)
            zone.write(f"{name}. IN TXT {quoted}\n")


def escaped(octets):
    plain = set(range(0x20, 0x7F)) - set(b'"\\')
    return "".join(chr(octet) if octet in plain else f"\\{octet:03}" for octet in octets)


def published(key_records, real_records, domain):
    """(name, text) of everything that is in DNS."""
    for selector, (_, texts) in key_records.items():
        for text in texts:
            yield f"{selector}._domainkey.{domain}", text
    yield from real_records.items()


def make(work, mailassay):
    shutil.rmtree(work, ignore_errors=True)
    from mutation.generator import Generator
    from mutation.key_mutations import RECORDS
    from mutation.made_mail import RECEIVED_AT
    from mutation.real_mail import real_records
    from mutation.signature import DOMAIN

    for folder in ("stored", "sent"):
        (work / folder).mkdir(parents=True)
    records = list(published(RECORDS, real_records(), DOMAIN))
    write_zone(work / "dns.zone", records)
    lines = "".join(f"{name} {text}\n" for name, text in records)
    (work / "keys.txt").write_bytes(lines.encode("latin-1"))
    seed = os.environ.get("MAILASSAY_INTEROP_SEED") or SEED
    generator = Generator(seed)
    if not generator.originals:
        print("the mail of other projects is absent; all messages are made ones", file=sys.stderr)
        if interop.is_required():
            return 1
    begin, truths = time.monotonic(), []
    with open(work / "messages.tsv", "w", encoding="utf-8") as messages:
        for index in range(int(comparisons_wanted() / PEERS * SURPLUS)):
            made = generator.message(index)
            stored = work / f"stored/{index:06}.eml"
            stored.write_bytes(made.stored)
            sent = stored
            if made.sent != made.stored:
                sent = work / f"sent/{index:06}.eml"
                sent.write_bytes(made.sent)
            messages.write(f"{index}\t{RECEIVED_AT}\t{sent}\n")
            truths.append({"kind": made.kind, "stage": made.stage, "rule": made.rule,
                           "base": made.base, "number": made.number, "expected": made.expected})
    (work / "truth.ndjson").write_text("".join(json.dumps(truth) + "\n" for truth in truths))
    print(f"{len(truths)} messages made of seed {seed} in {time.monotonic() - begin:.2f} s")
    scan(work, mailassay, RECEIVED_AT)
    return compare_with_truth(truths, scanned(work))


def scan(work, mailassay, at):
    subprocess.run(
        [mailassay, "scan", "--quiet", "--dns", work / "dns.zone", "--at", interop.rfc3339(at),
         "--output", work / "rows.ndjson", work / "stored"],
        check=True,
    )


def scanned(work):
    """{index: our row}."""
    rows = interop.read_rows(work / "rows.ndjson")
    return {int(pathlib.Path(row["origin"]["archive"]).stem): row for row in rows}


def ours_of(row, number):
    return words_of(row["dkim"][number]) if number < len(row["dkim"]) else None


def shown_kind(kind):
    return "(several)" if "+" in kind else kind


def show_kinds(kinds):
    """{kind: how often True and False}."""
    words = (f"{kind} {counts.total()}/{counts[True]}" for kind, counts in sorted(kinds.items()))
    text = "  ".join(word.replace(" ", "\0") for word in words)
    for line in textwrap.wrap(text, 98, break_on_hyphens=False):
        print("  " + line.replace("\0", " "))


def compare_with_truth(truths, rows):
    kinds = collections.defaultdict(collections.Counter)
    bases, wrong = collections.Counter(), []
    for index, truth in enumerate(truths):
        ours = ours_of(rows[index], truth["number"])
        kinds[shown_kind(truth["kind"])][ours == "pass"] += 1
        bases["made" if truth["base"] == "made" else "real"] += 1
        if ours != truth["expected"]:
            wrong.append((index, truth, ours))
    print("messages of each kind of mutation, and how many of them we find to verify:")
    show_kinds(kinds)
    print(f"{len(kinds)} kinds; on made messages {bases['made']}, on real ones {bases['real']}")
    for index, truth, ours in wrong[:MOST_SHOWN]:
        print(f"DEPARTURE message {index} ({truth['kind']} on {truth['base']}): we say {ours},"
              f" it is {truth['expected']} {truth['rule']}")
    print(f"{len(wrong)} departures from the truth")
    return 1 if wrong or not truths else 0


def our_signatures(work):
    """{(message, place): our entry with the facts that conditions may ask for}."""
    truths, rows = interop.read_rows(work / "truth.ndjson"), scanned(work)
    forms, found = interop.key_forms(work), {}
    for index, truth in enumerate(truths):
        message = interop.wire_form((work / f"stored/{index:06}.eml").read_bytes())
        written = interop.header_fields(message, b"dkim-signature")
        for place, (entry, value) in enumerate(zip(rows[index]["dkim"], written, strict=True)):
            found[index, place] = {
                **interop.with_facts(entry, value, message, forms),
                "kind": truth["kind"],
                "signature_of": "mutation" if place == truth["number"] else "other",
            }
    return found


def comparable(name, ours, known):
    """Those that the peer can be asked for, and how many cannot be for which reason."""
    kept, left_out = {}, collections.Counter()
    for place, entry in ours.items():
        reason = reason_not_to_compare(name, entry["kind"], known)
        if reason is None:
            kept[place] = entry
        else:
            left_out[reason] += 1
    return kept, left_out


def peer(work, name, command):
    if not (work / "truth.ndjson").is_file():
        return interop.absent(f"{name} has no messages: their maker", "what tools/setup test names")
    try:
        known = [row for table in TABLES
                 for row in read_table((interop.HERE / table).read_text(encoding="ascii"))]
    except TableError as error:
        print(f"tables of differences: {error}", file=sys.stderr)
        return 1
    result = interop.run_peer(work, name, command)
    if result is None:
        return interop.absent(name, "what tools/setup test names")
    rows, seconds = result
    kept, left_out = comparable(name, our_signatures(work), known)
    messages = {place[0] for place in kept}
    theirs = {
        (row["message"], row["signature"]): row for row in rows if row["message"] in messages
    }
    comparison = Comparison(name, known)
    comparison.compare(theirs, kept)
    interop.show(comparison, len(interop.read_rows(work / "truth.ndjson")), seconds)
    for reason, count in sorted(left_out.items()):
        share = 100 * count / (count + comparison.compared)
        print(f"  not comparable: {count} ({share:.1f} %): {reason}")
    kinds = collections.defaultdict(collections.Counter)
    for entry in kept.values():
        kinds[shown_kind(entry["kind"])][entry["result"] == "pass"] += 1
    print("  comparisons of each kind of mutation, and how many of them we find to verify:")
    show_kinds(kinds)
    enough = comparison.compared >= comparisons_wanted() // PEERS
    if not enough:
        print(f"  too few: {comparisons_wanted() // PEERS} comparisons are wanted")
    unmatched = comparisons_wanted() >= NIGHTLY and comparison.never_matched()
    wrong = comparison.disagreements or interop.repeated(rows) or unmatched
    return 1 if wrong or not enough else 0


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "make":
        try:
            return make(pathlib.Path(arguments[1]), arguments[2])
        except ModuleNotFoundError as missing:
            return interop.absent(missing.name, "python3-cryptography and python3-nacl")
    if len(arguments) >= 4 and arguments[0] == "peer":
        return peer(pathlib.Path(arguments[1]), arguments[2], arguments[3:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
