#!/usr/bin/env python3
"""Each exit code, really provoked. Several may apply: 4 > 70 > 3 > 75 > 1."""

import json
import os
import socket
import subprocess
import unittest

from program import (Case, MKCORPUS, PLAIN, PROGRAM, SAMPLE_DNS, SAMPLE_MBOX, call, mbox)


def dead_server():
    """A loopback port that takes packets and never answers."""
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(("127.0.0.1", 0))
    return silent, f"127.0.0.1:{silent.getsockname()[1]}"


class ExitCodes(Case):
    def test_0_all_done(self):
        done = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertTrue(done.rows())

    def test_1_when_fail_on_finds_something(self):
        done = self.scan("--dns", SAMPLE_DNS, "--fail-on", "fail", SAMPLE_MBOX, code=1)
        self.assertTrue(done.rows())
        self.assertIn("--fail-on fail>0: ", done.err.splitlines()[-1])

    def test_3_when_a_path_cannot_be_read_and_the_rest_is_done(self):
        good = self.write("good.mbox", mbox(PLAIN))
        done = self.scan(self.path("absent.mbox"), good, code=3)
        self.assertEqual(len(done.rows()), 1)
        self.assertIn("absent.mbox: cannot open: No such file or directory", done.err)

    @unittest.skipUnless(os.geteuid() == 0, "SKIPPED: made for root, who can become nobody")
    def test_3_when_permission_is_lacking(self):
        path = self.write("secret.mbox", mbox(PLAIN))
        os.chmod(path, 0o600)
        done = subprocess.run([PROGRAM, "scan", "--offline", path], capture_output=True,
                              check=False, user=65534, group=65534, extra_groups=[])
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"secret.mbox: cannot open: Permission denied", done.stderr)

    def test_3_for_a_device_a_socket_and_a_folder_without_mail(self):
        (self.folder / "empty").mkdir()
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(self.path("socket"))
        for path, said in (("/dev/null", "is a device"), (self.path("socket"), "is a socket"),
                           (self.path("empty"), "holds no file")):
            with self.subTest(path):
                done = self.scan(path, code=3)
                self.assertEqual(done.out, b"")
                self.assertIn(said, done.err)

    def test_4_when_the_output_is_full(self):
        done = self.scan("--dns", SAMPLE_DNS, "--output", "/dev/full", SAMPLE_MBOX, code=4)
        self.assertIn("/dev/full: ", done.err)
        self.assertIn("No space left on device", done.err)

    def test_4_when_standard_output_is_full(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "scan", "--dns", SAMPLE_DNS, SAMPLE_MBOX], stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"standard output: ", done.stderr)

    def test_4_when_an_output_cannot_be_made_before_anything_is_read(self):
        for flag in ("--output", "--record", "--run-record"):
            with self.subTest(flag):
                done = self.scan(flag, "/nonexistent/file", self.path("absent.mbox"), code=4)
                self.assertIn("/nonexistent/file: cannot be made: No such file", done.err)
                self.assertNotIn("absent.mbox", done.err)

    def test_4_outranks_3_and_1(self):
        self.scan("--dns", SAMPLE_DNS, "--fail-on", "fail", "--output", "/dev/full", SAMPLE_MBOX,
                  self.path("absent.mbox"), code=4)

    def test_3_outranks_1(self):
        self.scan("--dns", SAMPLE_DNS, "--fail-on", "fail", SAMPLE_MBOX, self.path("absent.mbox"),
                  code=3)

    def test_75_when_no_server_ever_answers(self):
        silent, address = dead_server()
        with silent:
            one = self.write("one.mbox", self.one_signed_message())
            done = call("scan", "--resolver", address, "--fail-on", "temperror", one, timeout=60)
        self.assertEqual(done.code, 75, done.err)
        self.assertIn("no DNS server answered", done.err)
        results = [entry["result"] for row in done.rows() for entry in row["dkim"]]
        self.assertEqual(set(results), {"temperror"})

    def test_75_of_key(self):
        silent, address = dead_server()
        with silent:
            done = call("key", "--resolver", address, "s1", "example.com", timeout=60)
        self.assertEqual(done.code, 75, done.err)

    def one_signed_message(self):
        subprocess.run([MKCORPUS, "--messages", "1", "--small", "--seed", "3", "--out",
                        self.path("corpus")], check=True, capture_output=True)
        octets = (self.folder / "corpus" / "mail.mbox").read_bytes()
        self.assertIn(b"dkim-signature:", octets.lower())
        return octets


class FailOn(Case):
    """LIST = ITEM *( "," ITEM ), ITEM = NAME [ ">" N [ "%" ] ]"""

    def scan_sample(self, items, code):
        return self.scan("--dns", SAMPLE_DNS, "--fail-on", items, SAMPLE_MBOX, code=code)

    def test_counts_of_the_sample_decide(self):
        rows = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).rows()
        results = [entry["result"] for row in rows for entry in row["dkim"]]
        unsigned = sum(not row["dkim"] for row in rows)
        for name in ("pass", "fail", "permerror"):
            count = results.count(name)
            self.assertGreater(count, 0, name)
            self.scan_sample(f"{name}>{count - 1}", 1)
            self.scan_sample(f"{name}>{count}", 0)
            share = 100 * count / len(results)
            self.scan_sample(f"{name}>{share - 0.1:.3f}%", 1)
            self.scan_sample(f"{name}>{share + 0.1:.3f}%", 0)
        self.scan_sample(f"none>{unsigned - 1}", 1)
        self.scan_sample(f"none>{unsigned}", 0)
        self.scan_sample("temperror", 0)
        self.scan_sample("temperror,neutral,fail>1000000,none", 1)

    def test_unreadable_is_3_all_the_same(self):
        good = self.write("good.mbox", mbox(PLAIN))
        self.scan("--fail-on", "unreadable", good, code=0)
        self.scan("--fail-on", "unreadable", good, self.path("absent"), code=3)

    def test_wrong_lists(self):
        for items in ("bad", "", "fail,", ",fail", "fail>", "fail>x", "fail>-1", "fail>1%%",
                      "fail>nan", "FAIL", "fail >1", "fail=1"):
            with self.subTest(items):
                done = call("scan", "--offline", "--fail-on", items, "/dev/null")
                self.assertEqual(done.code, 2, done.err)
                self.assertIn("--fail-on", done.err)


class Quiet(Case):
    def test_says_nothing_when_all_is_well(self):
        done = self.scan("--quiet", "--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertEqual(done.err, "")

    def test_says_what_could_not_be_read(self):
        done = self.scan("--quiet", self.path("absent.mbox"), code=3)
        self.assertEqual(len(done.err.splitlines()), 1)
        self.assertIn("absent.mbox", done.err)

    def test_the_network_is_announced_unless_it_is_not_used(self):
        one = self.write("one.mbox", mbox(PLAIN))
        self.assertIn("system's resolvers", call("scan", one).err.splitlines()[0])
        for flags in (("--offline",), ("--dns", SAMPLE_DNS), ("--resolver", "127.0.0.1")):
            self.assertNotIn("system's resolvers", call("scan", *flags, one).err)

    def test_counts_are_those_of_the_rows(self):
        rows, record = self.run_record("--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertEqual(record["messages"], len(rows))
        self.assertEqual(record["signatures"], sum(len(row["dkim"]) for row in rows))
        self.assertEqual(sum(record["reasons"].values()), record["signatures"])
        self.assertTrue(record["complete"])
        self.assertEqual(json.dumps(record["arguments"][:2]), '["scan", "--offline"]')


if __name__ == "__main__":
    unittest.main()
