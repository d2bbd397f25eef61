#!/usr/bin/python3
"""Verifies the chains of a corpus of mkcorpus with dkimpy and compares with truth.ndjson.

usage: mkcorpus_arc_crosscheck.py MKCORPUS FOLDER [MESSAGES [SEED]]

So neither the sealer of mkcorpus nor the verifier of mailassay is judged by its own kind. dkimpy
has no Ed25519 in ARC: chains with such a sealer are passed over. Ends as mkcorpus_crosscheck.py.
"""
import json
import pathlib
import subprocess
import sys

from mkcorpus_crosscheck import dkim, read_dns

ED25519_SEALER = "forward4.test"


def status(message, dns):
    """cv of dkimpy: none, pass or fail."""

    def look_up(name, timeout=5):
        return dns.get(name.decode().lower())

    found = dkim.ARC(message, minkey=1024).verify(dnsfunc=look_up)[0]
    return found.decode() if found else "none"


def main():
    mkcorpus, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    messages, seed = (sys.argv[3:] + ["300", "5"][len(sys.argv[3:]) :])[:2]
    subprocess.run(
        [mkcorpus, "--messages", messages, "--seed", seed, "--out", str(folder)]
        + ["--eml", "--small", "--arc"],
        check=True,
    )
    dns = read_dns(folder / "dns.ndjson")
    checked, wrong = {}, 0
    for row in map(json.loads, (folder / "truth.ndjson").read_text().splitlines()):
        chain = row["arc"]
        if ED25519_SEALER in chain["sealers"]:
            continue
        index = row["index"]
        eml = (folder / f"eml/{index // 1000:03}/{index:06}.eml").read_bytes()
        theirs = status(eml, dns)
        checked[chain["kind"]] = checked.get(chain["kind"], 0) + 1
        # dkimpy stops at cv=fail, as it has to, but without a status. [RFC8617 5.2 step 2]
        expected = "none" if chain["reason"] == "sealed-as-failed" else chain["result"]
        if theirs != expected:
            print(f"message {index}: dkimpy says {theirs}, the truth is {chain}")
            wrong += 1
    print(f"{checked} checked, {wrong} disagreements")
    return 1 if wrong or len(checked) < 8 else 0


if __name__ == "__main__":
    sys.exit(main())
