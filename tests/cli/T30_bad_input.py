#!/usr/bin/env python3
"""What is no mail, or damaged mail: a clear message, the rest is done, every octet is accounted.

Each scan of this file holds its account: messages + gaps + rejected = size, or what was unpacked.
"""

import gzip
import os
import pathlib
import subprocess
import unittest

from program import Case, MKCORPUS, PLAIN, POSTMARK, SAMPLE_DNS, SAMPLE_MBOX, mbox


class Accounted(Case):
    def accounted(self, *paths, code=0, **how):
        """Rows and archives of the run record, after a look at the sums."""
        rows, record = self.run_record(*paths, code=code, **how)
        self.assertEqual(len(record["archives"]), len(paths))
        for archive in record["archives"]:
            self.assertEqual(
                archive["message_bytes"] + archive["gap_bytes"] + archive["rejected_bytes"],
                archive["size"] - archive["packed_bytes"] + archive["unpacked_bytes"], archive)
            if os.path.isfile(archive["path"]):
                self.assertEqual(archive["size"], os.path.getsize(archive["path"]), archive)
        self.assertEqual(sum(archive["messages"] for archive in record["archives"]), len(rows))
        self.assertEqual(sum(row["origin"]["length"] for row in rows),
                         sum(archive["message_bytes"] for archive in record["archives"]))
        return rows, record

    def reproduces(self, path, rows):
        """Origin and length, given to dd, give the message back."""
        octets = pathlib.Path(path).read_bytes()
        for row in rows:
            origin = row["origin"]
            cut = subprocess.run(["dd", f"if={path}", f"skip={origin['offset']}",
                                  f"count={origin['length']}", "iflag=skip_bytes,count_bytes"],
                                 capture_output=True, check=True).stdout
            self.assertEqual(cut, octets[origin["offset"]:origin["offset"] + origin["length"]])
            self.assertNotIn(cut[:5], (b"From ", b"\n"))


class NoMail(Accounted):
    def test_a_clear_message_for_each(self):
        cases = (
            ("empty", b"", "it holds no octet"),
            ("blank", b"\n\r\n  \n", "nothing but blanks and line ends"),
            ("prose.txt", b"Dear all,\n\nthis is a letter.\n",
             "neither a postmark nor a header field"),
            ("noise", bytes(range(256)) * 40, "a control octet stands in the first line"),
            ("nul", b"\0" * 5000, "a control octet stands in the first line"),
            ("letter.gz", gzip.compress(b"Dear all,\n"), "neither a postmark nor a header field"),
            ("utf16", "From: a@b\n".encode("utf-16"), "it is UTF-16 text"),
        )
        good = self.write("good.mbox", mbox(PLAIN))
        for name, octets, said in cases:
            with self.subTest(name):
                path = self.write(name, octets)
                rows, record = self.accounted(path, good, code=3)
                self.assertEqual([row["origin"]["archive"] for row in rows], [good])
                self.assertEqual(record["problem_count"], 1)
                problem = record["problems"][0]
                self.assertEqual(problem["path"], path)
                self.assertIn(said, problem["what"])
                self.assertIn(f"{path}: ", self.scan(path, code=3).err)

    def test_noise_on_standard_input(self):
        self.accounted("-", code=3, stdin=os.urandom(64) + b"\0" * 100000)

    def test_a_read_error_in_the_middle_loses_no_whole_message_and_is_said(self):
        path = self.write("torn.mbox", mbox(PLAIN) * 50000)
        library = os.environ["MAILASSAY_FAILING_READ"]
        rows, record = self.accounted(path, code=3, environment={
            "LD_PRELOAD": library, "FAILING_READ_NAME": "torn.mbox", "FAILING_READ_AT": "1000000"})
        self.assertIn("Input/output error", record["problems"][0]["what"])
        self.assertEqual(record["problems"][0]["offset"], 1000000)
        self.assertEqual({row["origin"]["length"] for row in rows}, {len(PLAIN)})
        # Whether the last one is whole shows only in what follows it.
        whole = 1000000 // len(mbox(PLAIN))
        self.assertIn(len(rows), (whole - 1, whole))


