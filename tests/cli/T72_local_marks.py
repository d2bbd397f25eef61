#!/usr/bin/env python3
"""What drafts and customer systems leave in mail that was never sent, and notes on the kind."""

import unittest

from program import Case, call


class LocalMarks(Case):
    def reasons(self, fields):
        mail = self.write("mail.eml", fields + b"From: a@example.com\nTo: b@example.net\n\nbody\n")
        row = self.scan("--own-domain", "example.com", mail).rows()[0]
        return row["standing"], row["standing_reasons"]

    def test_words(self):
        cases = (
            (b"", ("local", ["sent-copy"])),
            (b"X-Unsent: 1\n", ("local", ["draft"])),
            (b"X-Gmail-Labels: Drafts\n", ("local", ["draft"])),
            (b"X-CRM-Activity: 7\n", ("local", ["crm-log"])),
            (b"X-CRM-Activity: 7\nX-Mozilla-Draft-Info: 1\n", ("local", ["draft", "crm-log"])),
        )
        for fields, words in cases:
            with self.subTest(fields):
                self.assertEqual(self.reasons(fields), words)

    def test_a_stranger_gains_nothing(self):
        mail = self.write("mail.eml", b"X-Unsent: 1\nX-CRM-Id: 1\nFrom: a@example.com\n\nbody\n")
        row = self.scan("--own-domain", "example.net", mail).rows()[0]
        self.assertEqual(row["standing"], "unverifiable")


class KindNotes(Case):
    def test_a_structure_over_the_limit(self):
        parts = b"".join(b"--x\n\n" for _ in range(1100)) + b"--x--\n"
        mail = self.write("mail.eml", b"Return-Path: <>\nFrom: mailer-daemon@example.com\n"
                          b"Content-Type: multipart/report; boundary=x;\n"
                          b" report-type=delivery-status\n\n" + parts)
        row = self.scan(mail).rows()[0]
        self.assertEqual(row["kind_notes"], ["mime-limit"])
        self.assertIn(b"  note mime-limit\n", call("explain", "--offline", mail).out)


if __name__ == "__main__":
    unittest.main()
