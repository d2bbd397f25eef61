#!/usr/bin/env python3
"""What a person sees on a terminal: a summary in place of rows, and a line that says how far it is."""

import os
import pty
import select
import subprocess
import threading
import time
import unittest

from program import Case, PLAIN, PROGRAM, SAMPLE_DNS, SAMPLE_MBOX, mbox


def drain(primary, seen):
    """Reads a terminal until its other side is closed."""
    while True:
        try:
            octets = os.read(primary, 65536)
        except OSError:
            return
        if not octets:
            return
        seen.append(octets)


class Terminal(Case):
    def on_terminal(self, *arguments, feed=None):
        """(exit code, standard output, standard error), each a terminal of its own."""
        seen, threads, secondaries = ([], []), [], []
        for part in seen:
            primary, secondary = pty.openpty()
            self.addCleanup(os.close, primary)
            secondaries.append(secondary)
            threads.append(threading.Thread(target=drain, args=(primary, part)))
        running = subprocess.Popen([PROGRAM, *arguments], stdout=secondaries[0],
                                   stderr=secondaries[1],
                                   stdin=subprocess.PIPE if feed else subprocess.DEVNULL)
        for secondary in secondaries:
            os.close(secondary)
        for thread in threads:
            thread.start()
        if feed:
            feed(running.stdin)
            running.stdin.close()
        code = running.wait(timeout=60)
        for thread in threads:
            thread.join(timeout=10)
        return code, *(b"".join(part).replace(b"\r\n", b"\n").decode() for part in seen)

    def test_the_summary_stands_in_place_of_rows(self):
        code, out, err = self.on_terminal("scan", "--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertEqual(code, 0)
        self.assertNotIn('"schema"', out)
        self.assertRegex(out, r"^\d+ messages, ")
        self.assertIn("DKIM signatures", out)
        self.assertIn("No rows were written: --output FILE", out)
        # What was a progress line is gone.
        self.assertTrue(err.endswith("\r\x1b[K"), repr(err))

    def test_rows_come_when_they_are_asked_for(self):
        code, out, _ = self.on_terminal("scan", "--quiet", "--dns", SAMPLE_DNS, "--output", "-",
                                        SAMPLE_MBOX)
        self.assertEqual(code, 0)
        self.assertTrue(all(line.startswith('{"schema":1,') for line in out.splitlines()))

    def test_an_input_is_not_overwritten_by_a_scan_without_rows(self):
        mail = self.write("mail", mbox(PLAIN))
        code, _, err = self.on_terminal("scan", "--offline", "--record", mail, mail)
        self.assertEqual(code, 4)
        self.assertIn("is an input", err)
        self.assertEqual((self.folder / "mail").read_bytes(), mbox(PLAIN))

    def test_progress_shows_what_is_done(self):
        def feed(pipe):
            for _ in range(6):
                pipe.write(mbox(PLAIN) * 40000)
                pipe.flush()
                time.sleep(0.3)
        code, _, err = self.on_terminal("scan", "--offline", "-", feed=feed)
        self.assertEqual(code, 0)
        lines = [line for line in err.split("\r\x1b[K") if line]
        self.assertGreater(len(lines), 2)
        self.assertRegex(lines[-1], r"^[\d.]+ MiB  [\d,]+ messages  [\d,]+/s  [\d.]+ \w+/s$")
        self.assertTrue(all(len(line) < 80 for line in lines), lines)

    def test_a_pipe_gets_no_control_sequences(self):
        done = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertNotIn("\x1b", done.err)
        self.assertNotIn("\r", done.err)

    def test_a_terminal_as_input_ends_with_its_end(self):
        primary, secondary = pty.openpty()
        self.addCleanup(os.close, primary)
        running = subprocess.Popen([PROGRAM, "scan", "--offline", "-"], stdin=secondary,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(secondary)
        self.assertEqual(select.select([running.stdout], [], [], 0.3)[0], [])
        os.write(primary, b"From: a@b.example\n\nbody\n\x04\x04")
        out, _ = running.communicate(timeout=20)
        self.assertEqual(running.returncode, 0)
        self.assertEqual(out.count(b'"schema":1'), 1)


if __name__ == "__main__":
    unittest.main()