class Damaged(Accounted):
    def test_cut_in_the_header(self):
        path = self.write("a", mbox(PLAIN) + POSTMARK + b"From: bob@example.com\nSubj")
        rows, _ = self.accounted(path)
        self.assertEqual(len(rows), 2)
        self.assertIn("no-separator", rows[1]["notes"])
        self.reproduces(path, rows)

    def test_cut_in_the_body_and_without_a_final_newline(self):
        path = self.write("a", mbox(PLAIN) + POSTMARK + b"From: bob@example.com\n\ncut of")
        rows, _ = self.accounted(path)
        self.assertEqual([row["from"] for row in rows],
                         [["alice@example.com"], ["bob@example.com"]])
        self.assertEqual(rows[1]["notes"], [])
        self.reproduces(path, rows)

    def test_a_postmark_and_nothing_else(self):
        self.accounted(self.write("a", POSTMARK))
        self.accounted(self.write("b", POSTMARK.rstrip()))
        self.accounted(self.write("c", mbox(PLAIN) + POSTMARK))

    def test_nuls_in_header_and_body(self):
        path = self.write("a", mbox(PLAIN, b"From: a@b.example\nX: \0\0\n\n\0\0\0\n", PLAIN))
        rows, _ = self.accounted(path)
        self.assertEqual(len(rows), 3)
        self.reproduces(path, rows)

    def test_an_mbox_with_crlf_and_a_byte_order_mark(self):
        for name, octets in (("crlf", mbox(PLAIN, PLAIN).replace(b"\n", b"\r\n")),
                             ("bom", b"\xef\xbb\xbf" + mbox(PLAIN, PLAIN)),
                             ("blank", b"\n\n" + mbox(PLAIN, PLAIN))):
            with self.subTest(name):
                path = self.write(name, octets)
                rows, _ = self.accounted(path)
                self.assertEqual(len(rows), 2)
                self.assertEqual({row["subject"] for row in rows}, {"hello"})
                self.reproduces(path, rows)

    def test_an_mbox_without_its_first_postmark(self):
        octets = mbox(PLAIN, PLAIN)[len(POSTMARK):]
        rows, summary = self.accounted(self.write("a", octets), code=3)
        self.assertEqual([row["notes"] for row in rows], [["holds-postmarks"]])
        # A message may hold an mbox: where the name says that it is one, it is no problem.
        rows, _ = self.accounted(self.write("a.eml", octets))
        self.assertEqual([row["notes"] for row in rows], [["holds-postmarks"]])

    def test_every_cut_of_a_small_archive(self):
        archive = mbox(PLAIN, b"From: b@example.com\n\n>From quoted\n")
        paths = [self.write(f"{size:04}", archive[:size]) for size in range(1, len(archive))]
        self.accounted(*paths, code=3)


class Inputs(Accounted):
    def test_standard_input_and_a_file_give_the_same(self):
        octets = pathlib.Path(SAMPLE_MBOX).read_bytes()
        piped = self.scan("--dns", SAMPLE_DNS, "-", stdin=octets).rows()
        filed = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).rows()
        for row in piped + filed:
            row["origin"]["archive"] = ""
        self.assertEqual(piped, filed)
        self.reproduces(SAMPLE_MBOX, filed)

    def test_a_message_file(self):
        path = self.write("one.eml", PLAIN.replace(b"\n", b"\r\n"))
        rows, _ = self.accounted(path)
        self.assertEqual(rows[0]["origin"], {"archive": path, "member": None, "index": 0,
                                             "offset": 0, "length": len(PLAIN) + 4})

    def test_a_folder_is_walked_in_order(self):
        for name in ("b/2.eml", "a.eml", "b/10.eml", "c", "B.eml", "b.eml", ".hidden.eml"):
            self.write(f"mail/{name}", PLAIN)
        rows, record = self.accounted(self.path("mail"))
        root = self.path("mail")
        self.assertEqual([row["origin"]["archive"] for row in rows],
                         [f"{root}/{name}" for name in
                          ("B.eml", "a.eml", "b.eml", "b/10.eml", "b/2.eml", "c")])
        self.assertEqual(record["archives"][0]["files"], 6)

    def test_mbox_and_eml_of_one_corpus_agree(self):
        subprocess.run([MKCORPUS, "--messages", "60", "--small", "--eml", "--out",
                        self.path("corpus")], check=True, capture_output=True)
        dns = self.path("corpus/dns.ndjson")
        by_file = self.scan("--dns", dns, self.path("corpus/eml")).rows()
        by_mbox = self.scan("--dns", dns, self.path("corpus/mail.mbox")).rows()
        for row in by_file + by_mbox:
            del row["origin"]
        self.assertEqual(by_file, by_mbox)

    def test_a_name_that_is_not_utf8(self):
        name = os.path.join(os.fsencode(self.folder), b"caf\xe9.eml")
        pathlib.Path(os.fsdecode(name)).write_bytes(PLAIN)
        rows, _ = self.run_record(os.fsdecode(name))
        self.assertIn("archive_base64", rows[0]["origin"])
        self.assertTrue(rows[0]["origin"]["archive"].endswith("caf\ufffd.eml"))


if __name__ == "__main__":
    unittest.main()
