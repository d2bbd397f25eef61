#!/usr/bin/env python3
"""Three independent programs verify the mail that we verify, and have to say the same.

    interop.py corpus WORK MKCORPUS MAILASSAY     makes the mail, scans it, compares with the truth
    interop.py peer WORK NAME COMMAND...          runs a peer on it, compares with our rows
    interop.py absent NAME PACKAGE                a peer that cannot be run here

We read mail.mbox (LF); the peers read the same messages as .eml files (CRLF). They get each
message's time of receipt, and the key records out of dns.ndjson, with aliases resolved. Known
differences stand in known_differences.tsv; a row that matches nothing is reported, and is a failure
in a big run. MAILASSAY_INTEROP_MESSAGES sets the number of messages (600).

Ends with 0 if all agree, 1 if not, 77 if the peer is absent (1 then too with
MAILASSAY_REQUIRE_CONFORMANCE=1).
"""

import base64
import collections
import email.utils
import json
import os
import pathlib
import re
import subprocess
import sys
import time

from comparison import Comparison, TableError, read_table, words_of

HERE = pathlib.Path(__file__).resolve().parent
MESSAGES = 600
SEED = 20260
# From here on every known difference is to be expected at least once.
BIG_RUN = 10000
MOST_SHOWN = 20
ABSENT = 77
RSA_ENCRYPTION = bytes.fromhex("2a864886f70d010101")
SPACED_B = re.compile(rb"(?:^|;)\s*b\s+=")
BLANK_BEHIND_B = re.compile(rb"(?:^|;)\s*b\s*=[^;]*\s;")
LENGTH_TAG = re.compile(rb"(?:^|;)\s*l\s*=\s*(\d+)\s*(?:;|$)")
ALGORITHM_TAG = re.compile(rb"(?:^|;)\s*a\s*=\s*([a-z0-9-]*)")
SAME_IN_TRUTH = (
    "domain",
    "selector",
    "algorithm",
    "canonicalization",
    "result",
    "reason",
    "body_hash",
    "signature",
)


def message_count():
    return int(os.environ.get("MAILASSAY_INTEROP_MESSAGES") or MESSAGES)


def read_rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def unquoted(presentation):
    """The character-strings of one TXT in presentation form, joined. mkcorpus escapes nothing."""
    return "".join(presentation.split('"')[1::2])


def key_lines(dns_rows):
    """'name text' for each key record; an alias is followed. [RFC6376 3.6.2.2] [RFC1034 3.6.2]"""
    texts, aliases = {}, {}
    for row in dns_rows:
        if not row["rdata"]:
            continue
        (aliases if row["rrtype"] == "CNAME" else texts)[row["rrname"].rstrip(".")] = row["rdata"]
    for name, target in aliases.items():
        texts[name] = texts[target[0].rstrip(".")]
    for name, rdata in texts.items():
        if len(rdata) != 1:
            raise ValueError(f"{name} has {len(rdata)} records; peers see one")
        yield f"{name} {unquoted(rdata[0])}"


def eml_path(work, index):
    return work / f"eml/{index // 1000:03}/{index:06}.eml"


def received_at(path):
    """Seconds since 1970 of the topmost Received field."""
    newest = header_fields(path.read_bytes(), b"received")[0]
    date = email.utils.parsedate_to_datetime(newest.rsplit(b";", 1)[1].decode())
    return int(date.timestamp())


