#!/usr/bin/env python3
"""What dmarc tells a person, and its exit codes."""

import pathlib
import unittest

from program import Case, call

ZONE = """$ORIGIN .
$TTL 60
. IN SOA ns. hostmaster. 1 2 3 4 5
_dmarc.example.com. IN TXT "v=DMARC1; p=reject; sp=none; np=quarantine; adkim=s; pct=30; rua=mailto:a@example.com!10m,b"
mx.example.com. IN MX 10 mx.example.net.
_dmarc.two.org. IN TXT "v=DMARC1; p=none"
_dmarc.two.org. IN TXT "v=DMARC1; p=reject"
_dmarc.bad.org. IN TXT "v=DMARC1; p=reject; sp=foo"
_dmarc.near.org. IN TXT "v=DMARC1 p=reject"
_dmarc.bank.example. IN TXT "v=DMARC1; psd=y; p=reject; t=y; sp=quarantine"
_dmarc.xn--bcher-kva.example. IN TXT "v=DMARC1; p=none; x=\\007\\n"
"""

LIST = """// VERSION: 2026-11-01_08-00-00_UTC
com
org
example
"""

RECORDING = """{"rrname":"_dmarc.example.com.","rrtype":"TXT","rdata":["\\"v=DMARC1; p=none\\""],\
"time_first":1,"time_last":2}
"""


class Dmarc(Case):
    def dmarc(self, *flags, code=0, dns=ZONE):
        folder = pathlib.Path(self.folder)
        (folder / "zone").write_text(dns)
        (folder / "list").write_text(LIST)
        done = call("dmarc", "--dns", str(folder / "zone"), "--psl", str(folder / "list"), *flags)
        self.assertEqual(done.code, code, done.err)
        return done.out.decode()

    def test_all_of_a_record(self):
        out = self.dmarc("a.Example.com")
        head, tail = out.split("public suffix list: ")
        self.assertEqual(
            head,
            "domain: a.example.com\n"
            "policy: quarantine by np of the record at example.com\n"
            "organizational domain: example.com\n"
            "existence: does-not-exist\n"
            "alignment: DKIM strict, SPF relaxed\n"
            "aggregate reports: mailto:a@example.com\n"
            "failure reports: none\n"
            "RFC 7489: none by sp of the record at example.com\n"
            "RFC 7489 organizational domain: example.com\n"
            "RFC 7489 percentage of messages: 30\n"
            "difference: np-tag: RFC 7489 does not know the np tag\n")
        self.assertRegex(tail, r"^\S*/list, 2026-11-01T08:00:00Z, sha256 [0-9a-f]{64}\nwalk:\n")
        self.assertTrue(tail.endswith(
            "walk:\n"
            "  _dmarc.a.example.com: no record (no such name)\n"
            "  _dmarc.example.com: record\n"
            "    v=DMARC1; p=reject; sp=none; np=quarantine; adkim=s; pct=30;"
            " rua=mailto:a@example.com!10m,b\n"
            "    historic-tag: 'pct' is of RFC 7489; RFC 9989 ignores it\n"
            "    bad-uri: 'rua' has a part that is no URI and is ignored\n"
            "    uri-size: 'rua' has a size limit, which RFC 9989 ignores\n"
            "  _dmarc.com: no record (no such name)\n"), tail)

    def test_policies(self):
        cases = (
            ("example.com", "policy: reject by p of the record at example.com\n"),
            ("mx.example.com", "policy: none by sp of the record at example.com\n"),
            ("mx.example.com", "existence: exists\n"),
            ("two.org", "policy: none applies: several-records: "),
            ("two.org", "  _dmarc.two.org: several records, all ignored\n"),
            ("bad.org", "policy: not usable: record-unusable: "),
            ("bad.org", "    bad-value: 'sp' has a value that it may not have\n"),
            ("near.org", "policy: none applies: no-record: "),
            ("near.org", "    version-value: a text has another version, or no semicolon"),
            ("near.org", "note: looks-like-record: "),
            ("a.b.bank.example", "policy: none by sp of the record at bank.example\n"),
            ("a.b.bank.example", "organizational domain: b.bank.example\n"),
            ("a.b.bank.example", "note: policy-of-psd: "),
            ("a.b.bank.example", "note: test-mode: "),
            ("a.b.bank.example", "difference: test-mode: "),
            ("b\u00fccher.example", "domain: xn--bcher-kva.example\npolicy: none by p of "),
            ("b\u00fccher.example", "v=DMARC1; p=none; x=\\x07n\n"),
            ("nowhere.net", "policy: none applies: no-record: "),
        )
        for domain, said in cases:
            with self.subTest((domain, said)):
                self.assertIn(said, self.dmarc(domain))

    def test_recorded_dns_that_knows_a_part(self):
        out = self.dmarc("example.com", dns=RECORDING)
        self.assertIn("policy: none by p of the record at example.com\n", out)
        self.assertIn("organizational domain: example.com\n", out)
        self.assertIn("note: tld-assumed: ", out)
        self.assertIn("  _dmarc.com: no-evidence\n", out)
        out = self.dmarc("b.a.example.com", dns=RECORDING)
        self.assertIn("policy: not known: no-evidence: ", out)

    def test_without_a_list(self):
        folder = pathlib.Path(self.folder)
        (folder / "zone").write_text(ZONE)
        done = call("dmarc", "--dns", folder / "zone", "example.com")
        self.assertEqual(done.code, 0, done.err)
        has_list = pathlib.Path("/usr/share/publicsuffix/public_suffix_list.dat").exists()
        said = "public suffix list: /usr/share/" if has_list else "not judged without"
        self.assertIn(said, done.out.decode())

    def test_wrong_usage(self):
        folder = pathlib.Path(self.folder)
        (folder / "broken").write_text("com\na..b\n")
        for flags, said in (
            ((), "DOMAIN"),
            (("a..b",), "'a..b' is no domain name"),
            (("[192.0.2.1]",), "is no domain name"),
            (("example.com", "--psl", "/nonexistent/list"), "/nonexistent/list"),
            (("example.com", "--psl", folder / "broken"), "broken:2: is no rule"),
            (("example.com", "--dns", "/nonexistent/zone"), "/nonexistent/zone"),
        ):
            with self.subTest(flags):
                done = call("dmarc", "--offline", *flags)
                self.assertEqual((done.code, done.out), (2, b""), done.err)
                self.assertIn(said, done.err)


if __name__ == "__main__":
    unittest.main()
