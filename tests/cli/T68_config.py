#!/usr/bin/env python3
"""The configuration file: every key is a flag, and every fault is said with its line."""

import hashlib
import json
import re
import unittest

from program import SAMPLE_DNS, SAMPLE_MBOX, Case, call

FLAG = re.compile(r"^  (?:-\w,)?--([a-z0-9-]+)(?: (\S+))?( \.\.\.)?", re.MULTILINE)
NO_KEYS = {"help", "config"}
# Where the type of the value does not say what is one.
VALUES = {"at": '"now"', "fail-on": '"fail"', "trust-sealer": '["example.org"]', "max-arc-sets": "5",
          "resolver": '["192.0.2.1"]', "dns-at": '"2024-05-01"', "memory": '"64M"',
          "fresh": '"7d"', "max-expansion": '"200x"', "mbox-format": '"detect"',
          "encoding": '"plain"'}


def flags():
    """(name, type or None, is it a list) of every flag of scan."""
    help_text = call("scan", "--help").out.decode()
    return [(name, kind or None, bool(many)) for name, kind, many in FLAG.findall(help_text)]


class Config(Case):
    def config(self, text):
        return self.write("mailassay.toml", text.encode())

    def scan_with(self, text, *flags, code=0):
        return self.scan("--config", self.config(text), "--dns", SAMPLE_DNS, *flags, SAMPLE_MBOX,
                         code=code)

    def fails(self, text, where, *said, command=("scan", SAMPLE_MBOX)):
        done = call(*command, "--config", self.config(text))
        self.assertEqual(done.code, 2, done.err)
        self.assertEqual(done.out, b"")
        self.assertTrue(done.err.startswith(f"mailassay: {self.path('mailassay.toml')}:{where}: "),
                        done.err)
        for words in said:
            self.assertIn(words, done.err)

    def value(self, name, kind, many):
        """What a key may be set to, without anything being written or asked."""
        if name in VALUES:
            return VALUES[name]
        if kind is None:
            return "true"
        if kind == "FILE":
            path = json.dumps(self.path(name))
            return f"[{path}]" if many else path
        word = {"N": "1", "SIZE": '"1M"', "TIME": '"2024-05-01"', "DOMAIN": '"example.org"',
                "ADDRESS": '"jo@example.org"'}.get(kind, '"192.0.2.1"')
        return f"[{word}]" if many else word

    def test_every_flag_has_its_key(self):
        listed = flags()
        self.assertGreater(len(listed), 20)
        for name, kind, many in listed:
            with self.subTest(name):
                if name in NO_KEYS:
                    self.fails(f"{name} = true\n", "1:1", f"unknown key '{name}'")
                    continue
                # The next line is reached only if this one is taken.
                good = f"{name} = {self.value(name, kind, many)}\n"
                self.fails(good + "no-such-key = 1\n", "2:1", "unknown key 'no-such-key'")
                self.fails(f"{name} = {{}}\n", f"1:{len(name) + 4}", f"'{name}' takes ")
                wrong = '"x"' if kind in (None, "N") else "true"
                self.fails(f"\n{name} = {wrong}\n", f"2:{len(name) + 4}", f"'{name}' takes ")

    def test_keys_do_what_flags_do(self):
        for text, given in (
            ("evidence = true", ["--evidence"]),
            ("redact = false", []),
            ("max-signatures = 1", ["--max-signatures", "1"]),
            ('max-header = "1K"', ["--max-header", "1K"]),
            ("max-header = 1024", ["--max-header", "1024"]),
            ('at = "2031-05-01"', ["--at", "2031-05-01"]),
            ("at = 2031-05-01", ["--at", "2031-05-01"]),
            ("at = 2031-05-01T10:00:00Z", ["--at", "2031-05-01T10:00:00Z"]),
            ("at = 1000", ["--at", "1000"]),
            ("no-diagnosis = true", ["--no-diagnosis"]),
            ('[limits]\nmax-signatures = 1\n[policy]\nevidence = true',
             ["--max-signatures", "1", "--evidence"]),
            ("", []),
        ):
            with self.subTest(text):
                plain = self.scan("--dns", SAMPLE_DNS, *given, SAMPLE_MBOX)
                self.assertEqual(self.scan_with(text).out, plain.out)
        with_dns = self.config(f"[network]\ndns = [{json.dumps(SAMPLE_DNS)}]\noffline = true\n")
        self.assertEqual(call("scan", "--config", with_dns, SAMPLE_MBOX).out,
                         self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).out)
        self.assertEqual(call("scan", f"--config={with_dns}", SAMPLE_MBOX).code, 0)

    def test_flags_win_and_replace_lists(self):
        text = f'evidence = true\nat = "2031-05-01"\ndns = [{json.dumps(self.path("absent"))}]\n'
        plain = self.scan("--dns", SAMPLE_DNS, "--evidence", "--at", "received", SAMPLE_MBOX)
        for at in (["--at", "received"], ["--at=received"]):
            self.assertEqual(self.scan_with(text, *at).out, plain.out)
        # A list that is not replaced is read.
        done = call("scan", "--config", self.config(text), SAMPLE_MBOX)
        self.assertEqual(done.code, 2)
        self.assertIn("absent", done.err)

    def test_faults(self):
        long_key = "x" * 3000
        for text, where, *said in (
            ("own_domain = 1", "1:1", "unknown key 'own_domain'"),
            ("\n\n  max_signatures = 1", "3:3", "did you mean 'max-signatures'?"),
            ("Threads = 1", "1:1", "did you mean 'threads'?"),
            ("threads = -1", "1:11"),
            ("threads = 5000", "1:11", "--threads"),
            ("threads = 1.5", "1:11", "takes a number"),
            ('threads = "2"', "1:11", "takes a number"),
            ("threads = [2]", "1:11", "takes a number"),
            ("offline = 1", "1:11", "takes true or false"),
            ('dns = "keys"', "1:7", "takes a list of strings"),
            ("dns = [1]", "1:7", "takes a list of strings"),
            ('memory = "lots"', "1:10", "no size"),
            ("memory = 1.5", "1:10", "takes a size"),
            ('at = "yesterday"', "1:6", "neither 'received' nor 'now'"),
            ('trust-sealer = ["a b"]', "1:16", "is no domain"),
            ('own-domain = ["a.b\\u0001"]', "1:14", "is no domain"),
            ('copy-address = [""]', "1:16", "is no address"),
            ('copy-address = ["crm"]', "1:16", "is no address"),
            ('authserv-id = [""]', "1:15", "is no authserv-id"),
            ('authserv-id = ["mx.a.test; dkim=pass"]', "1:15", "is no authserv-id"),
            ("quiet = true\nquiet = true", "2:9", "quiet"),
            ("output = 5", "1:10", "takes a string"),
            ("redact-key = true", "1:14", "takes a string"),
            ("quiet = true\n[rows]\nquiet = true", "3:1", "'quiet' is set twice"),
            ("[dns-files]\noffline = true", "1:2", "[dns-files] is no heading", "network"),
            ("[network.files]\noffline = true", "1:10", "unknown key 'files'"),
            ("[network.dns]\noffline = true", None, "'dns' takes a list of strings"),
            ("[dns]\noffline = true", None, "'dns' takes a list of strings"),
            ("[[dns]]\noffline = true", "1:1", "takes a list of strings"),
            ("quiet", "1:6"),
            ("quiet = tru", "1:12"),
            ('output = "a', "1:12"),
            ("quiet = true # \x00", "1:16"),
            (long_key + " = 1", "1:1", "unknown key"),
            ("threads = " + "[" * 5000, None),
        ):
            with self.subTest(text[:60]):
                if where is None:
                    done = call("scan", SAMPLE_MBOX, "--config", self.config(text))
                    self.assertEqual(done.code, 2, done.err)
                    for words in said:
                        self.assertIn(words, done.err)
                else:
                    self.fails(text, where, *said)

    def test_the_first_fault_of_the_file_is_said(self):
        self.fails("zz = 1\naa = 1\n", "1:1", "zz")
        self.fails("[rows]\nzz = 1\n[network]\naa = 1\n", "2:1", "zz")

    def test_a_fault_that_a_flag_replaces_is_one(self):
        self.fails("threads = 5000", "1:11", command=("scan", "--threads", "1", SAMPLE_MBOX))

    def test_files_that_cannot_be_read(self):
        for path in (self.path("absent.toml"), str(self.folder)):
            done = call("scan", "--config", path, SAMPLE_MBOX)
            self.assertEqual(done.code, 2)
            self.assertIn(path, done.err)
        big = self.write("big.toml", b"#" * (1 << 20) + b"\n")
        self.assertEqual(call("scan", "--config", big, SAMPLE_MBOX).code, 2)
        self.assertEqual(call("scan", SAMPLE_MBOX, "--config").code, 2)
        twice = self.config("")
        self.assertEqual(call("scan", "--config", twice, "--config", twice, SAMPLE_MBOX).code, 2)

    def test_no_file_is_looked_for(self):
        self.config("no-such-key = 1\n")
        done = call("scan", "--offline", SAMPLE_MBOX, prefix=("env", "-C", str(self.folder)))
        self.assertEqual(done.code, 0, done.err)

    def test_what_only_looks_like_the_flag(self):
        config = self.config("no-such-key = 1\n")
        for arguments in (["--", "--config", config], ["--fail-on", "--config"]):
            done = call("scan", "--offline", SAMPLE_MBOX, *arguments)
            self.assertNotIn("no-such-key", done.err)

    def test_explain_takes_the_file_of_scan(self):
        text = f"threads = 1\nevidence = true\n[network]\ndns = [{json.dumps(SAMPLE_DNS)}]\n"
        plain = call("explain", "--dns", SAMPLE_DNS, SAMPLE_MBOX, "--index", "0")
        done = call("explain", "--config", self.config(text), SAMPLE_MBOX, "--index", "0")
        self.assertEqual((done.code, done.out), (0, plain.out), done.err)
        command = ("explain", SAMPLE_MBOX, "--index", "0")
        self.fails("threads = true\n", "1:11", "takes a number", command=command)
        self.fails("index = 0\n", "1:1", "unknown key 'index'", command=command)

    def test_the_run_record_has_the_hash_of_the_file(self):
        text = "# ours\nquiet = true\n"
        _, record = self.run_record("--config", self.config(text), "--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertEqual(record["configuration_hash"], hashlib.sha256(text.encode()).hexdigest())
        _, record = self.run_record("--dns", SAMPLE_DNS, SAMPLE_MBOX)
        self.assertIsNone(record["configuration_hash"])


if __name__ == "__main__":
    unittest.main()
