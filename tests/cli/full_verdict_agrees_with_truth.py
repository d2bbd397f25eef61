#!/usr/bin/env python3
"""Scans a corpus with envelopes and compares every axis of every row with truth.ndjson.

usage: full_verdict_agrees_with_truth.py MAILASSAY MKCORPUS FOLDER [MESSAGES [SEED]]

The scan is told what scan.args says, and once more by mailassay.toml, which must give the same
rows. DNS comes from the recording and from the zone file. Reasons and recorded results that the
truth states must be among those of the row; every other key must be equal. Ends with 0 if all
agrees, 1 if not; then a table says which key differs in which scenario.
"""
import collections
import itertools
import json
import subprocess
import sys

import corpus_scan

DNS_FILES = ("dns.ndjson", "dns.zone")
SPF_KEYS = ("result", "domain", "ip", "helo", "mail_from", "mechanism")
DMARC_KEYS = ("result", "policy", "policy_domain", "organizational_domain", "aligned")
OLD_KEYS = ("result", "policy", "policy_domain")
WORDS = {"message_kind": "kind", "form": "form", "direction": "direction", "standing": "standing"}
MOST_SHOWN = 2  # of a key in a scenario


def part(row, key):
    return row.get(key) or {}


def simple_differences(row, truth):
    for wanted, found in WORDS.items():
        if wanted in truth and row.get(found) != truth[wanted]:
            yield found, row.get(found), truth[wanted]
    missing = [word for word in truth["standing_reasons"]
               if word not in (row.get("standing_reasons") or [])]
    if missing:
        yield "standing_reasons", row.get("standing_reasons"), truth["standing_reasons"]
    if "traits" in truth and sorted(row.get("traits") or []) != sorted(truth["traits"]):
        yield "traits", row.get("traits"), truth["traits"]


def impersonation_differences(row, truth):
    """Each word occurs; without words nothing may be said."""
    if "impersonates" not in truth:
        return
    found = json.dumps(row.get("impersonates"))
    wanted = truth["impersonates"]
    if (found not in ("null", "[]")) != bool(wanted) or any(word not in found for word in wanted):
        yield "impersonates", row.get("impersonates"), wanted


def integrity_differences(row, truth):
    if "integrity" not in truth:
        return
    found, wanted = part(row, "integrity"), truth["integrity"]
    if found.get("value") != wanted["value"]:
        yield "integrity.value", found.get("value"), wanted["value"]
    if sorted(set(found.get("by") or [])) != sorted(set(wanted["by"])):
        yield "integrity.by", found.get("by"), wanted["by"]


def spf_differences(row, truth):
    if truth["spf"] is None:
        # Without a client there is no result; the reason says why.
        if part(row, "spf").get("result") is not None:
            yield "spf.result", row["spf"]["result"], None
        return
    for key in SPF_KEYS:
        if part(row, "spf").get(key) != truth["spf"][key]:
            yield f"spf.{key}", part(row, "spf").get(key), truth["spf"][key]


def dmarc_differences(row, truth):
    if "dmarc" not in truth:
        return
    found, wanted = part(row, "dmarc"), truth["dmarc"]
    for key in DMARC_KEYS:
        if found.get(key) != wanted[key]:
            yield f"dmarc.{key}", found.get(key), wanted[key]
    old = wanted.get("rfc7489", wanted)
    for key in OLD_KEYS:
        if part(found, "rfc7489").get(key) != old[key]:
            yield f"dmarc.rfc7489.{key}", part(found, "rfc7489").get(key), old[key]


def envelope_differences(row, truth):
    wanted = truth["envelope"]
    if "received_at" in wanted and row["received_at"] != wanted["received_at"]:
        yield "received_at", row["received_at"], wanted["received_at"]
    border = part(part(row, "envelope"), "border").get("sureness")
    if border != wanted["border"]:
        yield "envelope.border", border, wanted["border"]


def recorded_differences(row, truth):
    for wanted in truth.get("recorded", ()):
        found = row.get("recorded") or []
        if not any(wanted.items() <= one.items() for one in found):
            yield "recorded", found, wanted


