#!/usr/bin/env python3
"""Variants of mbox: Content-Length is believed where it is proven, and the variant is told."""

import gzip
import unittest

from program import Case, PLAIN, POSTMARK, mbox

INNER = POSTMARK + b"From: eve@example.com\nSubject: inner\n\ninner\n\n"


def with_length(body, length=None, header=b""):
    """A message as mboxcl2 writers store it, without the empty line behind it."""
    number = len(body) if length is None else length
    return (POSTMARK + b"From: alice@example.com\nSubject: outer\n" + header +
            b"Content-Length: %d\n\n" % number + body)


class Mboxes(Case):
    def split(self, octets, *flags, code=0):
        """Bodies of the messages and the run record; file, pipe and compressed agree."""
        path = self.write("box", octets)
        packed = self.write("box.gz", gzip.compress(octets))
        found = []
        for given in ([path], ["-", octets], [packed]):
            rows, record = self.run_record(*flags, given[0], code=code,
                                           stdin=given[1] if len(given) > 1 else b"")
            account = record["archives"][0]
            self.assertEqual(
                account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
                account["size"] - account["packed_bytes"] + account["unpacked_bytes"])
            found.append([octets[row["origin"]["offset"]:row["origin"]["offset"] +
                                 row["origin"]["length"]] for row in rows])
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])
        return [message.split(b"\n\n", 1)[1] for message in found[0]], record


class ContentLength(Mboxes):
    def test_a_postmark_in_a_body_with_a_proven_length_is_none(self):
        body = b"see:\n\n" + INNER + b"end\n"
        for last in (b"", b"\n", with_length(b"next\n") + b"\n"):
            bodies, record = self.split(with_length(body) + b"\n" * (last[:1] != b"\n") + last)
            self.assertEqual(bodies[0], body)
            self.assertEqual(len(bodies), 2 if len(last) > 1 else 1)
            self.assertEqual(record["mboxes"]["variants"], {"mboxcl2": 1})
            self.assertEqual(record["mboxes"]["postmarks_in_bodies"], 1)

    def test_ends_with_and_without_an_empty_line(self):
        for body, gap in ((b"text\n", b"\n"), (b"text\n", b""), (b"text", b"\n"),
                          (b"text\n\n", b""), (b"text\n\n", b"\n"), (b"", b"\n"), (b"", b"")):
            with self.subTest(body=body, gap=gap):
                bodies, record = self.split((with_length(body) + gap) * 3)
                self.assertEqual(bodies, [body] * 3)
                self.assertEqual(record["mboxes"]["lengths_believed"], 3)
                self.assertEqual(record["mboxes"]["variants"], {"mboxcl": 1})

    def test_a_stale_length_is_not_believed(self):
        body = b"text\nof two lines\n"
        for length in (0, 1, 5, len(body) - 2, len(body) + 2, len(body) + 10, 10**6, 10**14):
            with self.subTest(length):
                bodies, record = self.split((with_length(body, length) + b"\n") * 2)
                self.assertEqual(bodies, [body] * 2)
                self.assertEqual(record["mboxes"]["lengths_believed"], 0)
                self.assertGreaterEqual(record["mboxes"]["lengths_refuted"], 1)

    def test_a_length_over_the_next_message_to_a_later_one_is_believed(self):
        """This is what mboxcl2 says: the postmark between is one in the body."""
        first = with_length(b"a\n" + b"\n" + INNER, None)
        bodies, _ = self.split(first + b"\n" + with_length(b"b\n") + b"\n")
        self.assertEqual([body[:1] for body in bodies], [b"a", b"b"])

    def test_a_format_that_is_named_decides_whether_lengths_are_read(self):
        octets = with_length(b"see:\n\n" + INNER + b"end\n") + b"\n"
        for name, count in (("mboxo", 2), ("mboxrd", 2), ("mboxcl", 1), ("mboxcl2", 1),
                            ("detect", 1)):
            bodies, record = self.split(octets, "--mbox-format", name)
            self.assertEqual(len(bodies), count, name)
            if name != "detect":
                self.assertEqual(record["mboxes"]["variants"], {name: 1})
        self.scan("--mbox-format", "mbx", self.path("box"), code=2)

    def test_an_mbox_whose_first_messages_have_none_is_not_asked(self):
        octets = mbox(*[PLAIN] * 16) + with_length(b"see:\n\n" + INNER + b"end\n") + b"\n"
        self.assertEqual(len(self.split(octets)[0]), 18)
        self.assertEqual(len(self.split(octets, "--mbox-format", "mboxcl")[0]), 17)
        self.assertEqual(len(self.split(octets[len(mbox(PLAIN)):])[0]), 16)

    def test_a_body_larger_than_what_is_held(self):
        body = b"see:\n\n" + INNER + b"line\n" * 6_000_000 + b"\n" + INNER + b"end\n"
        path = self.write("large", with_length(body) + b"\n" + with_length(b"b\n") + b"\n")
        for memory in ("16M", "512M"):
            rows, record = self.run_record("--memory", memory, path)
            self.assertEqual([row["subject"] for row in rows], ["outer", "outer"])
            self.assertEqual(record["mboxes"]["postmarks_in_bodies"], 1)

    def test_hostile_lengths_cost_no_time(self):
        octets = with_length(b"x\n", 5_000_000) * 30_000
        for path in (self.write("h", octets), self.write("h.gz", gzip.compress(octets))):
            rows, _ = self.run_record(path, timeout=30)
            self.assertEqual(len(rows), 30_000)


