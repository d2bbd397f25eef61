#!/usr/bin/env python3
"""Scans made damages of every kind and counts how many are named right.

usage: made_damage_is_named.py MAILASSAY MKCORPUS FOLDER [MESSAGES_PER_KIND]

Fails if fewer than 95 % of the damages of any kind are named, if anything is found on text that
was truly changed, if a kind has too few failing messages, or if the search changes any result.
"""
import collections
import json
import pathlib
import shutil
import subprocess
import sys

KINDS = "body,header,key,text"
ANOTHER_KEY = "another-key"
RESTS_ON_FINDINGS = ("finding", "standing", "standing_reasons", "integrity", "basis", "form",
                     "traits")
FEWEST = 40


def scan(program, folder, *flags):
    done = subprocess.run(
        [program, "scan", "--quiet", "--dns", folder / "dns.ndjson", *flags, folder / "mail.mbox"],
        check=True, capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def kinds_of(mkcorpus):
    """All kinds of the groups, from the message about one that does not exist."""
    done = subprocess.run([mkcorpus, "--messages", "1", "--out", "unused", "--damage", "?"],
                          check=False, capture_output=True, text=True)
    groups = tuple(group + "-" for group in KINDS.split(","))
    return [word for word in done.stderr.split() if word.startswith(groups)]


def failing(row):
    return any("mismatch" in (entry["body_hash"], entry["signature"]) for entry in row["dkim"])


def is_of_another_key(row):
    """No change is claimed, and each RSA signature that fails says why; Ed25519 cannot tell."""
    failed = [entry for entry in row["dkim"] if entry["signature"] == "mismatch"]
    rsa = [entry for entry in failed if entry["algorithm"] != "ed25519-sha256"]
    wanted = None if len(rsa) == len(failed) else "no-reversal-found"
    return row["finding"] == wanted and all(
        "made-with-another-key" in entry["notes"] for entry in rsa)


def is_right(row, wanted):
    found = row["finding"]
    if wanted is None:
        return found == "no-reversal-found"
    if wanted == ANOTHER_KEY:
        return is_of_another_key(row)
    return (isinstance(found, dict) and found["verifies_after"] in wanted["verifies_after"]
            # More careful than the truth is right; less careful would be a false rehabilitation.
            and found["removes_content"] >= wanted["removes_content"])


def main():
    program, mkcorpus, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    per_kind = int((sys.argv[4:] or ["200"])[0])
    shutil.rmtree(folder, ignore_errors=True)
    kinds = len(kinds_of(mkcorpus))
    subprocess.run([mkcorpus, "--messages", str(per_kind * kinds), "--seed", "11", "--small",
                    "--out", folder, "--damage", KINDS], check=True)
    truths = [json.loads(line) for line in (folder / "truth.ndjson").open(encoding="utf-8")]
    rows = scan(program, folder)
    wrong = 0
    total, right = collections.Counter(), collections.Counter()
    for row, truth in zip(rows, truths, strict=True):
        if not failing(row):
            continue
        total[truth["damage"]] += 1
        if is_right(row, truth["finding"]):
            right[truth["damage"]] += 1
        elif total[truth["damage"]] - right[truth["damage"]] <= 2:
            print(f"message {truth['index']} ({truth['damage']}): {row['finding']}, "
                  f"not {truth['finding']}")
    for kind in sorted({truth["damage"] for truth in truths}):
        print(f"{kind:28} {right[kind]:4}/{total[kind]}")
        share = 1.0 if kind.startswith("text-") else 0.95
        if total[kind] < FEWEST or right[kind] < share * total[kind]:
            wrong += 1
    # The search tells why; it decides no result. What the message is may rest on it.
    without = scan(program, folder, "--no-diagnosis")
    for row, other in zip(rows, without, strict=True):
        for key in RESTS_ON_FINDINGS:
            row[key] = other[key] = None
        if row != other:
            print(f"message {row['origin']['index']}: the search changes the row")
            wrong += 1
    print(f"{sum(right.values())} of {sum(total.values())} named right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
