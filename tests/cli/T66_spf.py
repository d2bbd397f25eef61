#!/usr/bin/env python3
"""What spf tells a person, and its exit codes."""

import json
import pathlib
import unittest

from program import Case, call

ZONE = """$ORIGIN example.com.
@ IN SOA ns hostmaster 1 2 3 4 5
@ IN TXT "v=spf1 include:_spf.example.com ip4:192.0.2.7 exp=why.example.com -all"
_spf IN TXT "v=spf1 a:mail.example.com -all"
mail IN A 192.0.2.1
why IN TXT "%{i} is not ours"
mx IN TXT "v=spf1 a -all"
mx IN A 192.0.2.9
two IN TXT "v=spf1 -all"
two IN TXT "v=spf1 +all"
bad IN TXT "v=spf1 moo"
out IN TXT "v=spf1 a:elsewhere.example.org -all"
"""


class Spf(Case):
    def spf(self, *flags, code=0):
        zone = pathlib.Path(self.folder) / "zone"
        zone.write_text(ZONE)
        done = call("spf", "--dns", str(zone), *flags)
        self.assertEqual(done.code, code, done.err)
        return done.out.decode()

    def test_results(self):
        cases = (
            ("192.0.2.1", "a@example.com", "result: pass\nreason: matched"),
            ("192.0.2.7", "a@example.com", "mechanism: ip4:192.0.2.7 of example.com\n"),
            ("192.0.2.8", "a@example.com", "result: fail\n"),
            ("192.0.2.8", "a@example.com", "explanation: 192.0.2.8 is not ours\n"),
            ("192.0.2.8", "a@example.com", "terms that ask DNS: 2 of 10; void lookups: 0 of 2\n"),
            ("192.0.2.9", "<>", "result: pass\n"),
            ("::ffff:192.0.2.9", "<>", "result: pass\n"),
            ("192.0.2.8", "<>", "result: fail\n"),
            ("192.0.2.8", "a@nowhere.example.com", "result: none\nreason: no-record"),
            ("192.0.2.8", "a@two.example.com", "result: permerror\nreason: several-records"),
            ("192.0.2.8", "a@bad.example.com", "result: permerror\nreason: record-syntax"),
            ("192.0.2.8", "a@out.example.com", "result: temperror\nreason: no-evidence"),
            ("192.0.2.8", "a@example.org", "result: temperror\nreason: no-evidence"),
        )
        for ip, sender, said in cases:
            with self.subTest((ip, sender)):
                self.assertIn(said, self.spf("--ip", ip, "--mail-from", sender,
                                             "--helo", "mx.example.com"))

    def test_explain_shows_every_record(self):
        out = self.spf("--ip", "192.0.2.1", "--mail-from", "a@example.com", "--explain")
        self.assertTrue(out.endswith(
            "records:\n"
            "  example.com: pass (matched) by include:_spf.example.com\n"
            "    v=spf1 include:_spf.example.com ip4:192.0.2.7 exp=why.example.com -all\n"
            "    include _spf.example.com: pass (matched) by a:mail.example.com\n"
            "      v=spf1 a:mail.example.com -all\n"), out)

    def test_the_time_chooses_among_sightings(self):
        rows = [{"rrname": "example.net.", "rrtype": "TXT", "rdata": [f'"v=spf1 {record}"'],
                 "time_first": first, "time_last": last}
                for record, first, last in (("+all", 1577836800, 1609459200),  # 2020
                                            ("exp=why.example.net -all", 1640995200, 1672531200))]
        rows.append({"rrname": "why.example.net.", "rrtype": "TXT", "rdata": ['"at %{t}"'],
                     "time_first": 1577836800, "time_last": 1672531200})
        seen = self.write("seen.ndjson", "".join(json.dumps(row) + "\n" for row in rows).encode())
        for at, said in (
            (["--at", "2019-01-01"], "result: pass"),
            (["--at", "2020-06-01T00:00:00Z"], "result: pass"),
            (["--at", "2021-03-01"], "result: pass"),
            (["--at", "2021-10-01"], "result: fail"),
            (["--at", "1654041600"], "explanation: at 1654041600\n"),
            (["--at", "now"], "result: fail"),
            ([], "result: fail"),
        ):
            with self.subTest(at):
                done = call("spf", "--dns", seen, *at, "--ip", "192.0.2.1", "--mail-from",
                            "a@example.net")
                self.assertEqual(done.code, 0, done.err)
                self.assertIn(said, done.out.decode())

    def test_wrong_usage(self):
        for flags in ((), ("--ip", "192.0.2.1"), ("--ip", "192.0.2", "--helo", "x.org"),
                      ("--ip", "192.0.2.1", "--helo", "x.org", "--at", "noon"),
                      ("--ip", "192.0.2.1", "--helo", "x.org", "--at", "received"),
                      ("--ip", "192.0.2.1", "--mail-from", "a@x.org", "--check-helo")):
            with self.subTest(flags):
                self.spf(*flags, code=2)


if __name__ == "__main__":
    unittest.main()
