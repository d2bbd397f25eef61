#!/usr/bin/env python3
"""Scans a corpus of mkcorpus and compares every row with truth.ndjson, field by field.

usage: scan_agrees_with_truth.py [--arc] MAILASSAY MKCORPUS FOLDER [MESSAGES [SEED]]

The keys come once from the recording and once from the zone file: both must give what the
generator knows. Ends with 0 if all agrees, 1 if not.
"""
import sys

import corpus_scan

DNS_FILES = ("dns.ndjson", "dns.zone")
# Keys of a signature in truth.ndjson; each stands in the row under the same name.
SIGNATURE_KEYS = (
    "domain",
    "selector",
    "algorithm",
    "canonicalization",
    "result",
    "reason",
    "body_hash",
    "signature",
)


# The same of a chain.
CHAIN_KEYS = ("result", "reason", "instances", "oldest_pass", "sealers")
CHAIN_KINDS = 8


def differences(row, truth):
    """What of the row is not as the truth says."""
    expected = {
        "index": truth["index"],
        "offset": truth["mbox_offset"],
        "length": truth["mbox_length"],
    }
    for key, value in expected.items():
        if row["origin"][key] != value:
            yield f"origin.{key} is {row['origin'][key]!r}, not {value!r}"
    if row["message_id"] != truth["message_id"]:
        yield f"message_id is {row['message_id']!r}, not {truth['message_id']!r}"
    if len(row["dkim"]) != len(truth["signatures"]):
        yield f"{len(row['dkim'])} signatures, not {len(truth['signatures'])}"
        return
    for number, (found, wanted) in enumerate(zip(row["dkim"], truth["signatures"])):
        if set(wanted) != set(SIGNATURE_KEYS):
            yield f"truth has the keys {sorted(wanted)}"
        for key in SIGNATURE_KEYS:
            if found[key] != wanted[key]:
                yield f"dkim[{number}].{key} is {found[key]!r}, not {wanted[key]!r}"
    for key in CHAIN_KEYS if "arc" in truth else ():
        if row["arc"][key] != truth["arc"][key]:
            kind = truth["arc"]["kind"]
            yield f"arc.{key} is {row['arc'][key]!r}, not {truth['arc'][key]!r} ({kind})"


def compare(rows, truths, dns):
    wrong = 0
    if len(rows) != len(truths):
        print(f"{dns}: {len(rows)} rows, {len(truths)} messages")
        wrong += 1
    for row, truth in zip(rows, truths):
        for difference in differences(row, truth):
            wrong += 1
            if wrong <= 20:
                print(f"{dns}: message {truth['index']} ({truth['kind']}): {difference}")
    return wrong


def main():
    arguments = sys.argv[1:]
    flags = [arguments.pop(0)] if arguments[0] == "--arc" else []
    program, mkcorpus, folder = arguments[:3]
    messages, seed = (arguments[3:] + ["2000", "7"][len(arguments[3:]) :])[:2]
    corpus = corpus_scan.make_corpus(mkcorpus, folder, messages, seed, *flags)
    truths = corpus_scan.read_rows(corpus / "truth.ndjson")
    wrong = 0
    for dns in DNS_FILES:
        rows, _ = corpus_scan.scan(program, corpus, dns)
        wrong += compare(rows, truths, dns)
    # However many threads: the same octets.
    texts = set()
    for threads in ("1", "4"):
        corpus_scan.scan(program, corpus, DNS_FILES[0], "--threads", threads)
        texts.add((corpus / "rows.ndjson").read_bytes())
    if len(texts) != 1:
        print("rows depend on the number of threads")
        wrong += 1
    signatures = sum(len(truth["signatures"]) for truth in truths)
    reasons = {signature["reason"] for truth in truths for signature in truth["signatures"]}
    print(f"{len(truths)} messages, {signatures} signatures, {wrong} differences")
    # A corpus that holds only good mail would prove little.
    if len(truths) < int(messages) or not signatures or len(reasons) < 5:
        print(f"the corpus is too thin: reasons {reasons}")
        return 1
    kinds = {truth["arc"]["kind"] for truth in truths if "arc" in truth}
    if len(kinds) != (CHAIN_KINDS if flags else 0):
        print(f"the corpus is too thin: chains {kinds}")
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
