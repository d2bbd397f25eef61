#!/usr/bin/python3
"""Verifies a corpus of mkcorpus with dkimpy and compares with truth.ndjson.

usage: mkcorpus_crosscheck.py MKCORPUS FOLDER [MESSAGES [SEED]]

dkimpy shares no code with this project. It is given the time of receipt, and DNS out of dns.ndjson.
Ends with 0 if both agree on every signature, 1 if not, 77 if dkimpy or nacl is not installed
(1 then too with MAILASSAY_REQUIRE_CONFORMANCE=1).
"""
import email.utils
import json
import os
import pathlib
import subprocess
import sys

try:
    import dkim
    import nacl  # noqa: F401  Ed25519 in dkimpy
except ImportError as missing:
    print(f"SKIPPED: {missing}; install python3-dkim and python3-nacl", file=sys.stderr)
    sys.exit(1 if os.environ.get("MAILASSAY_REQUIRE_CONFORMANCE") == "1" else 77)


class ReceiptClock:
    """Stands for the module time inside dkimpy, so that x= is compared with the receipt.

    dkimpy allows ten hours of leeway and mkcorpus stays clear of it.
    """

    now = 0

    def time(self):
        return self.now


def unquoted(presentation):
    """The character-strings of one TXT in presentation form, joined. mkcorpus escapes nothing."""
    return "".join(presentation.split('"')[1::2]).encode()


def read_dns(path):
    """Name in lower case to TXT octets; aliases are followed."""
    texts, aliases = {}, {}
    for line in path.read_text().splitlines():
        row = json.loads(line)
        if not row["rdata"]:
            continue
        (aliases if row["rrtype"] == "CNAME" else texts)[row["rrname"]] = row["rdata"][0]
    table = {name: unquoted(data) for name, data in texts.items()}
    table.update({name: unquoted(texts[target]) for name, target in aliases.items()})
    return table


def newest_receipt(message):
    head = message.split(b"\n\n", 1)[0].replace(b"\n\t", b" ").replace(b"\n ", b" ")
    field = next(line for line in head.split(b"\n") if line.startswith(b"Received:"))
    return int(email.utils.parsedate_to_datetime(field.rsplit(b";", 1)[1].decode()).timestamp())


def passes(message, index, dns):
    def look_up(name, timeout=5):
        return dns.get(name.decode().lower())

    try:
        return dkim.DKIM(message, minkey=1024).verify(idx=index, dnsfunc=look_up)
    except dkim.DKIMException:
        return False


def expected(signature):
    """What dkimpy says: it knows only pass, and takes rsa-sha1 for good."""
    return signature["result"] == "pass" or signature["reason"] == "algorithm-obsolete"


def main():
    mkcorpus, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    messages, seed = (sys.argv[3:] + ["60", "5"][len(sys.argv[3:]) :])[:2]
    subprocess.run(
        [mkcorpus, "--messages", messages, "--seed", seed, "--out", str(folder), "--eml"],
        check=True,
    )
    dns = read_dns(folder / "dns.ndjson")
    mbox = (folder / "mail.mbox").read_bytes()
    clock = ReceiptClock()
    dkim.time = clock
    checked, wrong = 0, 0
    for row in map(json.loads, (folder / "truth.ndjson").read_text().splitlines()):
        start = row["mbox_offset"]
        message = mbox[start : start + row["mbox_length"]]
        index = row["index"]
        eml = (folder / f"eml/{index // 1000:03}/{index:06}.eml").read_bytes()
        if eml != message.replace(b"\n", b"\r\n"):
            print(f"message {index}: mbox and eml differ")
            wrong += 1
        clock.now = newest_receipt(message)
        for number, signature in enumerate(row["signatures"]):
            checked += 1
            if passes(eml, number, dns) != expected(signature):
                print(f"message {index} ({row['kind']}): dkimpy disagrees with {signature}")
                wrong += 1
    print(f"{checked} signatures checked, {wrong} disagreements")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
