#!/usr/bin/env python3
"""Custody: hashes of messages and archives, and gaps that are listed."""

import gzip
import hashlib
import os
import pathlib
import subprocess
import threading
import time
import unittest

from program import Case, PLAIN, POSTMARK, PROGRAM, SAMPLE_MBOX, mbox


def sha256(octets):
    return hashlib.sha256(octets).hexdigest()


class Hashes(Case):
    def test_each_message(self):
        octets = pathlib.Path(SAMPLE_MBOX).read_bytes()
        packed = self.write("s.gz", gzip.compress(octets))
        for path in (SAMPLE_MBOX, packed):
            rows = self.scan("--hash", path).rows()
            self.assertGreater(len(rows), 40)
            for row in rows:
                origin = row["origin"]
                self.assertEqual(row["sha256"], sha256(
                    octets[origin["offset"]:origin["offset"] + origin["length"]]))
            self.assertEqual({row["sha256"] for row in self.scan(path).rows()}, {None})

    def test_a_message_that_is_not_held_as_a_whole(self):
        message = PLAIN + b"line\n" * 5_000_000
        path = self.write("large", mbox(message, PLAIN))
        rows = self.scan("--hash", "--memory", "16M", path).rows()
        self.assertEqual([row["sha256"] for row in rows], [sha256(message), sha256(PLAIN)])

    def test_files_folders_lists_and_standard_input(self):
        a = self.write("m/a.eml", PLAIN)
        b = self.write("m/b.mbox", mbox(PLAIN))
        lines = b"".join(f"{sha256(pathlib.Path(path).read_bytes())}  {path}\n".encode()
                         for path in (a, b))
        said = subprocess.run(["sha256sum", a, b], capture_output=True, check=True).stdout
        self.assertEqual(said, lines)
        output = self.path("m/rows.ndjson")  # an output in the folder is none of its files
        self.scan("--hash", "--output", output, "--run-record", self.path("r.json"), a,
                  self.path("m"), "-", stdin=PLAIN)
        _, record = self.run_record("--hash", a, self.path("m"), "-", stdin=PLAIN, code=3)
        pathlib.Path(output).unlink()
        _, record = self.run_record("--hash", "--files0-from", self.write("list", b"\0".join(
            path.encode() for path in (a, b))), a, self.path("m"), "-", stdin=PLAIN)
        self.assertEqual([archive["sha256_before"] for archive in record["archives"]],
                         [sha256(PLAIN), sha256(lines), None, sha256(lines)])
        for archive in record["archives"]:
            self.assertEqual(archive["sha256_before"], archive["sha256_after"])
        _, record = self.run_record(a)
        self.assertIsNone(record["archives"][0]["sha256_before"])

    def test_an_archive_that_changes_is_said(self):
        path = self.write("box", mbox(PLAIN))
        fifo = self.path("fifo")
        os.mkfifo(fifo)

        def change():
            with open(fifo, "wb") as pipe:  # opens when the scan comes to it
                with open(path, "ab") as box:
                    box.write(b"x")
                pipe.write(PLAIN)

        writer = threading.Thread(target=change)
        writer.start()
        _, record = self.run_record("--hash", path, fifo, code=3)
        writer.join()
        self.assertEqual(record["problem_reasons"], {"changed": 1})
        first = record["archives"][0]
        self.assertEqual(first["sha256_before"], sha256(mbox(PLAIN)))
        self.assertEqual(first["sha256_after"], sha256(mbox(PLAIN) + b"x"))


class Gaps(Case):
    def test_kinds(self):
        self.write("m/1.emlx", b"%d\n" % len(PLAIN) + PLAIN + b"<?xml?>")
        self.write("m/2.mbox", b"\n\n" + mbox(PLAIN, PLAIN))
        self.write("m/3.msf", b"// index")
        self.write("m/4.eml", b"\xef\xbb\xbf" + PLAIN)
        _, record = self.run_record(self.path("m"))
        length_line = len(b"%d\n" % len(PLAIN))
        gaps = [(os.path.basename(gap["path"]), gap["offset"], gap["length"], gap["kind"])
                for gap in record["gaps"]]
        self.assertEqual(gaps, [("1.emlx", 0, length_line, "store-data"),
                                ("1.emlx", length_line + len(PLAIN), 7, "store-data"),
                                ("2.mbox", 0, 1, "leading"), ("3.msf", 0, 8, "passed-over"),
                                ("4.eml", 0, 3, "leading")])
        self.assertEqual(record["gap_count"], 5)
        account = record["archives"][0]
        self.assertEqual(account["gaps"], {
            "separator": 2 * len(POSTMARK) + 3, "leading": 4, "store-data": length_line + 7,
            "passed-over": 8})
        self.assertEqual(sum(account["gaps"].values()), account["gap_bytes"])

    def test_the_list_is_bounded_and_the_count_is_not(self):
        for number in range(1100):
            self.write(f"m/{number}.eml", b"\xef\xbb\xbf" + PLAIN)
        _, record = self.run_record(self.path("m"))
        self.assertEqual((len(record["gaps"]), record["gap_count"]), (1000, 1100))
        self.assertEqual(record["archives"][0]["gap_bytes"], 3300)


class Changing(Case):
    """A file that shrinks or grows while it is read, without a signal and without a wrong row."""

    def run_with(self, change):
        path = self.write("box", mbox(*[PLAIN] * 300_000))
        rows = self.path("rows")
        with subprocess.Popen([PROGRAM, "scan", "--offline", "--memory", "16M", "--threads", "1",
                               "--output", rows, path], stderr=subprocess.PIPE) as scan:
            while not os.path.exists(rows) or os.path.getsize(rows) < 100000:
                time.sleep(0.001)
                if scan.poll() is not None:
                    break
            change(path)
            scan.communicate(timeout=60)
        self.assertIn(scan.returncode, (0, 3))
        lines = pathlib.Path(rows).read_bytes()
        self.assertTrue(lines.endswith(b"\n"))
        self.assertEqual(lines.count(b'"subject":"hello"'), lines.count(b"\n"))
        return lines.count(b"\n"), scan.returncode

    def test_shrinking(self):
        rows, code = self.run_with(lambda path: os.truncate(path, len(mbox(PLAIN)) * 1000))
        self.assertEqual(code, 0 if rows == 300_000 else 3)

    def test_growing(self):
        def grow(path):
            with open(path, "ab") as box:
                box.write(mbox(*[PLAIN] * 1000))

        self.assertGreaterEqual(self.run_with(grow)[0], 300_000)


if __name__ == "__main__":
    unittest.main()
