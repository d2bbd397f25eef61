#!/usr/bin/env python3
"""ARC chains through the whole program: rows, limits, trust, explain. The mail is of mkcorpus."""

import pathlib
import subprocess
import unittest

from program import Case, MKCORPUS, PLAIN, SAMPLE_DNS, SAMPLE_MBOX, call, mbox, read_rows


class Arc(Case):
    def setUp(self):
        super().setUp()
        corpus = pathlib.Path(self.path("corpus"))
        subprocess.run([MKCORPUS, "--messages", "120", "--seed", "5", "--small", "--arc",
                        "--out", corpus], check=True, capture_output=True)
        self.mbox = str(corpus / "mail.mbox")
        self.dns = str(corpus / "dns.ndjson")
        self.truth = read_rows((corpus / "truth.ndjson").read_bytes())

    def chains(self, *flags, dns=None):
        rows = self.scan("--dns", dns or self.dns, *flags, self.mbox).rows()
        return [row["arc"] for row in rows]

    def without_keys(self):
        """The recording without the keys of sealers: no evidence."""
        kept = [line for line in pathlib.Path(self.dns).read_bytes().splitlines(True)
                if b'"arc-' not in line]
        return self.write("no-arc-keys.ndjson", b"".join(kept))

    def index_of(self, kind, sets=None):
        return next(truth["index"] for truth in self.truth if truth["arc"]["kind"] == kind
                    and sets in (None, truth["arc"]["instances"]))

    def test_rows_agree_with_the_truth(self):
        for chain, truth in zip(self.chains(), self.truth):
            expected = {key: truth["arc"][key] for key in
                        ("result", "reason", "instances", "oldest_pass", "sealers")}
            self.assertEqual(chain, {**expected, "trusted": None})

    def test_without_keys_it_is_undetermined_and_fail_only_when_asked(self):
        dns = self.without_keys()
        plain = self.chains(dns=dns)
        in_rfc_words = self.chains("--arc-rfc-wording", dns=dns)
        results = {chain["result"] for chain in plain}
        self.assertEqual(results, {"none", "fail", "undetermined"})
        self.assertEqual({chain["result"] for chain in in_rfc_words}, {"none", "fail"})
        for one, other in zip(plain, in_rfc_words):
            self.assertEqual({**one, "result": "x"}, {**other, "result": "x"})
            if one["result"] == "undetermined":
                self.assertIn(one["reason"], ("message-signature-unknown", "seal-unknown"))

    def test_summary_in_both_wordings(self):
        dns = self.without_keys()
        for flags, present in (((), True), (("--arc-rfc-wording",), False)):
            done = self.scan("--dns", dns, *flags, "--output", self.path("rows"), self.mbox)
            self.assertIn("ARC chains", done.err)
            self.assertEqual("  undetermined  " in done.err, present, done.err)
        done = self.scan("--dns", SAMPLE_DNS, "--output", self.path("rows2"), SAMPLE_MBOX)
        self.assertNotIn("ARC chains", done.err)

    def test_trusted_sealers(self):
        sealers = sorted({name for truth in self.truth for name in truth["arc"]["sealers"]})
        flags = [flag for name in sealers for flag in ("--trust-sealer", name)]
        for chain in self.chains(*flags):
            expected = None if chain["instances"] == 0 else chain["result"] == "pass"
            self.assertEqual(chain["trusted"], expected, chain)
        one = self.chains("--trust-sealer", sealers[0].upper())
        trusted = [chain for chain in one if chain["trusted"]]
        self.assertTrue(trusted)
        self.assertEqual({name for chain in trusted for name in chain["sealers"]}, {sealers[0]})

    def test_sets_at_the_limit_and_one_past(self):
        for limit in (3, 2):
            for chain, truth in zip(self.chains("--max-arc-sets", str(limit)), self.truth):
                if truth["arc"]["instances"] > limit:
                    self.assertEqual((chain["result"], chain["reason"]),
                                     ("undetermined", "sets-over-limit"))
                else:
                    self.assertEqual(chain["result"], truth["arc"]["result"])

    def test_signatures_at_the_limit_and_one_past(self):
        path = self.write("three", mbox(b"DKIM-Signature: v=1\n" * 3 + PLAIN))
        for limit, cut in ((4, 0), (3, 0), (2, 1), (1, 1)):
            row, = self.scan("--max-signatures", str(limit), path).rows()
            reasons = [entry["reason"] for entry in row["dkim"]]
            self.assertEqual(reasons, ["missing-tag"] * min(limit, 3) +
                             ["too-many-signatures"] * cut)

    def test_sets_in_the_evidence(self):
        for chain in self.chains("--evidence"):
            if chain["reason"] in (None, "seal-fails", "message-signature-fails"):
                self.assertEqual([entry["instance"] for entry in chain["sets"]],
                                 list(range(1, chain["instances"] + 1)))
                self.assertEqual([entry["seal"]["domain"] for entry in chain["sets"]],
                                 chain["sealers"])

    def test_the_run_record_counts_chains(self):
        rows, record = self.run_record("--dns", self.dns, self.mbox)
        chains = [row["arc"] for row in rows if row["arc"]["instances"]]
        self.assertEqual(sum(record["arc"].values()), len(chains))
        self.assertEqual(record["arc"]["pass"], sum(c["result"] == "pass" for c in chains))

    def test_evidence_names_the_keys_of_chains(self):
        for row in self.scan("--dns", self.dns, self.mbox).rows():
            keys = {(entry["selector"], entry["domain"]) for entry in row["dkim"]}
            if row["arc"]["reason"] in (None, "seal-fails", "message-signature-fails"):
                keys |= {("arc", name) for name in row["arc"]["sealers"]}
            # SPF and DMARC ask for more.
            self.assertGreaterEqual(len(row["evidence"]), len(keys))

    def test_explain_tells_the_chain(self):
        for kind, said in (("whole", "  = pass: the chain verifies [RFC8617 5.2]"),
                           ("changed-between", "the message signature before it"),
                           ("seal-broken", "  = fail (seal-fails)"),
                           ("field-dropped", "ARC-Authentication-Results is missing"),
                           ("sealed-as-failed", "cv=fail")):
            done = call("explain", "--offline", "--dns", self.dns, self.mbox,
                        "--index", self.index_of(kind))
            self.assertEqual(done.code, 0, done.err)
            text = done.out.decode()
            self.assertIn("\nARC chain: ", text)
            self.assertIn(said, text)
        done = call("explain", "--offline", "--dns", self.dns, self.mbox,
                    "--index", self.index_of("none"))
        self.assertNotIn(b"ARC chain: ", done.out)
        trusting = call("explain", "--offline", "--dns", self.dns, self.mbox, "--index",
                        self.index_of("whole"), "--trust-sealer",
                        self.truth[self.index_of("whole")]["arc"]["sealers"][-1])
        self.assertIn(b"trusted sealers from set", trusting.out)

    def test_a_header_that_is_too_large_has_null(self):
        path = self.write("large", mbox(b"ARC-Seal: i=1\n" + PLAIN))
        row, = self.scan("--max-header", "16", path).rows()
        self.assertIsNone(row["arc"])
        row, = self.scan(path).rows()
        self.assertEqual((row["arc"]["result"], row["arc"]["reason"]), ("fail", "missing-field"))


if __name__ == "__main__":
    unittest.main()
