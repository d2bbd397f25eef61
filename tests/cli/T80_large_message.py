#!/usr/bin/env python3
"""A message larger than is held as a whole is digested piece by piece, to the same verdict."""

import unittest

from program import Case, PLAIN, POSTMARK, Signer, mbox

LINE = b"0123456789abcdef 0123456789 abcdefghijklmnopqrstuvwxyz 9876543210\r\n"
BODY = LINE * (70 * 1024 * 1024 // len(LINE))
HEADERS = b"From: alice@example.com\r\nSubject: a large one\r\n"


class Large(Case):
    def setUp(self):
        super().setUp()
        self.signer = Signer(self.folder)
        self.dns = self.write("dns.ndjson", self.signer.recording())

    def verdicts(self, path, *flags):
        rows = self.scan("--dns", self.dns, *flags, path).rows()
        return [[(entry["result"], entry["reason"], entry["body_hash"], entry["notes"])
                 for entry in row["dkim"]] for row in rows], rows

    def both_ways(self, path, expected):
        """Held as a whole, and in pieces: rows are equal."""
        whole = self.verdicts(path, "--memory", "4G")
        pieces = self.verdicts(path, "--memory", "16M", "--max-header", "64K")
        self.assertEqual(whole[0], expected)
        self.assertEqual(pieces, whole)

    def test_verdicts_in_pieces_and_whole(self):
        signed = self.signer.sign(HEADERS, BODY)
        partly = self.signer.sign(HEADERS, BODY, b" l=%d;" % (60 * 1024 * 1024))
        mail = self.write("mail.eml", signed)
        self.both_ways(mail, self.expect(mail, "pass"))
        altered = self.write("altered.eml", signed[:-3] + b"#" + signed[-2:])
        self.both_ways(altered, self.expect(altered, "fail"))
        archive = self.write("mail.mbox", mbox(PLAIN, partly.replace(b"\r\n", b"\n"), PLAIN,
                                               signed.replace(b"\r\n", b"\n")))
        results = self.verdicts(archive, "--memory", "16M", "--max-header", "64K")[0]
        self.assertEqual([[entry[0] for entry in entries] for entries in results],
                         [[], ["pass"], [], ["pass"]])
        self.assertIn("body-partly-signed", results[1][0][3])
        self.assertNotIn("body-partly-signed", results[3][0][3])
        self.both_ways(archive, results)

    def expect(self, path, result):
        verdicts, _ = self.verdicts(path)
        self.assertEqual([[entry[0] for entry in entries] for entries in verdicts], [[result]])
        return verdicts

    def test_a_header_without_end(self):
        path = self.write("header.mbox", mbox(PLAIN) + POSTMARK + b"From: a@b.example\nX: " +
                          b"x" * (20 * 1024 * 1024) + b"\n\n" + mbox(PLAIN))
        rows = self.scan("--memory", "16M", path).rows()
        self.assertEqual([row["notes"] for row in rows],
                         [[], ["header-too-large"], []])


if __name__ == "__main__":
    unittest.main()
