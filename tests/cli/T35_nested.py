#!/usr/bin/env python3
"""Messages inside of messages: rows, order, places, the run record, and the ways to ask for less."""

import base64
import json
import unittest

from program import Case, PLAIN, Signer, call, mbox

HEADERS = b"From: alice@example.com\r\nSubject: inner\r\n"
BODY = b"signed\r\n"


def part(content, kind=b"message/rfc822", encoding=b"7bit"):
    return (b"Content-Type: " + kind + b"\nContent-Transfer-Encoding: " + encoding + b"\n\n" +
            content)


def multipart(*parts, boundary=b"b", subject=b"outer", more=b""):
    """A message with these parts, LF line ends."""
    return (b"From: bob@example.net\nSubject: " + subject + b"\n" + more +
            b"Content-Type: multipart/mixed; boundary=\"" + boundary + b"\"\n\n" +
            b"".join(b"--" + boundary + b"\n" + one + b"\n" for one in parts) +
            b"--" + boundary + b"--\n")


TEXT = part(b"see below\n", b"text/plain")


class Nested(Case):
    def setUp(self):
        super().setUp()
        signer = Signer(self.folder)
        self.dns = self.write("dns.ndjson", signer.recording())
        self.signed = signer.sign(HEADERS, BODY).replace(b"\r\n", b"\n")
        self.base64 = base64.encodebytes(self.signed)
        forward = multipart(TEXT, part(self.signed), boundary=b"c", subject=b"mid")
        self.messages = [PLAIN,
                         multipart(TEXT, part(forward)),
                         multipart(part(self.base64, encoding=b"base64"), subject=b"coded"),
                         PLAIN]
        self.archive = self.write("mail.mbox", mbox(*self.messages))

    def scanned(self, *flags):
        return self.scan("--dns", self.dns, *flags, self.archive)

    def places(self, rows):
        return [(row["origin"]["index"], row["origin"].get("part"), row["origin"].get("parent"),
                 row["subject"]) for row in rows]

    def test_rows_follow_their_message(self):
        rows = self.scanned().rows()
        self.assertEqual(self.places(rows),
                         [(0, None, None, "hello"), (1, None, None, "outer"),
                          (1, "2", None, "mid"), (1, "2.2", "2", "inner"),
                          (2, None, None, "coded"), (2, "1", None, "inner"),
                          (3, None, None, "hello")])
        for row in rows:
            self.assertEqual(list(row["origin"])[5:],
                             ["part", "parent", "role", "encoded"] if "part" in row["origin"] else [])
        for row in (rows[3], rows[5]):
            self.assertEqual([row["dkim"][0]["result"], row["standing"], row["form"],
                              row["origin"]["role"]],
                             ["pass", "authenticated", "enclosed", "attached"])
        octets = self.read(self.archive)
        at = [(row["origin"]["offset"], row["origin"]["length"]) for row in rows]
        self.assertEqual(octets[at[3][0]:sum(at[3])], self.signed)
        self.assertEqual(octets[at[5][0]:sum(at[5])], self.base64)
        self.assertEqual([rows[3]["origin"]["encoded"], rows[5]["origin"]["encoded"]],
                         [False, True])

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    def test_any_number_of_threads(self):
        archive = self.write("more.mbox", mbox(*self.messages * 300))
        outputs = {call("scan", "--quiet", "--offline", "--threads", threads, "--output", "-",
                        "--dns", self.dns, archive).out for threads in (1, 2, 5)}
        self.assertEqual(len(outputs), 1)
        self.assertEqual(outputs.pop().count(b"\n"), 300 * 7)

    def test_nothing_is_counted_twice(self):
        output = self.path("rows.ndjson")
        done = call("scan", "--dns", self.dns, "--output", output, self.archive)
        self.assertEqual(done.code, 0, done.err)
        self.assertRegex(done.err, r"(?m)^4 messages, ")
        self.assertRegex(done.err, r"(?m)^Messages inside others: 3: authenticated 2, "
                                   r"unverifiable 1$")
        # Signatures of nested messages are not those of the archive.
        self.assertRegex(done.err, r"(?m)^DKIM signatures +0$")
        with open(output + ".run.json", encoding="utf-8") as file:
            record = json.load(file)
        self.assertEqual((record["messages"], record["nested_messages"], record["signatures"]),
                         (4, 3, 0))
        account = record["archives"][0]
        self.assertEqual(account["messages"], 4)
        self.assertEqual(account["message_bytes"], sum(map(len, self.messages)))
        self.assertEqual(account["message_bytes"] + account["gap_bytes"], account["size"])

    def test_not_wanted(self):
        rows = self.scanned("--no-nested").rows()
        self.assertEqual([row["subject"] for row in rows], ["hello", "outer", "coded", "hello"])
        config = self.write("mailassay.toml", b"no-nested = true\n")
        self.assertEqual(self.scanned("--config", config).rows(), rows)

    def test_hash(self):
        rows = self.scanned("--hash").rows()
        self.assertEqual(rows[3]["sha256"], rows[5]["sha256"])
        self.assertNotEqual(rows[2]["sha256"], rows[3]["sha256"])

    def test_journal_stands_aside(self):
        journal = multipart(part(b"Sender: alice@example.com\nMessage-Id: <1@example.com>\n"
                                 b"Bcc: carol@example.net\n", b"text/plain"), part(self.signed),
                            more=b"X-MS-Journal-Report:\n")
        archive = self.write("journal.mbox", mbox(journal))
        output = self.path("rows.ndjson")
        done = call("scan", "--dns", self.dns, "--output", output, archive)
        rows = [json.loads(line) for line in self.read(output).splitlines()]
        self.assertEqual([(row["kind"], row["standing"]) for row in rows],
                         [("journal", "local"), ("ordinary", "authenticated")])
        self.assertEqual(rows[1]["origin"]["role"], "journaled")
        # The totals count the message, not its wrapper.
        self.assertRegex(done.err, r"(?m)^1 message, ")
        self.assertRegex(done.err, r"(?m)^  authenticated +1 ")
        self.assertNotRegex(done.err, r"(?m)^  local ")
        self.assertRegex(done.err, r"(?m)^Kind  journal 1$")
        self.assertRegex(done.err, r"(?m)^DKIM signatures +1$")
        self.assertRegex(done.err, r"Messages inside others: 1: 1 above, in place of journal reports")

    def test_what_is_left_out_is_said(self):
        many = multipart(*[part(b"Subject: x\n\n")] * 101)
        rows = self.scan(self.write("many.mbox", mbox(many))).rows()
        self.assertEqual(len(rows), 101)
        self.assertIn("nested-cut", rows[0]["notes"])
        rows = self.scan(self.write("few.mbox", mbox(multipart(*[part(b"Subject: x\n\n")] * 100)))
                         ).rows()
        self.assertEqual(len(rows), 101)
        self.assertNotIn("nested-cut", rows[0]["notes"])

    def test_too_large_to_be_held(self):
        large = multipart(part(b"x" * 70 * 1024 * 1024 + b"\n", b"text/plain"), part(self.signed))
        path = self.write("large.eml", large)
        rows = self.scan("--memory", "16M", "--max-header", "64K", path).rows()
        self.assertEqual([row["notes"] for row in rows], [["nested-not-read"]])
        rows = self.scan("--memory", "16M", "--max-header", "64K", "--no-nested", path).rows()
        self.assertEqual([row["notes"] for row in rows], [[]])

    def test_explain(self):
        def explain(*flags):
            return call("explain", "--dns", self.dns, self.archive, *flags)
        done = explain("--index", "1", "--part", "2.2")
        self.assertEqual(done.code, 0, done.err)
        self.assertIn("part       2.2 of the message 2: attached\n", done.out.decode())
        self.assertIn("Subject    inner", done.out.decode())
        done = explain("--index", "2", "--part", "1")
        self.assertIn("part       1 of the stored message: attached, encoded\n", done.out.decode())
        # Without an index the first message that has such a part.
        self.assertIn("Subject    mid", explain("--part", "2").out.decode())
        for flags in (["--index", "0", "--part", "1"], ["--index", "1", "--part", "1"],
                      ["--part", "2.2.1"], ["--part", ""],
                      ["--part", "2", "--message-id", "<none@example.org>"]):
            self.assertEqual(explain(*flags).code, 3, flags)


if __name__ == "__main__":
    unittest.main()
