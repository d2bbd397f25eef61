#!/usr/bin/env python3
"""The sample archive that ships: made as its README says, and judged as its truth says."""

import json
import subprocess
import unittest

from program import Case, MKCORPUS, SAMPLE, SAMPLE_DNS, SAMPLE_MBOX

FLAGS = "--messages 60 --small --domains 6 --seed 898"


class Sample(Case):
    def test_it_is_what_the_generator_makes(self):
        self.assertIn(f"mkcorpus {FLAGS} --out DIR", (SAMPLE / "README.md").read_text())
        subprocess.run([MKCORPUS, *FLAGS.split(), "--out", self.path("out")], check=True,
                       capture_output=True)
        for made, kept in (("mail.mbox", "sample.mbox"), ("dns.ndjson", "sample.dns.ndjson"),
                           ("truth.ndjson", "sample.truth.ndjson")):
            self.assertEqual((self.folder / "out" / made).read_bytes(),
                             (SAMPLE / kept).read_bytes(), kept)

    def test_rows_say_what_is_true(self):
        rows = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).rows()
        truths = [json.loads(line)
                  for line in (SAMPLE / "sample.truth.ndjson").read_text().splitlines()]
        self.assertEqual(len(rows), len(truths))
        for row, truth in zip(rows, truths, strict=True):
            self.assertEqual(row["message_id"], truth["message_id"])
            for key in ("offset", "length"):
                self.assertEqual(row["origin"][key], truth["mbox_" + key])
            found = [{key: entry[key] for key in true}
                     for entry, true in zip(row["dkim"], truth["signatures"], strict=True)]
            self.assertEqual(found, truth["signatures"])

    def test_every_outcome_that_is_shown_occurs(self):
        rows = self.scan("--dns", SAMPLE_DNS, SAMPLE_MBOX).rows()
        entries = [entry for row in rows for entry in row["dkim"]]
        self.assertLessEqual({None, "body-hash-mismatch", "signature-mismatch", "no-key",
                              "key-revoked", "expired"}, {entry["reason"] for entry in entries})
        self.assertIn("ed25519-sha256", {entry["algorithm"] for entry in entries})
        self.assertIn([], [row["dkim"] for row in rows])
        size = sum(file.stat().st_size for file in SAMPLE.iterdir())
        self.assertLess(size, 400 * 1024)


if __name__ == "__main__":
    unittest.main()
