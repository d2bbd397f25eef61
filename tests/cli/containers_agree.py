#!/usr/bin/env python3
"""Each container of one corpus gives the verdicts of its mbox, row by row.

    containers_agree.py MAILASSAY MKCORPUS FOLDER
"""

import json
import pathlib
import shutil
import subprocess
import sys

KINDS = ("tar", "tar.gz", "tar.zst", "zip", "7z", "maildir", "mh", "emlx", "mbox.gz", "mbox.zst",
         "mbox.xz", "ndjson", "csv")
FLAGS = {"ndjson": ["--field", "raw", "--encoding", "base64", "--id-field", "id"],
         "csv": ["--field", "raw", "--id-field", "id"]}


def scan(program, dns, path, *flags):
    done = subprocess.run([program, "scan", "--dns", dns, "--evidence", "--hash", *flags,
                           "--run-record", str(path) + ".run.json", path], capture_output=True,
                          check=False)
    if done.returncode != 0:
        raise SystemExit(f"{path}: exit code {done.returncode}: {done.stderr.decode()}")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    record = json.loads(pathlib.Path(str(path) + ".run.json").read_text())
    account = record["archives"][0]
    total = account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"]
    if total != account["size"] - account["packed_bytes"] + account["unpacked_bytes"]:
        raise SystemExit(f"{path}: the account does not add up: {account}")
    return rows


def main():
    program, mkcorpus, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([mkcorpus, "--messages", "400", "--seed", "9", "--out", str(folder),
                    "--containers", "all"], check=True, capture_output=True)
    dns = str(folder / "dns.ndjson")
    expected = scan(program, dns, str(folder / "mail.mbox"))
    assert len(expected) == 400
    if len({row["dkim"][0]["result"] for row in expected if row["dkim"]}) < 3:
        raise SystemExit("the corpus has too few results")
    for kind in KINDS:
        named = folder / kind
        path = named if named.is_dir() else folder / f"mail.{kind}"
        rows = scan(program, dns, str(path), *FLAGS.get(kind, []))
        if len(rows) != len(expected):
            raise SystemExit(f"{kind}: {len(rows)} rows")
        for index, (row, other) in enumerate(zip(rows, expected)):
            if row["origin"]["length"] != other["origin"]["length"]:
                raise SystemExit(f"{kind}: message {index} has another length")
            if {**row, "origin": None} != {**other, "origin": None}:
                raise SystemExit(f"{kind}: message {index}: {row} is not {other}")
        print(f"{kind}: {len(rows)} rows agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
