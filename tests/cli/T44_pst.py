#!/usr/bin/env python3
"""Outlook data files, read through the program readpst.

A real one is not part of the project: MAILASSAY_TEST_PST can name one. How the process is started,
bounded and ended is tested with stand-ins for the program, which read nothing.
"""

import io
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import zipfile

from program import PLAIN, PROGRAM, Case, Signer

PST = b"!BDN" + bytes(range(256)) * 16
SAMPLE = os.environ.get("MAILASSAY_TEST_PST")
READPST = shutil.which("readpst")


class Pst(Case):
    def setUp(self):
        super().setUp()
        self.write("tmp/keep", b"")
        (self.folder / "tmp/keep").unlink()

    def stand_in(self, script):
        """The environment in which `readpst` is this shell script; $out is its folder."""
        path = pathlib.Path(self.write(
            "bin/readpst", b'#!/bin/sh\nfor a; do [ "$last" = -o ] && out=$a; last=$a; done\n' +
            script))
        path.chmod(0o755)
        return {"PATH": f"{path.parent}:/usr/bin:/bin", "TMPDIR": self.path("tmp")}

    def read(self, path, environment, *flags, code=0):
        rows, record = self.run_record(*flags, path, code=code, environment=environment)
        for account in record["archives"]:
            self.assertEqual(
                account["message_bytes"] + account["gap_bytes"] + account["rejected_bytes"],
                account["size"] - account["packed_bytes"] + account["unpacked_bytes"], account)
        self.assertEqual(os.listdir(self.path("tmp")), [])
        return rows, [(p["reason"], p["member"], p["what"]) for p in record["problems"]]