def bounce_differences(row, truth):
    """What a bounce reports of its first recipient. The truth has null where it is not said."""
    if "bounce" not in truth:
        return
    report, wanted = part(row, "reports"), truth["bounce"]
    first = (report.get("recipients") or [{}])[0]
    found = {**first, "original_message_id": report.get("original_message_id")}
    for key, value in wanted.items():
        if value is not None and (found.get(key) or "").strip("<>") != value.strip("<>"):
            yield f"reports.{key}", found.get(key), value


COMPARISONS = (simple_differences, impersonation_differences, integrity_differences,
               spf_differences, dmarc_differences, envelope_differences, recorded_differences,
               bounce_differences)


def differences(row, truth):
    """(key, found, wanted) of everything that is not as the truth says."""
    for compare in COMPARISONS:
        yield from compare(row, truth)


def inner_differences(rows, truth):
    """The message that the wrapper holds, and no other one."""
    found = [{"part": row["origin"]["part"], "role": row["origin"]["role"],
              "standing": row["standing"], "form": row["form"]} for row in rows]
    wanted = [] if truth is None else [truth]
    if found != wanted:
        yield "inner", found, wanted


def compare_rows(rows, truths, dns, table):
    """Fills the table: (key, scenario) to the number of rows."""
    by_place, inner = {}, collections.defaultdict(list)
    for row in rows:
        # A message inside another one has a row of its own behind that of its wrapper.
        if "part" in row["origin"]:
            inner[row["origin"]["index"]].append(row)
        else:
            by_place[row["origin"]["offset"], row["origin"]["length"]] = row
    for truth in truths:
        if dns == "dns.zone" and truth["dns"] != "both":
            continue
        row = by_place.get((truth["mbox_offset"], truth["mbox_length"]))
        scenario = truth["fixture"] or "ordinary"
        if row is None:
            table["no row", scenario] += 1
            continue
        everything = itertools.chain(
            differences(row, truth),
            inner_differences(inner[row["origin"]["index"]], truth.get("inner")))
        for key, found, wanted in everything:
            table[key, scenario] += 1
            if table[key, scenario] <= MOST_SHOWN:
                print(f"{dns}: message {truth['index']} ({scenario}): {key} is {found!r}, "
                      f"not {wanted!r}")


def scan_flags(corpus):
    return (corpus / "scan.args").read_text(encoding="utf-8").split()


def main():
    program, mkcorpus, folder = sys.argv[1:4]
    messages, seed = (sys.argv[4:] + ["3000", "7"][len(sys.argv[4:]) :])[:2]
    corpus = corpus_scan.make_corpus(mkcorpus, folder, messages, seed, "--small", "--fixtures",
                                     "all")
    truths = corpus_scan.read_rows(corpus / "truth.ndjson")
    table = collections.Counter()
    for dns in DNS_FILES:
        rows, _ = corpus_scan.scan(program, corpus, dns, *scan_flags(corpus))
        compare_rows(rows, truths, dns, table)
    texts = collections.defaultdict(set)
    for way, flags in (("flags", scan_flags(corpus)),
                       ("configuration", ["--config", str(corpus / "mailassay.toml")])):
        for threads in ("1", "4"):
            try:
                corpus_scan.scan(program, corpus, DNS_FILES[0], "--threads", threads, *flags)
                texts[way].add((corpus / "rows.ndjson").read_bytes())
            except subprocess.CalledProcessError:
                table["exit code", way] += 1
        if texts[way] != texts["flags"] or len(texts[way]) != 1:
            print("rows depend on the number of threads, or on how the scan was told")
            table["rows", way] += 1
    for (key, scenario), count in sorted(table.items()):
        print(f"{count:6} {key:32} {scenario}")
    kinds = {truth["fixture"] for truth in truths}
    print(f"{len(truths)} messages, {len(kinds) - 1} fixtures, {sum(table.values())} differences")
    # A corpus that holds only good mail would prove little.
    if len({truth["standing"] for truth in truths}) != 10 or len(kinds) < 60:
        print(f"the corpus is too thin: {kinds}")
        return 1
    return 1 if table else 0


if __name__ == "__main__":
    sys.exit(main())