class Variants(Mboxes):
    def variant(self, octets):
        return list(self.split(octets)[1]["mboxes"]["variants"])

    def test_quoting_tells_the_variant(self):
        head = POSTMARK + b"From: a@example.com\n\ntext\n"
        self.assertEqual(self.variant(head + b"\n"), ["no-quoting-seen"])
        self.assertEqual(self.variant(head + b">From here\n\n"), ["mboxo"])
        self.assertEqual(self.variant(head + b">From here\n>>From there\n\n"), ["mboxrd"])
        self.assertEqual(self.variant(head + b"> From here\n a >From b\n\n"), ["no-quoting-seen"])

    def test_a_stray_postmark_behind_the_postmark_is_no_quoted_line(self):
        octets = POSTMARK + b">From - Sat Apr 12 15:59:28 2025\nFrom: a@example.com\n\ntext\n\n"
        bodies, record = self.split(octets * 2)
        self.assertEqual(bodies, [b"text\n"] * 2)
        self.assertEqual(list(record["mboxes"]["variants"]), ["no-quoting-seen"])

    def test_mixed_line_ends_and_a_byte_order_mark(self):
        crlf = PLAIN.replace(b"\n", b"\r\n")
        octets = b"\xef\xbb\xbf" + POSTMARK + crlf + b"\r\n" + POSTMARK + PLAIN + b"\n" + \
            POSTMARK.replace(b"\n", b"\r\n") + crlf + b"\r\n"
        rows, _ = self.run_record(self.write("m", octets))
        self.assertEqual([row["origin"]["length"] for row in rows],
                         [len(crlf), len(PLAIN), len(crlf)])
        self.assertEqual({row["subject"] for row in rows}, {"hello"})

    def test_pipermail_is_not_verifiable_and_no_failure(self):
        message = (b"From jo at example.com  Mon May  1 10:00:00 2023\nFrom: jo at example.com (Jo)\n"
                   b"Date: Mon, 1 May 2023 10:00:00 +0000\nSubject: [list] x\n"
                   b"Message-ID: <1@example.com>\n\ntext\n\n")
        rows, record = self.run_record(self.write("2023-May.txt.gz", gzip.compress(message * 2)))
        self.assertEqual([row["notes"] for row in rows], [["not-verifiable-form"]] * 2)
        self.assertEqual([row["dkim"] for row in rows], [[], []])
        self.assertEqual([row["form"] for row in rows], ["excerpt"] * 2)
        # Disguised, its author has no domain; some lists disguise the postmark alone.
        self.assertEqual([row["standing"] for row in rows], ["malformed"] * 2)
        rows, _ = self.run_record(
            self.write("p", message + message.replace(b"From: jo at ", b"From: jo@")))
        self.assertEqual([row["form"] for row in rows], ["excerpt"] * 2)
        self.assertEqual(rows[1]["standing"], "unverifiable")
        self.assertIn("form-excerpt", rows[1]["standing_reasons"])
        self.assertEqual(record["mboxes"]["variants"], {"pipermail": 1})
        # The list's own mbox has whole headers.
        rows, record = self.run_record(self.write("m", mbox(PLAIN)))
        self.assertEqual(rows[0]["notes"], [])

    def test_the_summary_names_the_variant(self):
        self.write("m/a", with_length(b"text\n") + b"\n")
        self.write("m/b", mbox(PLAIN))
        err = self.scan(self.path("m")).err
        self.assertIn("Mboxes by variant", err)
        self.assertIn("mboxcl ", err)
        self.assertIn("Content-Length: 1 believed, 0 stale", err)


if __name__ == "__main__":
    unittest.main()
