#!/usr/bin/env python3
"""SIGINT, SIGTERM and a closed pipe: complete rows, and an end within seconds."""

import bz2
import gzip
import json
import os
import pathlib
import signal
import socket
import subprocess
import tarfile
import time
import unittest

from program import Case, PLAIN, POSTMARK, PROGRAM, SAMPLE_DNS, SAMPLE_MBOX, mbox, read_rows
from T32_containers import tar

SOON = 5.0


class Stopping(Case):
    def start(self, *arguments, **how):
        running = subprocess.Popen([PROGRAM, "scan", "--offline", *arguments],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)
        self.addCleanup(running.kill)
        return running

    def stop(self, running, by, code):
        begin = time.monotonic()
        running.send_signal(by)
        out, err = running.communicate(timeout=30)
        self.assertLess(time.monotonic() - begin, SOON)
        self.assertEqual(running.returncode, code, err)
        return read_rows(out), err.decode()

    def test_a_silent_fifo(self):
        for by, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(by):
                fifo = self.path(f"fifo{code}")
                os.mkfifo(fifo)
                writer = os.open(fifo, os.O_RDWR)
                try:
                    running = self.start(fifo)
                    os.write(writer, mbox(PLAIN, PLAIN) + POSTMARK + b"From: cut")
                    time.sleep(0.5)
                    rows, err = self.stop(running, by, code)
                finally:
                    os.close(writer)
                # The message that was under way is no message yet.
                self.assertNotIn(30, [row["origin"]["length"] for row in rows])
                self.assertTrue(all("schema" in row for row in rows))
                self.assertIn("Stopped after", err)

    def test_a_long_scan_leaves_complete_rows_and_its_record(self):
        # The same archive many times over: enough work for a minute and more.
        (self.folder / "s").symlink_to(SAMPLE_MBOX)
        running = self.start("--dns", SAMPLE_DNS, "--threads", "2", "--run-record",
                             self.path("run.json"), "--output", self.path("rows.ndjson"),
                             *["s"] * 100000, cwd=self.folder)
        time.sleep(1.5)
        self.assertIsNone(running.poll(), "it was done too soon to be stopped")
        self.stop(running, signal.SIGINT, 130)
        rows = read_rows((self.folder / "rows.ndjson").read_bytes())
        self.assertGreater(len(rows), 0)
        self.assertIn('"complete":false', (self.folder / "run.json").read_text())

    def test_wherever_it_stops_each_octet_is_accounted_for(self):
        message = PLAIN + b"a line of text\n" * 2000
        octets = mbox(*[message] * 4000)
        for name, made in (("mbox", octets), ("gz", gzip.compress(octets, 1)),
                           ("tar", tar({"m/x": octets}))):
            self.write(name, made)
            for delay in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
                running = self.start("--run-record", self.path("run.json"), "--quiet", "--output",
                                     self.path("rows"), *[name] * 500, cwd=self.folder)
                time.sleep(delay)
                self.stop(running, signal.SIGINT, 130)
                record = json.loads((self.folder / "run.json").read_text())
                for account in record["archives"]:
                    self.assertEqual(account["message_bytes"] + account["gap_bytes"] +
                                     account["rejected_bytes"], account["size"] -
                                     account["packed_bytes"] + account["unpacked_bytes"], account)

    def test_octets_that_are_passed_over_do_not_hold_up_a_stop(self):
        # No mail in much more than can be unpacked in the time; a member that is left out, and a
        # folder that claims to have octets, in holes of a file.
        zeros = bz2.compress(bytes(50_000_000)) * 400
        self.write("zeros", zeros)
        for name, kind in (("hidden", tarfile.REGTYPE), ("folder", tarfile.DIRTYPE)):
            entry = tarfile.TarInfo("." + name)
            entry.type, entry.size = kind, 1 << 38
            path = self.write(name, entry.tobuf(tarfile.GNU_FORMAT))
            os.truncate(path, entry.size + 2048)
        for name in ("zeros", "hidden", "folder"):
            running = self.start("--max-expansion", "100000x", self.path(name))
            time.sleep(0.7)
            self.assertIsNone(running.poll(), "it was done too soon to be stopped")
            begin = time.monotonic()
            self.stop(running, signal.SIGINT, 130)
            self.assertLess(time.monotonic() - begin, 2, name)

    def test_a_closed_pipe_does_not_wait_for_dns(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            # Mail that asks for nothing first, of more than one write of rows, so that it is written
            # while keys are waited for.
            big = self.write("big.mbox", mbox(b"Subject: no author\n\nbody\n") * 2500 + pathlib.Path(SAMPLE_MBOX)
                             .read_bytes())
            running = subprocess.Popen(
                [PROGRAM, "scan", "--resolver", f"127.0.0.1:{silent.getsockname()[1]}", big],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            running.stdout.close()
            begin = time.monotonic()
            self.assertEqual(running.stderr.read(), b"")
            self.assertEqual(running.wait(timeout=30), 0)
            running.stderr.close()
            # All retries of a silent server take more than four seconds.
            self.assertLess(time.monotonic() - begin, 3.5)

    def test_a_dead_server_does_not_hold_up_a_stop(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            running = subprocess.Popen(
                [PROGRAM, "scan", "--resolver", f"127.0.0.1:{silent.getsockname()[1]}",
                 SAMPLE_MBOX], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.addCleanup(running.kill)
            time.sleep(0.7)
            rows, err = self.stop(running, signal.SIGINT, 130)
        self.assertEqual(rows, [])
        self.assertNotIn("ever answered", err)

    def test_a_closed_pipe_is_quiet(self):
        big = self.write("big.mbox", mbox(PLAIN) * 20000)
        done = subprocess.run(["bash", "-c", '"$1" scan --offline "$2" | head -n 1; '
                               'echo "${PIPESTATUS[0]}" >&2', "-", PROGRAM, big],
                              capture_output=True, check=False, timeout=30)
        self.assertEqual(done.stderr, b"0\n")
        self.assertEqual(len(read_rows(done.stdout)), 1)


if __name__ == "__main__":
    unittest.main()
