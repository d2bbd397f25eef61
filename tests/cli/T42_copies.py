#!/usr/bin/env python3
"""--dedupe: copies of messages, those that differ, and which to keep."""

import unittest

from program import Case, Signer, call, mbox

BODY = b"the sum is 5 %\r\n"


def headers(number):
    return (b"From: alice@example.com\r\nMessage-ID: <" + str(number).encode() +
            b"@example.com>\r\nSubject: figures\r\n")


def mark(state, of, compared_with, replaces=False):
    return {"state": state, "of": of, "compared_with": compared_with, "replaces": replaces}


class Copies(Case):
    def setUp(self):
        super().setUp()
        self.signer = Signer(self.folder)
        self.dns = ["--dns", self.write("dns.ndjson", self.signer.recording())]

    def signed(self, number, body=BODY, extra=b""):
        return self.signer.sign(headers(number), body, extra)

    def marks(self, *arguments, **how):
        rows, record = self.run_record("--dedupe", *self.dns, *arguments, **how)
        return [row["copy"] for row in rows], record["copies"]

    def test_without_the_flag_nothing_is_said(self):
        path = self.write("m", mbox(self.signed(1), self.signed(1)))
        rows, record = self.run_record(*self.dns, path)
        self.assertEqual([row["copy"] for row in rows], [None, None])
        self.assertIsNone(record["copies"])

    def test_copies_in_two_folders_with_fields_of_their_stores(self):
        good = self.signed(1)
        self.write("a/1.eml", b"Delivered-To: a@example.org\r\n" + good)
        self.write("b/1.eml", b"X-Gmail-Labels: inbox\r\n" + good)
        self.write("b/2.eml", self.signed(2))
        marks, record = self.marks(self.path("a"), self.path("b"))
        self.assertEqual(marks, [None, mark("same", 0, 0), None])
        self.assertEqual(record["states"],
                         {"same": 1, "differs": 0, "unproven": 0, "identity-limit": 0})
        self.assertEqual((record["identities"], record["group_count"], record["groups"]),
                         (2, 0, []))

    def test_an_altered_copy_is_found_before_and_behind_the_good_one(self):
        good = self.signed(1)
        for bad, better in ((good.replace(b"5 %", b"7 %"), True),
                            (good.replace(b"figures", b"Figures"), True)):
            path = self.write("m", mbox(self.signed(2), bad, good, good, bad))
            marks, record = self.marks(path)
            self.assertEqual(marks, [None, None, mark("differs", 1, 1, better),
                                     mark("same", 1, 2), mark("differs", 1, 2)])
            self.assertEqual(record["groups"], [
                {"first": 1, "preferred": 2, "differing_count": 2, "differing": [2, 4]}])
            marks, record = self.marks(self.write("m", mbox(good, bad)))
            self.assertEqual(marks, [None, mark("differs", 0, 0)])
            self.assertEqual(record["groups"][0]["preferred"], 0)

    def test_a_forgery_with_a_signature_of_its_own_replaces_nothing(self):
        unsigned = headers(1) + b"\r\n" + BODY
        forged = self.signed(1, b"the sum is 9 %\r\n")
        marks, record = self.marks(self.write("m", mbox(unsigned, forged)))
        self.assertEqual(marks, [None, mark("unproven", 0, None)])
        self.assertEqual((record["replacing"], record["groups"]), (0, []))

    def test_text_behind_the_signed_length(self):
        whole = self.signed(1, BODY, b" l=16;")
        marks, _ = self.marks(self.write("m", mbox(whole, whole + b"more\r\n", whole)))
        self.assertEqual(marks, [None, mark("differs", 0, 0), mark("same", 0, 0)])
        cut = self.signed(1, BODY + b"tail\r\n", b" l=16;")
        marks, _ = self.marks(self.write("m", mbox(cut, cut.replace(b"tail", b"liat"))))
        self.assertEqual(marks, [None, mark("unproven", 0, 0)])

    def test_unsigned_mail_by_its_octets(self):
        plain = headers(1) + b"\r\n" + BODY
        path = self.write("m", mbox(plain, plain, plain + b"x\r\n"))
        self.assertEqual(self.marks(path)[0], [None] + [mark("unproven", 0, None)] * 2)
        self.assertEqual(self.marks("--hash", path)[0],
                         [None, mark("same", 0, 0), mark("unproven", 0, None)])

    def test_mail_without_message_id(self):
        plain = b"From: a@example.com\n\nx\n"
        marks, record = self.marks("--hash", self.write("m", mbox(plain, plain)))
        self.assertEqual((marks, record["without_identity"]), ([None, None], 2))

    def test_rows_are_the_same_with_any_number_of_threads_and_at_the_limit(self):
        # 2 MiB admit 2730 identities.
        limit = 2730
        def messages(count):
            each = [b"Message-ID: <%d@example.com>\nFrom: a@example.com\n\n" % i
                    for i in range(count)]
            return mbox(*each, each[0], each[-1], self.signed(count), self.signed(1))
        for count, state in ((limit - 1, "unproven"), (limit, "unproven"),
                             (limit + 1, "identity-limit")):
            path = self.write("m", messages(count))
            outputs = []
            for threads in (1, 4):
                marks, record = self.marks("--memory", "2M", "--threads", threads, path)
                self.assertEqual(record["limit"], limit)
                self.assertEqual(record["identities"], min(count + 1, limit))
                self.assertEqual(marks[count], mark("unproven", 0, None))
                self.assertEqual(marks[count + 1]["state"], state)
                self.assertEqual(marks[count + 2] is None, count < limit)
                self.assertEqual(record["states"]["identity-limit"], max(0, (count - limit) * 2) +
                                 (count >= limit))
                outputs.append((marks, record))
            self.assertEqual(outputs[0], outputs[1])

    def test_the_summary_tells_them(self):
        good = self.signed(1)
        path = self.write("m", mbox(good.replace(b"5 %", b"7 %"), good))
        done = call("scan", "--offline", "--dedupe", *self.dns, "--output", self.path("rows"), path)
        self.assertIn("row 0 has 1 that differs; keep row 1\n", done.err)


if __name__ == "__main__":
    unittest.main()
