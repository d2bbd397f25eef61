#!/usr/bin/env python3
"""What explain and key tell a person.

The texts are compared with the files in expected/; MAILASSAY_REWRITE_EXPECTED=1 writes them anew.
"""

import os
import pathlib
import unittest

from program import Case, HERE, PLAIN, SAMPLE_DNS, SAMPLE_MBOX, Signer, call, mbox

EXPECTED = HERE / "expected"


class Explain(Case):
    def setUp(self):
        super().setUp()
        self.rows = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).rows()

    def explain(self, *flags, mail=SAMPLE_MBOX, code=0):
        done = call("explain", "--dns", SAMPLE_DNS, *flags, mail)
        self.assertEqual(done.code, code, done.err)
        return done

    def first_with(self, key, value):
        return next(row for row in self.rows
                    if any(entry[key] == value for entry in row["dkim"]))

    def test_index_offset_and_message_id_name_the_same_message(self):
        for row in self.rows[::7]:
            origin = row["origin"]
            by_index = self.explain("--index", origin["index"])
            for flags in (("--offset", origin["offset"]),
                          ("--offset", origin["offset"] + origin["length"] - 1),
                          ("--message-id", row["message_id"]),
                          ("--message-id", row["message_id"].strip("<>"))):
                self.assertEqual(self.explain(*flags).out, by_index.out)
            self.assertIn(row["message_id"].encode(), by_index.out)

    def test_without_a_selector_it_is_the_first(self):
        self.assertEqual(self.explain().out, self.explain("--index", 0).out)

    def test_no_such_message_is_3(self):
        for flags in (("--index", len(self.rows)), ("--offset", 0), ("--message-id", "<no@where>"),
                      ("--index", 1, "--offset", self.rows[0]["origin"]["offset"])):
            done = self.explain(*flags, code=3)
            self.assertIn("no message", done.err)
            self.assertEqual(done.out, b"")

    def test_no_mail_is_3(self):
        self.assertIn("it holds no octet", self.explain(mail=self.write("e", b""), code=3).err)
        self.assertIn("cannot open", self.explain(mail=self.path("absent"), code=3).err)

    def test_texts(self):
        unsigned = next(row for row in self.rows if not row["dkim"])
        cases = {
            "pass": self.first_with("result", "pass"),
            "body-hash-mismatch": self.first_with("reason", "body-hash-mismatch"),
            "signature-mismatch": self.first_with("reason", "signature-mismatch"),
            "key-revoked": self.first_with("reason", "key-revoked"),
            "no-key": self.first_with("reason", "no-key"),
            "expired": self.first_with("reason", "expired"),
            "unsigned": unsigned,
        }
        for name, row in cases.items():
            with self.subTest(name):
                text = self.explain("--index", row["origin"]["index"]).out.decode()
                text = text.replace(SAMPLE_MBOX, "sample.mbox").replace(SAMPLE_DNS, "sample.dns")
                text = text.encode("ascii", "backslashreplace").decode()
                path = EXPECTED / f"explain-{name}.txt"
                if os.environ.get("MAILASSAY_REWRITE_EXPECTED"):
                    path.write_text(text)
                self.assertEqual(text, path.read_text())

    def test_control_octets_do_not_reach_the_terminal(self):
        mail = self.write("a", mbox(b"From: a@b.example\nSubject: x\x1b[31m\x07y\n\n\n", PLAIN))
        self.assertNotIn(b"\x1b", self.explain(mail=mail).out)
        self.assertNotIn(b"\x07", self.explain(mail=mail).out)


class Key(Case):
    def key(self, record, code=0):
        zone = self.write("zone", (
            "$ORIGIN example.com.\n$TTL 60\n@ IN SOA ns host 1 2 3 4 5\n" + record).encode())
        done = call("key", "--dns", zone, "s1", "example.com")
        self.assertEqual(done.code, code, done.err)
        self.assertTrue(done.out.startswith(b"s1._domainkey.example.com\n"), done.out)
        return done.out.decode()

    def txt(self, text):
        return "s1._domainkey IN TXT " + " ".join(
            f'"{text[at:at + 200]}"' for at in range(0, len(text), 200)) + "\n"

    def test_each_fault_is_said(self):
        record = Signer(pathlib.Path(self.folder)).key_record()
        self.assertIn("rsa key of 2048 bits\n  usable\n", self.key(self.txt(record)))
        cases = (
            ("v=DKIM1; p=", "revoked"),
            ("v=DKIM2; p=abcd", "not DKIM1"),
            ("v=DKIM1; p=!!!", "not a key record"),
            ("v=DKIM1; k=ed25519; p=abcd", "not a usable key"),
            ("v=DKIM1; t=y; " + record.split(" ")[1], "testing"),
            ("v=DKIM1; s=web; " + record.split(" ")[1], "neither email nor *"),
            ("v=DKIM1; h=sha1; " + record.split(" ")[1], "does not admit sha256"),
            ("v=spf1 -all", "not a key record"),
        )
        for text, said in cases:
            with self.subTest(text):
                self.assertIn(said, self.key(self.txt(text.replace(";", "\\;"))))

    def test_names_without_a_key(self):
        self.assertIn("no such name (NXDOMAIN)", self.key(""))
        self.assertIn("no TXT record", self.key("s1._domainkey IN A 192.0.2.1\n"))
        done = call("key", "--offline", "s1", "example.com")
        self.assertEqual(done.code, 0)
        self.assertIn(b"the recorded DNS says nothing about it", done.out)


if __name__ == "__main__":
    unittest.main()
