#!/usr/bin/python3
"""Checks the truth of a corpus with envelopes by programs that share no code with this project.

usage: mkcorpus_envelope_crosscheck.py MKCORPUS FOLDER [MESSAGES [SEED]]

pyspf evaluates each session, dkimpy each signature and chain, dmarc_walk.py each policy, all with
the DNS of dns.ndjson, which must know every name they ask for. Then come the properties that
connect the axes. Ends as mkcorpus_crosscheck.py.
"""
import collections
import datetime
import email.utils
import json
import os
import pathlib
import re
import subprocess
import sys

import dmarc_walk
from mkcorpus_crosscheck import dkim, expected, passes
from recorded_dns import Recording

try:
    import spf
except ImportError as missing:
    print(f"SKIPPED: {missing}; install python3-spf", file=sys.stderr)
    sys.exit(1 if os.environ.get("MAILASSAY_REQUIRE_CONFORMANCE") == "1" else 77)

SERVERS = {
    "postfix": rb"by \S+ \(Postfix\) with",
    "sendmail": rb"by \S+ \(8\.15\.2/8\.15\.2\) with",
    "exim": rb"\(Exim 4\.94\.2\)",
    "qmail": rb"\(qmail \d+ invoked from network\)",
    "communigate": rb"CommuniGate Pro SMTP",
    "powermta": rb"\(PowerMTA\(TM\) v4\.5r8\)",
    "momentum": rb"\(ecelerity 4\.2\.38\.62370 r\(:\)\)",
    "exchange": rb"by\r\n EX01\.inbox\.example\.net",
    "gmail": rb"by mx\.google\.com with ESMTPS",
    "microsoft": rb"by\r\n DB5EUR03FT012\.mail\.protection\.outlook\.com",
    "yahoo": rb"by mta4021\.mail\.bf1\.yahoo\.com with",
}


class Checker:
    def __init__(self, folder):
        self.folder = folder
        self.dns = Recording(folder / "dns.ndjson")
        self.wrong = 0
        self.counts = collections.Counter()

    def demand(self, row, good, what):
        if good:
            return
        self.wrong += 1
        if self.wrong <= 20:
            print(f"message {row['index']} ({row['fixture']}, {row['standing']}): {what}")

    def check(self, row):
        index = row["index"]
        eml = (self.folder / f"eml/{index // 1000:03}/{index:06}.eml").read_bytes()
        for name, pattern in SERVERS.items():
            self.counts[f"server {name}"] += bool(re.search(pattern, eml.split(b"\r\n\r\n")[0]))
        self.check_spf(row)
        self.check_envelope(row, eml)
        good = self.check_signatures(row, eml)
        self.check_chain(row, eml)
        if "dmarc" in row:
            self.check_dmarc(row, eml, good)
        self.check_properties(row)

    def check_spf(self, row):
        truth = row["spf"]
        if truth is None:
            return
        query = spf.query(i=truth["ip"], s=truth["mail_from"], h=truth["helo"], strict=True)
        found = query.check()[0]
        self.counts[f"spf {found}"] += 1
        self.demand(row, found == truth["result"], f"pyspf says {found}, not {truth}")
        domain = truth["mail_from"].rpartition("@")[2] or truth["helo"]
        self.demand(row, domain == truth["domain"], f"SPF of {domain}, not {truth}")

    def check_envelope(self, row, eml):
        truth = row["envelope"]
        self.demand(row, (truth["border"] == "none") == (row["spf"] is None), "border without SPF")
        if truth["border"] == "none":
            return
        fields = re.split(rb"\r\n(?![ \t])", eml.split(b"\r\n\r\n")[0])
        border = [field for field in fields if field.startswith(b"Received:")
                  and re.search(rb"[\[( :]" + truth["ip"].encode() + rb"[\]):]", field)
                  and truth["helo"].encode() in field]
        self.demand(row, border, "no border hop")
        if not border:
            return
        paths = [field for field in fields if field.startswith(b"Return-Path:")]
        self.demand(row, len(paths) == 1
                    and paths[0][12:].strip(b" <>").decode() == truth["mail_from"], "Return-Path")
        when = re.search(rb"(\w{3}, )?\d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d [-+]\d{4}", border[0])
        found = email.utils.parsedate_to_datetime(when[0].decode()).astimezone(datetime.timezone.utc)
        self.demand(row, f"{found:%Y-%m-%dT%H:%M:%SZ}" == truth["received_at"],
                    f"received at {found}, not {truth['received_at']}")

    def check_signatures(self, row, eml):
        """Domains whose signatures pass."""
        good = []
        for number, signature in enumerate(row["signatures"]):
            found = passes(eml, number, self.keys())
            self.counts[f"dkim {found}"] += 1
            self.demand(row, found == expected(signature), f"dkimpy disagrees with {signature}")
            if found:
                good.append(signature["domain"])
        return good

    def keys(self):
        recording = self.dns

        class Keys:
            @staticmethod
            def get(name):
                return recording.key_text(name.encode())

        return Keys

    def check_chain(self, row, eml):
        if row["arc"]["instances"] == 0:
            return
        found = dkim.ARC(eml, minkey=1024).verify(dnsfunc=self.dns.key_text)[0]
        self.counts[f"arc {found}"] += 1
        self.demand(row, found.decode() == row["arc"]["result"], f"dkimpy says {found} of the chain")

    def check_dmarc(self, row, eml, good):
        truth = row["dmarc"]
        field = re.search(rb"(?:^|\n)From:((?:[^\r]|\r\n[ \t])*)", eml.split(b"\r\n\r\n")[0])
        author = re.findall(rb"@([A-Za-z0-9.-]+)", field[1])[-1].decode().lower()
        sent = row["spf"]["domain"] if row["spf"] and row["spf"]["result"] == "pass" else None
        is_open = row["spf"] is None or any(
            signature["result"] == "temperror"
            and dmarc_walk.organization(self.dns, signature["domain"])
            == dmarc_walk.organization(self.dns, author) for signature in row["signatures"])
        found = dmarc_walk.judge(self.dns, author, good, sent, is_open)
        self.counts[f"dmarc {found[0]}"] += 1
        self.demand(row, list(found) == [truth["result"], truth["policy_domain"], truth["policy"],
                                         truth["aligned"]], f"the walk says {found}, not {truth}")
        self.demand(row, dmarc_walk.organization(self.dns, author)
                    == truth["organizational_domain"], f"organization of {author}: {truth}")
        old = dmarc_walk.judge(self.dns, author, good, sent, is_open, rfc9989=False)[:3]
        wanted = truth.get("rfc7489", truth)
        self.demand(row, list(old) == [wanted["result"], wanted["policy_domain"], wanted["policy"]],
                    f"RFC 7489 says {old}, not {wanted}")

    def check_properties(self, row):
        """What the axes have to do with each other."""
        standing, dmarc = row["standing"], row.get("dmarc")
        old = (dmarc or {}).get("rfc7489", dmarc)
        if standing == "disowned":
            self.demand(row, row["envelope"]["border"] == "sure", "disowned without a sure border")
            self.demand(row, old["result"] == "fail" and old["policy"] in ("quarantine", "reject"),
                        f"disowned by {old}")
        if standing == "authenticated":
            self.demand(row, dmarc["result"] in ("pass", "none"), f"authenticated by {dmarc}")
        if dmarc and dmarc["result"] == "pass":
            self.demand(row, standing == "authenticated", "an aligned pass is authenticated")
        if standing == "altered":
            self.demand(row, row["form"] in ("raw", "known-additions", "escaped")
                        and any(signature["result"] == "fail" for signature in row["signatures"]),
                        "altered without a signature that fails")
        if not row["fixture"]:
            self.demand(row, standing == plain_standing(row), f"should be {plain_standing(row)}")


