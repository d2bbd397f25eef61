#!/usr/bin/env python3
"""Where keys come from, and the time that a message is judged at."""

import json
import pathlib
import unittest

from program import Case, PLAIN, SAMPLE_DNS, SAMPLE_MBOX, Signer, call, mbox


class Files(Case):
    def test_a_missing_file_is_2(self):
        done = call("scan", "--dns", "/nonexistent/dns", SAMPLE_MBOX)
        self.assertEqual(done.code, 2)
        self.assertEqual(done.out, b"")
        self.assertEqual(done.err, "mailassay: /nonexistent/dns: cannot open: "
                                   "No such file or directory\n")

    def test_a_broken_line_is_2_and_named(self):
        good = json.dumps({"rrname": "a.example.", "rrtype": "TXT", "rdata": ["x"],
                           "time_first": 1, "time_last": 2})
        cases = (
            ("cut.ndjson", good + "\n" + good[:40] + "\n", 2),
            ("type.ndjson", good + "\n\n" + good.replace('"a.example."', "7") + "\n", 3),
            ("zone", "$ORIGIN example.\n@ IN SOA ns host 1 2 3 4 5\na IN TXT \"open\nb IN TXT x\n",
             3),
            ("zone2", "$ORIGIN example.\n$TTL 60\n@ IN SOA ns host 1 2 3 4 5\na IN NOTATYPE x\n", 4),
        )
        for name, text, line in cases:
            with self.subTest(name):
                path = self.write(name, text.encode())
                for command in (("scan", SAMPLE_MBOX), ("explain", SAMPLE_MBOX),
                                ("key", "s1", "a.example")):
                    done = call(command[0], "--dns", path, *command[1:])
                    self.assertEqual(done.code, 2, done.err)
                    self.assertEqual(done.out, b"")
                    self.assertTrue(done.err.startswith(f"mailassay: {path}:{line}: "), done.err)

    def test_without_files_offline_nothing_is_known(self):
        rows = self.scan(SAMPLE_MBOX).rows()
        entries = [entry for row in rows for entry in row["dkim"]]
        asked = [entry for entry in entries if entry["reason"] == "no-evidence"]
        self.assertGreater(len(asked), 20)
        self.assertEqual({entry["result"] for entry in asked}, {"temperror"})
        self.assertEqual({entry["signature"] for entry in asked}, {None})


class Times(Case):
    def setUp(self):
        super().setUp()
        self.signer = Signer(self.folder)
        self.dns = self.write("dns.ndjson", self.signer.recording())
        headers = (b"Received: by mx.example.com; Mon, 01 May 2023 10:00:00 +0000\r\n"
                   b"From: alice@example.com\r\nSubject: hi\r\n")
        # Signed on 2023-05-01 at 09:59, good for one day.
        message = self.signer.sign(headers.split(b"\r\n", 1)[1], b"body\r\n",
                                   b" t=1682935140; x=1683021540; l=6;")
        self.mail = self.write("one.eml", headers.split(b"\r\n", 1)[0] + b"\r\n" + message)

    def verdict(self, *flags):
        entry = self.scan("--dns", self.dns, *flags, self.mail).rows()[0]["dkim"][0]
        return entry["result"], entry["reason"]

    def test_x_follows_the_time_of_the_check(self):
        self.assertEqual(self.verdict(), ("pass", None))
        self.assertEqual(self.verdict("--at", "received"), ("pass", None))
        self.assertEqual(self.verdict("--at", "now"), ("permerror", "expired"))
        self.assertEqual(self.verdict("--at", "2023-05-02T09:58:00Z"), ("pass", None))
        self.assertEqual(self.verdict("--at", "2023-05-02T10:00:00Z"), ("permerror", "expired"))
        self.assertEqual(self.verdict("--at", "2023-05-03"), ("permerror", "expired"))
        self.assertEqual(self.verdict("--at", "1683021600"), ("permerror", "expired"))

    def test_dns_at_dates_a_zone_file(self):
        record = self.signer.key_record()
        zone = self.write("zone", (
            "$ORIGIN example.com.\n$TTL 60\n@ IN SOA ns host 1 2 3 4 5\n"
            f's._domainkey IN TXT "{record[:200]}" "{record[200:]}"\n').encode())
        undated = self.scan("--dns", zone, self.mail).rows()[0]["dkim"][0]
        self.assertEqual((undated["result"], undated["key"]["first_seen"]), ("pass", None))
        dated = self.scan("--dns", zone, "--dns-at", "2024-05-01", self.mail).rows()[0]["dkim"][0]
        self.assertEqual(dated["result"], "pass")
        self.assertEqual(dated["key"]["first_seen"], "2024-05-01T00:00:00Z")
        self.assertIn("dns-postdates-message", dated["notes"])


class Outputs(Case):
    def test_mode_0600_and_a_run_record_beside_it(self):
        path = pathlib.Path(self.path("rows.ndjson"))
        self.scan("--output", str(path), self.write("a", mbox(PLAIN)))
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        beside = pathlib.Path(f"{path}.run.json")
        self.assertEqual(beside.stat().st_mode & 0o777, 0o600)
        self.assertEqual(json.loads(beside.read_text())["messages"], 1)

    def test_nothing_is_laid_beside_a_device(self):
        (self.folder / "null").symlink_to("/dev/null")
        self.scan("--output", self.path("null"), self.write("a", mbox(PLAIN)))
        self.assertFalse((self.folder / "null.run.json").exists())

    def test_an_input_is_never_written(self):
        octets = mbox(PLAIN)
        mail = self.write("a", octets)
        link = self.folder / "link"
        link.symlink_to(mail)
        for flag in ("--output", "--record", "--run-record"):
            for path in (mail, str(link)):
                with self.subTest(flag):
                    done = self.scan(flag, path, mail, code=4)
                    self.assertIn("is an input and cannot be written", done.err)
                    self.assertEqual(pathlib.Path(mail).read_bytes(), octets)

    def test_two_outputs_are_never_one_file(self):
        mail = self.write("a", mbox(PLAIN))
        out = self.path("out")
        done = self.scan("--output", out, "--record", out, mail, code=4)
        self.assertIn("is to be written twice", done.err)

    def test_own_outputs_below_a_folder_are_not_read(self):
        self.write("mail/a", mbox(PLAIN))
        flags = ("--output", self.path("mail/rows"), "--record", self.path("mail/dns"))
        for _ in range(2):
            done = self.scan(*flags, self.path("mail"))
            self.assertEqual(len((self.folder / "mail/rows").read_bytes().splitlines()), 1)
            self.assertNotIn("Not read", done.err)


if __name__ == "__main__":
    unittest.main()
