#!/usr/bin/env python3
"""mailassay-floor does the same cryptography as a scan: not an octet, not a check less.

usage: floor_counts_as_scan.py MAILASSAY MKCORPUS MAILASSAY-FLOOR FOLDER

Compares what the floor program prints with the run record of a scan of the same corpus.
"""
import json
import subprocess
import sys

import corpus_scan

KEYS = ("messages", "signatures", "hashed_bytes", "verifications")


def main():
    program, mkcorpus, floor, folder = sys.argv[1:5]
    corpus = corpus_scan.make_corpus(mkcorpus, folder, 2000, 11)
    rows, record = corpus_scan.scan(program, corpus, "dns.ndjson")
    printed = subprocess.run([floor, corpus], check=True, capture_output=True, text=True).stdout
    counts = json.loads(printed)
    wrong = [key for key in KEYS if counts[key] != record[key] or not counts[key]]
    for key in wrong:
        print(f"{key}: floor {counts[key]}, scan {record[key]}")
    # The floor's own digests are the ones that were signed: else it would have timed nonsense.
    matches = sum(
        signature["signature"] == "match" for row in rows for signature in row["dkim"]
    )
    if counts["verified"] != matches:
        wrong.append("verified")
        print(f"verified: floor {counts['verified']}, scan {matches}")
    if not 0 < counts["cpu_seconds"] < 60:
        wrong.append("cpu_seconds")
        print(f"cpu_seconds: {counts['cpu_seconds']}")
    print(printed.strip())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
