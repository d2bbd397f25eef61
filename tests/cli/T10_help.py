#!/usr/bin/env python3
"""--help of everything, wrong usage."""

import unittest

from program import Case, call

SUBCOMMANDS = ("scan", "explain", "key", "spf", "dmarc")


class Help(Case):
    def test_program_lists_its_subcommands(self):
        done = call("--help")
        self.assertEqual(done.code, 0)
        for name in SUBCOMMANDS:
            self.assertIn(f"\n  {name} ".encode(), done.out)

    def test_each_subcommand_has_examples_and_exit_codes(self):
        for name in SUBCOMMANDS:
            with self.subTest(name):
                done = call(name, "--help")
                self.assertEqual((done.code, done.err), (0, ""))
                self.assertIn(b"Examples:\n  mailassay " + name.encode(), done.out)
                self.assertIn(b"Exit codes: 0 done; ", done.out)
                widest = max(done.out.decode().splitlines(), key=len)
                self.assertLessEqual(len(widest), 110, widest)

    def test_version(self):
        done = call("--version")
        self.assertEqual(done.code, 0)
        self.assertRegex(done.out, rb"^mailassay \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_2_and_says_what(self):
        cases = (
            ((), "subcommand"),
            (("polish",), "polish"),
            (("scan",), "PATH"),
            (("scan", "--colour", "x"), "--colour"),
            (("scan", "--threads", "many", "x"), "--threads"),
            (("scan", "--threads", "-1", "x"), "--threads"),
            (("scan", "--memory", "0", "x"), "'0' is no size"),
            (("scan", "--memory", "12Q", "x"), "'12Q' is no size"),
            (("scan", "--max-header", "3G", "x"), "'3G' is no size up to 2G"),
            (("scan", "--dns-window", "0", "x"), "--dns-window"),
            (("scan", "--max-signatures", "0", "x"), "--max-signatures"),
            (("scan", "--max-arc-sets", "0", "x"), "--max-arc-sets"),
            (("scan", "--max-arc-sets", "51", "x"), "--max-arc-sets"),
            (("scan", "--trust-sealer", "jo@example.org", "x"), "'jo@example.org' is no domain"),
            (("scan", "--trust-sealer", "example.org.", "x"), "'example.org.' is no domain"),
            (("scan", "--at", "noon", "x"), "'noon' is neither"),
            (("scan", "--at", "2024-02-30", "x"), "2024-02-30"),
            (("scan", "--dns-at", "2024-13-01", "x"), "2024-13-01"),
            (("scan", "--resolver", "ns.example", "x"), "ns.example"),
            (("scan", "--offline", "--redact-key", "/nonexistent/key", "x"), "/nonexistent/key"),
            (("explain", "--index", "first", "x"), "--index"),
            (("explain", "x", "y"), "PATH"),
            (("key", "s1"), "DOMAIN"),
            (("key", "--offline", "s1", "exa mple"), "make no DNS name"),
        )
        for arguments, said in cases:
            with self.subTest(arguments):
                done = call(*arguments)
                self.assertEqual(done.code, 2, done.err)
                self.assertEqual(done.out, b"")
                self.assertIn(said, done.err)


if __name__ == "__main__":
    unittest.main()