def rfc3339(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def truth_faults(truth, row, receipt):
    """Where our row departs from what mkcorpus knows. Nothing is excused here."""
    faults = []
    if row["origin"]["offset"] != truth["mbox_offset"]:
        faults.append(f"offset {row['origin']['offset']}, not {truth['mbox_offset']}")
    # Where a hop of the receiver's own stands above the border, the time is that of the border.
    if row["envelope"]["border"]["hop"] == 0 and row["received_at"] != rfc3339(receipt):
        faults.append(f"received_at {row['received_at']}, not {rfc3339(receipt)}")
    if len(row["dkim"]) != len(truth["signatures"]):
        faults.append(f"{len(row['dkim'])} signatures, not {len(truth['signatures'])}")
    for place, (ours, theirs) in enumerate(zip(row["dkim"], truth["signatures"])):
        for key in SAME_IN_TRUTH:
            if ours[key] != theirs[key]:
                faults.append(f"signature {place}: {key} {ours[key]}, not {theirs[key]}")
    return faults


def make_corpus(work, mkcorpus, mailassay):
    count = str(message_count())
    subprocess.run(
        [mkcorpus, "--messages", count, "--seed", str(SEED), "--out", work, "--eml"], check=True
    )
    dns, rows = work / "dns.ndjson", work / "rows.ndjson"
    scan = [mailassay, "scan", "--quiet", "--dns", dns, "--output", rows, work / "mail.mbox"]
    subprocess.run(scan, check=True)
    (work / "keys.txt").write_text("".join(line + "\n" for line in key_lines(read_rows(dns))))
    return read_rows(rows)


def corpus(work, mkcorpus, mailassay):
    rows = make_corpus(work, mkcorpus, mailassay)
    truths = read_rows(work / "truth.ndjson")
    wrong, signatures = int(len(rows) != len(truths)), 0
    with open(work / "messages.tsv", "w", encoding="utf-8") as list_of_messages:
        for truth, row in zip(truths, rows):
            index = truth["index"]
            path = eml_path(work, index)
            receipt = received_at(path)
            list_of_messages.write(f"{index}\t{receipt}\t{path}\n")
            signatures += len(truth["signatures"])
            for fault in truth_faults(truth, row, receipt):
                wrong += 1
                if wrong <= MOST_SHOWN:
                    print(f"message {index} ({truth['kind']}): {fault}")
    print(f"{len(rows)} rows, {signatures} signatures, {wrong} departures from the truth")
    return 1 if wrong or not signatures else 0


def header_fields(octets, name):
    """The values of the fields called `name`, top to bottom, as they are written."""
    head = octets.split(b"\r\n\r\n", 1)[0]
    fields = re.split(rb"\r\n(?![ \t])", head)
    named = re.compile(re.escape(name) + rb"[ \t]*:", re.IGNORECASE)
    return [field.split(b":", 1)[1] for field in fields if named.match(field)]


def key_forms(work):
    """{name: how the key is wrapped}."""
    forms = {}
    for line in (work / "keys.txt").read_text(encoding="latin-1").splitlines():
        name, text = line.split(" ", 1)
        data = re.search(r"(?:^|;)\s*p\s*=([A-Za-z0-9+/\s]*)", text)
        bare = re.sub(r"\s", "", data[1]) if data else ""
        octets = base64.b64decode(bare[: len(bare) // 4 * 4])
        if RSA_ENCRYPTION in octets[:40]:
            forms[name.lower()] = "spki"
        else:
            forms[name.lower()] = "pkcs1" if octets.startswith(b"\x30") else "other"
    return forms


def wire_form(octets):
    """Stored line ends as CRLF. [RFC6376 5.3]"""
    return re.sub(rb"\r?\n", b"\r\n", octets)


def with_facts(entry, value, message, forms):
    """Our entry with the facts that conditions may ask for; `value` is the field as written."""
    length, algorithm = LENGTH_TAG.search(value), ALGORITHM_TAG.search(value)
    body = message.partition(b"\r\n\r\n")[2]
    return {
        **entry,
        "b_tag": "spaced" if SPACED_B.search(value) else "tight",
        "b_place": "start" if value[:1] == b"b" and value[1:2] in b"= \t\r" else "inside",
        "b_end": "blank" if BLANK_BEHIND_B.search(value) else "tight",
        "body_length": length[1].decode() if length else "none",
        "body": "present" if body.strip(b"\r\n") else "line-ends" if body else "empty",
        "body_end": "closed" if not body or body.endswith(b"\r\n") else "open",
        "a_tag": algorithm[1].decode() if algorithm else "none",
        "key_form": forms.get(f"{entry['selector']}._domainkey.{entry['domain']}".lower()),
    }


def our_signatures(work, forms):
    """{(message, place): our entry with the facts that conditions may ask for}."""
    found = {}
    truths, rows = read_rows(work / "truth.ndjson"), read_rows(work / "rows.ndjson")
    for truth, row in zip(truths, rows):
        message = eml_path(work, truth["index"]).read_bytes()
        written = header_fields(message, b"dkim-signature")
        for place, (entry, value) in enumerate(zip(row["dkim"], written, strict=True)):
            found[truth["index"], place] = with_facts(entry, value, message, forms)
    return found


def is_required():
    return os.environ.get("MAILASSAY_REQUIRE_CONFORMANCE") == "1"


def absent(name, what):
    word = "FAILED" if is_required() else "SKIPPED"
    print(f"{word}: the peer {name} is absent; install {what}", file=sys.stderr)
    return 1 if is_required() else ABSENT


def run_peer(work, name, command):
    """Their rows and what the run took; None if the peer is absent."""
    begin = time.monotonic()
    with open(work / f"{name}.ndjson", "wb") as out:
        try:
            process = subprocess.Popen(
                [*command, work / "keys.txt", work / "messages.tsv"], stdout=out
            )
        except FileNotFoundError:
            return None
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == ABSENT:
        return None
    if process.returncode != 0:
        raise SystemExit(f"the peer {name} ended with {process.returncode}")
    seconds = time.monotonic() - begin, usage.ru_utime + usage.ru_stime
    return read_rows(work / f"{name}.ndjson"), seconds


def show(comparison, messages, seconds):
    wall, processor = seconds
    agreed = ", ".join(f"{verdict} {n}" for verdict, n in sorted(comparison.agreed.items()))
    print(f"{comparison.peer}: {comparison.compared} signatures compared; agreed: {agreed}")
    print(f"  body hashes compared and equal: {comparison.body_hashes}")
    for row, hits in sorted(comparison.known_hits.items()):
        print(f"  known difference {row}: {hits}")
    for row in comparison.never_matched():
        print(f"  known difference {row}: never matched in this run")
    print(
        f"  {messages} messages in {wall:.2f} s ({processor:.2f} s CPU):"
        f" {messages / max(processor, 1e-9):.0f} messages per CPU second"
    )
    for one in comparison.disagreements[:MOST_SHOWN]:
        ours = words_of(one.ours) if one.ours else "nothing"
        print(f"  DISAGREEMENT message {one.message} signature {one.signature}: {one.what}")
        print(f"    they: {json.dumps(one.theirs)}")
        print(f"    we: {ours} {json.dumps(one.ours)}")
    print(f"  disagreements: {len(comparison.disagreements)}")


def repeated(rows):
    places = collections.Counter((row["message"], row["signature"]) for row in rows)
    return [place for place, count in places.items() if count > 1]


def peer(work, name, command):
    try:
        known = read_table((HERE / "known_differences.tsv").read_text(encoding="ascii"))
    except TableError as error:
        print(f"known_differences.tsv: {error}", file=sys.stderr)
        return 1
    result = run_peer(work, name, command)
    if result is None:
        return absent(name, "what tools/setup test names")
    rows, seconds = result
    comparison = Comparison(name, known)
    theirs = {(row["message"], row["signature"]): row for row in rows}
    comparison.compare(theirs, our_signatures(work, key_forms(work)))
    messages = sum(1 for _ in open(work / "messages.tsv", encoding="utf-8"))
    show(comparison, messages, seconds)
    unmatched_is_wrong = messages >= BIG_RUN and comparison.never_matched()
    wrong = comparison.disagreements or repeated(rows) or unmatched_is_wrong
    return 1 if wrong or not comparison.compared else 0


def main(arguments):
    if len(arguments) == 4 and arguments[0] == "corpus":
        return corpus(pathlib.Path(arguments[1]), *arguments[2:])
    if len(arguments) >= 4 and arguments[0] == "peer":
        return peer(pathlib.Path(arguments[1]), arguments[2], arguments[3:])
    if len(arguments) == 3 and arguments[0] == "absent":
        return absent(*arguments[1:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
