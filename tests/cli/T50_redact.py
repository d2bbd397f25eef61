#!/usr/bin/env python3
"""--redact: nothing of a person is in the rows; equal values stay equal under one key."""

import unittest

from program import Case, SAMPLE_DNS, SAMPLE_MBOX, call


class Redact(Case):
    def rows(self, *flags):
        return self.scan("--dns", SAMPLE_DNS, *flags, SAMPLE_MBOX).rows()

    def test_no_original_is_left(self):
        plain = self.rows()
        flags = ("--redact", "--evidence")
        text = self.scan("--dns", SAMPLE_DNS, *flags, SAMPLE_MBOX).out.decode()
        originals = set()
        for row in plain:
            originals.update(address.rsplit("@", 1)[0] for address in row["from"])
            originals.add(row["subject"])
            originals.add(row["message_id"].strip("<>").rsplit("@", 1)[0])
            originals.update(entry["auid"].rsplit("@", 1)[0] for entry in row["dkim"])
        originals -= {"", None}
        self.assertGreater(len(originals), 50)
        for original in originals:
            self.assertNotIn(f'"{original}@', text)
            self.assertNotIn(f'<{original}@', text)
            if len(original) > 12:
                self.assertNotIn(original, text)

    def test_verdicts_and_domains_stay(self):
        for plain, hidden in zip(self.rows(), self.rows("--redact"), strict=True):
            self.assertEqual([address.rsplit("@", 1)[1] for address in plain["from"]],
                             [address.rsplit("@", 1)[1] for address in hidden["from"]])
            self.assertEqual([entry["result"] for entry in plain["dkim"]],
                             [entry["result"] for entry in hidden["dkim"]])

    def test_one_key_gives_equal_rows_and_another_gives_others(self):
        one = self.write("one", b"a key of some octets")
        two = self.write("two", b"another key")
        self.assertEqual(self.rows("--redact-key", one), self.rows("--redact-key", one))
        self.assertNotEqual(self.rows("--redact-key", one), self.rows("--redact-key", two))
        self.assertNotEqual(self.rows("--redact"), self.rows("--redact"))

    def test_an_empty_key_is_refused(self):
        done = call("scan", "--offline", "--redact-key", self.write("empty", b""), SAMPLE_MBOX)
        self.assertEqual(done.code, 2)
        self.assertIn("holds no key", done.err)


if __name__ == "__main__":
    unittest.main()