class Absent(Pst):
    def test_it_is_said_what_to_install(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a/mail.pst", PST)
            archive.writestr("b.eml", PLAIN)
        environment = {"PATH": self.path("tmp"), "TMPDIR": self.path("tmp")}
        for name, octets, member, messages in (("x.pst", PST, None, 0), ("mail.eml", PST, None, 0),
                                               ("x.zip", packed.getvalue(), "a/mail.pst", 1)):
            rows, ((reason, where, what),) = self.read(self.write(name, octets), environment,
                                                       code=3)
            self.assertEqual((reason, where, len(rows)), ("unsupported", member, messages))
            self.assertIn("readpst, which is not installed (package pst-utils", what)


class Process(Pst):
    def test_members_are_what_it_writes_and_are_called_written_anew(self):
        signer = Signer(self.folder)
        dns = self.write("dns.ndjson", signer.recording())
        message = signer.sign(b"From: alice@example.com\r\nSubject: x\r\n", b"as it was\r\n")
        self.write("made/In/1.eml", message.replace(b"as it was", b"as it is now"))
        self.write("made/In/10.eml", PLAIN)
        self.write("made/.hidden/1.eml", PLAIN)
        environment = self.stand_in(f'cp -r {self.path("made")}/. "$out"\n'.encode())
        rows, problems = self.read(self.write("x.pst", PST), environment, "--dns", dns)
        self.assertEqual(problems, [])
        self.assertEqual([(row["origin"]["member"], row["form"], row["notes"]) for row in rows],
                         [("In/1.eml", "regenerated", ["written-anew"]),
                          ("In/10.eml", "regenerated", ["written-anew"])])
        self.assertEqual(rows[0]["dkim"][0]["reason"], "body-hash-mismatch")
        self.assertEqual(rows[0]["integrity"]["value"], "headers")
        self.assertNotIn(rows[0]["standing"], ("altered", "changed-after-receipt"))

    def test_it_gets_the_file_and_no_more(self):
        environment = self.stand_in(
            b'printf "From: a@example.com\\n\\n" > "$out/1.eml"; cat "$last" >> "$out/1.eml"; '
            b'ls /proc/self/fd | wc -l >> "$out/1.eml"; ulimit -f >> "$out/1.eml"; echo noise\n')
        (row,), problems = self.read(self.write("a b';x.pst", PST), environment)
        self.assertEqual(problems, [])
        self.assertGreater(row["origin"]["length"], len(PST))

    def test_failures_are_said_behind_what_was_read(self):
        write = b'printf "From: a@example.com\\n\\nx\\n" > "$out/1.eml"\n'
        for script, said in ((b"exit 1\n", "exit code 1"), (b"kill -SEGV $$\n", "by signal 11")):
            environment = self.stand_in(write + script)
            rows, ((reason, member, what),) = self.read(self.write("x.pst", PST), environment,
                                                        code=3)
            self.assertEqual((len(rows), reason, member), (1, "corrupt", None))
            self.assertIn(said, what)
        rows, ((reason, _, _),) = self.read(self.path("x.pst"), self.stand_in(b"exit 0\n"), code=3)
        self.assertEqual((rows, reason), ([], "no-mail"))

    def test_what_it_writes_is_bounded(self):
        path = self.write("x.pst", PST)
        limit = 1 << 20
        for each, count, fits in ((limit, 1, True), (limit + 1, 1, False), (limit // 2, 2, True),
                                  (limit // 2 + 1, 2, False)):
            environment = self.stand_in(
                b'for i in $(seq %d); do { printf "A: b\\n\\n"; head -c %d /dev/zero; } > '
                b'"$out/$i.eml"; done\n' % (count, each - 6))
            rows, problems = self.read(path, environment, "--max-expansion", "1M",
                                       code=0 if fits else 3)
            self.assertEqual(len(rows), count if fits else 0)
            self.assertEqual([reason for reason, _, _ in problems],
                             [] if fits else ["expands-too-much"])

    def test_one_that_writes_for_ever_is_killed(self):
        environment = self.stand_in(
            b'i=0; while :; do i=$((i+1)); head -c 1000000 /dev/zero > "$out/$i"; sleep 0.01; '
            b'done\n')
        rows, problems = self.read(self.write("x.pst", PST), environment, "--max-expansion", "5M",
                                   code=3)
        self.assertEqual((rows, [p[0] for p in problems]), ([], ["expands-too-much"]))

    def test_it_is_killed_when_the_scan_stops_or_dies(self):
        mark = self.path("pid")
        environment = self.stand_in(f'echo $$ > {mark}; exec sleep 1000\n'.encode())
        path = self.write("x.pst", PST)
        for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
            pathlib.Path(mark).unlink(missing_ok=True)
            with subprocess.Popen([PROGRAM, "scan", "--offline", path], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL,
                                  env={**os.environ, **environment}) as scan:
                while not os.path.exists(mark) or not pathlib.Path(mark).read_text():
                    time.sleep(0.01)
                time.sleep(0.1)
                scan.send_signal(number)
                self.assertEqual(scan.wait(20), code)
            process = pathlib.Path("/proc", pathlib.Path(mark).read_text().strip())
            end = time.monotonic() + 10
            while process.exists() and time.monotonic() < end:
                time.sleep(0.01)
            self.assertFalse(process.exists())


@unittest.skipIf(READPST is None, "readpst is absent")
class Installed(Pst):
    environment = {}

    def setUp(self):
        super().setUp()
        self.environment = {"TMPDIR": self.path("tmp")}

    def test_what_it_refuses_is_corrupt(self):
        for octets in (PST, b"!BDN", b"!BDN" + b"\0" * 100000):
            rows, ((reason, _, what),) = self.read(self.write("x.pst", octets), self.environment,
                                                   code=3)
            self.assertEqual((rows, reason), ([], "corrupt"))
            self.assertIn("readpst", what)

    @unittest.skipIf(SAMPLE is None, "MAILASSAY_TEST_PST names no file")
    def test_a_real_one(self):
        octets = pathlib.Path(SAMPLE).read_bytes()
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([READPST, "-q", "-e", "-D", "-t", "e", "-j", "0", "-o", out, SAMPLE],
                           check=True, capture_output=True)
            names = sorted(os.path.join(base, name)[len(out) + 1:].encode()
                           for base, _, found in os.walk(out) for name in found)
        self.assertGreater(len(names), 0)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("m.pst", octets)
        for path, prefix in ((SAMPLE, ""), (self.write("x", octets), ""),
                             (self.write("z", packed.getvalue()), "m.pst!/")):
            rows, problems = self.read(path, self.environment)
            self.assertEqual(problems, [])
            self.assertEqual([row["origin"]["member"].encode() for row in rows],
                             [prefix.encode() + name for name in names])
            self.assertEqual({row["form"] for row in rows}, {"regenerated"})
            self.assertFalse({row["standing"] for row in rows} &
                             {"altered", "changed-after-receipt"})
        for cut in range(100, len(octets), len(octets) // 7):
            self.read(self.write("cut", octets[:cut]), self.environment, code=3)


if __name__ == "__main__":
    unittest.main()