def plain_standing(row):
    """The standing of mail with a sure border, by the table, from what the peers agreed on."""
    author = row["message_id"].rpartition("@")[2].rstrip(">")
    own = [signature for signature in row["signatures"] if signature["domain"] == author]
    if any(signature["result"] == "pass" for signature in own):
        return "authenticated"
    if row["spf"]["result"] == "pass" and row["spf"]["domain"] == author:
        return "authenticated"
    for signature in own:
        if signature["result"] == "fail" and signature["signature"] == "match":
            return "altered"
        if signature["signature"] == "mismatch":
            return "unverifiable" if signature["algorithm"] == "ed25519-sha256" else "altered"
    dmarc = row["dmarc"].get("rfc7489", row["dmarc"])
    if dmarc["policy"] in ("quarantine", "reject"):
        return "disowned"
    passed = [signature for signature in row["signatures"] if signature["result"] == "pass"]
    return "unaligned" if passed or row["spf"]["result"] == "pass" else "unauthenticated"


def make(mkcorpus, folder, messages, seed, threads):
    subprocess.run([mkcorpus, "--messages", messages, "--seed", seed, "--out", str(folder),
                    "--small", "--eml", "--fixtures", "all", "--threads", threads], check=True)


def main():
    mkcorpus, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    messages, seed = (sys.argv[3:] + ["900", "5"][len(sys.argv[3:]) :])[:2]
    make(mkcorpus, folder, messages, seed, "1")
    make(mkcorpus, folder / "again", messages, seed, "4")
    checker = Checker(folder)
    spf.DNSLookup = checker.dns.answer
    for name in ("mail.mbox", "truth.ndjson", "dns.ndjson", "dns.zone", "scan.args",
                 "mailassay.toml"):
        if (folder / name).read_bytes() != (folder / "again" / name).read_bytes():
            print(f"{name} depends on the number of threads")
            checker.wrong += 1
    rows = [json.loads(line) for line in (folder / "truth.ndjson").read_text().splitlines()]
    for row in rows:
        checker.check(row)
    for name in sorted(checker.dns.missing)[:20]:
        print(f"the recording does not know {name}")
    print(dict(checker.counts))
    fixtures = {row["fixture"] for row in rows}
    print(f"{len(rows)} messages, {len(fixtures) - 1} fixtures, {checker.wrong} disagreements")
    # A corpus that holds only good mail would prove little.
    thin = [name for name in ("spf pass", "spf fail", "spf softfail", "spf neutral", "spf none",
                              "spf permerror", "dmarc pass", "dmarc fail", "dmarc none",
                              "dmarc temperror", "dkim True", "dkim False", "arc b'pass'",
                              *(f"server {name}" for name in SERVERS))
            if not checker.counts[name]]
    if thin or len({row["standing"] for row in rows}) != 10:
        print(f"the corpus is too thin: {thin}")
        return 1
    return 1 if checker.wrong or checker.dns.missing else 0


if __name__ == "__main__":
    sys.exit(main())
