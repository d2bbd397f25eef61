#!/usr/bin/env python3
"""Rows and run records of many scans against the schemas, and the order of their keys."""

import json
import pathlib
import subprocess
import sys
import unittest

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is absent")
    sys.exit(77)

from program import Case, HERE, MKCORPUS, PLAIN, POSTMARK, SAMPLE_DNS, SAMPLE_MBOX, mbox, read_rows

SCHEMAS = HERE.parent.parent / "tools" / "mailassay"


def schema(name):
    text = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(text)
    return text


ROW = schema("row")
RUN = schema("run_record")

# Signatures of every sort of trouble; the rows have to say so in the words of the schema.
ODD_SIGNATURES = (
    b"", b"junk", b"v=1", b"v=2; a=rsa-sha256; b=AA==; bh=AA==; d=a.example; h=from; s=s",
    b"v=1; a=rsa-md5; b=AA==; bh=AA==; d=a.example; h=from; s=s",
    b"v=1; a=rsa-sha256; b=AA==; bh=AA==; d=a.example; h=from; s=s",
    b"v=1; a=rsa-sha256; b=AA==; bh=%s=; d=a.example; h=to; s=s" % (b"A" * 43),
    b"v=1; a=rsa-sha1; c=relaxed; b=AA==; bh=%s=; d=a.example; h=from; s=s; l=99" % (b"A" * 27),
    b"v=1; a=rsa-sha256; b=AA==; bh=%s=; d=a.example; i=@b.example; h=from; s=s" % (b"A" * 43),
    b"v=1; a=ed25519-sha256; b=AA==; bh=%s=; d=a.example; h=from; s=s; x=1" % (b"A" * 43),
    b"v=1; v=1; d=\xff\xfe; s=\x00",
)


def in_order(value, rule, where="row"):
    """Fails unless the keys of each object stand as the schema lists them."""
    if isinstance(value, dict) and "properties" in rule:
        order = [key for key in rule["properties"] if key in value]
        if list(value) != order:
            raise AssertionError(f"{where}: {list(value)} is not {order}")
        for key, item in value.items():
            in_order(item, rule["properties"][key], f"{where}.{key}")
    elif isinstance(value, list):
        for item in value:
            in_order(item, rule.get("items", {}), where + "[]")


class Schema(Case):
    def check(self, *arguments, code=0):
        output = self.path("rows.ndjson")
        self.scan("--output", output, *arguments, code=code)
        rows = read_rows(pathlib.Path(output).read_bytes())
        validator = jsonschema.Draft202012Validator(ROW)
        for row in rows:
            validator.validate(row)
            in_order(row, ROW)
        record = json.loads(pathlib.Path(output + ".run.json").read_text())
        jsonschema.Draft202012Validator(RUN).validate(record)
        in_order(record, RUN, "record")
        return rows

    def test_the_sample(self):
        for flags in ((), ("--evidence",), ("--redact",), ("--evidence", "--redact"),
                      ("--at", "now")):
            with self.subTest(flags):
                self.assertGreater(len(self.check("--dns", SAMPLE_DNS, *flags, SAMPLE_MBOX)), 40)

    def test_copies(self):
        for dns in (["--dns", SAMPLE_DNS], []):
            rows = self.check("--dedupe", *dns, SAMPLE_MBOX, SAMPLE_MBOX)
            second = [row["copy"]["state"] for row in rows[len(rows) // 2:] if row["dkim"]]
            self.assertEqual(set(second) - {"unproven"}, {"same"})
            self.assertGreater(second.count("same"), 40)

    def test_chains(self):
        corpus = pathlib.Path(self.path("corpus"))
        subprocess.run([MKCORPUS, "--messages", "100", "--seed", "3", "--small", "--arc", "--out",
                        corpus], check=True, capture_output=True)
        for flags in ((), ("--evidence", "--arc-rfc-wording"), ("--max-arc-sets", "1")):
            with self.subTest(flags):
                rows = self.check("--dns", corpus / "dns.ndjson", *flags, corpus / "mail.mbox")
                self.assertGreater(len({row["arc"]["reason"] for row in rows}), 3)
        self.check(corpus / "mail.mbox")

    def test_without_any_dns(self):
        self.check(SAMPLE_MBOX)

    def test_odd_signatures(self):
        messages = [b"DKIM-Signature: " + field + b"\n" + PLAIN for field in ODD_SIGNATURES]
        path = self.write("odd", mbox(*messages))
        rows = self.check("--evidence", path)
        reasons = {row["dkim"][0]["reason"] for row in rows}
        self.assertGreaterEqual(len(reasons), 7, reasons)

    def test_bad_input(self):
        path = self.write("bad", POSTMARK + b"\xff\xfe\0: \x01\nFrom: <<<\x80@>, b@c\nFrom: x\n" +
                          b"Subject: =?utf-8?q?=ff?= " + b"s" * 5000 + b"\nDate: no\njunk line\n" +
                          b"Message-ID: \n\n\0" + POSTMARK + b"\n" + POSTMARK + b"no header")
        rows = self.check("--evidence", path, self.write("empty", b""), "/dev/null", code=3)
        self.assertIn("subject", rows[0]["truncated"])

    def test_a_name_that_is_not_utf8(self):
        folder = pathlib.Path(self.path("names"))
        folder.mkdir()
        (folder / "caf\udce9.eml").write_bytes(PLAIN)
        self.check(str(folder))

    def test_the_order_is_really_looked_at(self):
        row = self.check("--dns", SAMPLE_DNS, SAMPLE_MBOX)[0]
        swapped = dict(reversed(row.items()))
        with self.assertRaises(AssertionError):
            in_order(swapped, ROW)


if __name__ == "__main__":
    unittest.main()
