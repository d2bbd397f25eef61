#!/usr/bin/env python3
"""The makers of mutated messages make what they say, and the tables speak of what there is."""

import base64
import pathlib
import random as randoms
import re
import sys
import unittest

from causes import CAUSES, same_cause
from comparison import read_table
from interop import absent
from not_comparable import NOT_COMPARABLE, reason_not_to_compare

try:
    from mutation import canonical
    from mutation.case import MUTATIONS, STAGES
    from mutation.combination import can_be_combined, combination, part_of
    from mutation.generator import TURN, Generator
    from mutation.key_mutations import RECORDS
    from mutation.signature import Meaning, body_digest, encode, signed_octets
    from mutation.signing_keys import KEYS
except ModuleNotFoundError as missing:
    sys.exit(absent(missing.name, "python3-cryptography and python3-nacl"))

HERE = pathlib.Path(__file__).resolve().parent
# One of each kind, and those with several.
ROUND = len(MUTATIONS) * TURN // (TURN - 1)


class Canonicalization(unittest.TestCase):
    """The example of [RFC6376 3.4.5], and the hashes of [RFC6376 3.4.3] and [RFC6376 3.4.4]."""

    FIELDS = [b"A: X", b"B : Y\t\r\n\tZ  "]
    BODY = b" C \r\nD \t E\r\n\r\n\r\n"

    def test_fields(self):
        relaxed = [canonical.canonical_field("relaxed", field) for field in self.FIELDS]
        self.assertEqual([b"a:X", b"b:Y Z"], relaxed)
        simple = [canonical.canonical_field("simple", field) for field in self.FIELDS]
        self.assertEqual(self.FIELDS, simple)

    def test_bodies(self):
        for canon, body, expected in (
            ("relaxed", self.BODY, b" C\r\nD E\r\n"),
            ("simple", self.BODY, b" C \r\nD \t E\r\n"),
            ("simple", b"", b"\r\n"),
            ("simple", b"\r\n\r\n", b"\r\n"),
            ("simple", b" \r\n", b" \r\n"),
            ("simple", b"a", b"a\r\n"),
            ("relaxed", b"", b""),
            ("relaxed", b" \r\n\t\r\n", b""),
            ("relaxed", b"a \t", b"a\r\n"),
            ("relaxed", b"a\rb\r", b"a\rb\r\r\n"),
        ):
            with self.subTest(canon=canon, body=body):
                self.assertEqual(expected, canonical.canonical_body(canon, body))

    def test_published_hashes_of_the_empty_body(self):
        for canon, hash_name, expected in (
            ("simple", "sha1", "uoq1oCgLlTqpdDX/iUbLy7J1Wic="),
            ("simple", "sha256", "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="),
            ("relaxed", "sha1", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
            ("relaxed", "sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ):
            with self.subTest(canon=canon, hash_name=hash_name):
                meaning = Meaning("simple", canon, hash_name, [])
                self.assertEqual(expected, encode(body_digest(meaning, b"")))

    def test_fields_are_selected_from_the_bottom_up(self):
        fields = [b"x: 1", b"dkim-signature: b=", b"X: 2", b"y: 3"]
        chosen = canonical.selected_fields(
            fields, [b"x", b"y", b"X", b"x", b"z", b"dkim-signature"], 1
        )
        self.assertEqual([b"X: 2", b"y: 3", b"x: 1"], chosen)  # [RFC6376 5.4.2]

    def test_only_the_value_of_b_is_taken_out(self):
        for field, expected in (
            (b"S: a=b; b=QUJD; bh=x", b"S: a=b; b=; bh=x"),
            (b"S: b\r\n =\tQ U \r\n ;u=b=c", b"S: b\r\n =;u=b=c"),
            (b"S: bh=b; B=x; b=y", b"S: bh=b; B=x; b="),
        ):
            self.assertEqual(expected, canonical.without_b(field))

    def test_messages_are_cut_and_joined(self):
        for octets, parts in (
            (b"a: b\r\n c\r\nd: e\r\n\r\nf\r\n", ([b"a: b\r\n c", b"d: e"], b"\r\n", b"f\r\n")),
            (b"a: b\r\n\r\n", ([b"a: b"], b"\r\n", b"")),
            (b"a: b\r\n", ([b"a: b"], b"", b"")),
            (b"junk\r\na: b\r\n\r\n\r\n", ([b"junk", b"a: b"], b"\r\n", b"\r\n")),
        ):
            with self.subTest(octets=octets):
                self.assertEqual(parts, canonical.split_message(octets))
                self.assertEqual(octets, canonical.join_message(*parts))


class Generated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = [Generator("1").message(index) for index in range(ROUND)]

    def test_equal_seeds_give_equal_octets_and_others_do_not(self):
        again, other = Generator("1"), Generator("2")
        places = range(0, ROUND, 7)
        differing = 0
        for index in places:
            self.assertEqual(self.made[index], again.message(index))
            differing += self.made[index].stored != other.message(index).stored
        # Of published messages there are few, so some come again.
        self.assertGreater(differing, 0.9 * len(places))

    def test_each_kind_comes_in_its_turn(self):
        single = [made.kind for made in self.made if "+" not in made.kind]
        twice = [one.kind for one in MUTATIONS] * 2
        self.assertEqual(twice[: len(single)], single)
        self.assertGreater(len(single), len(MUTATIONS) - TURN)
        self.assertGreater(ROUND - len(single), ROUND // (TURN + 1))
        self.assertEqual(set(STAGES), {one.stage for one in MUTATIONS})

    def test_each_kind_cites_its_rule(self):
        for one in MUTATIONS:
            self.assertRegex(one.rule, r"^\[RFC\d+ [0-9.]+\]$")

    def test_only_what_is_about_storage_or_line_ends_is_given_otherwise_to_peers(self):
        differing = {made.kind for made in self.made if made.stored != made.sent}
        self.assertEqual({"stored-lf", "stored-lf-body", "stored-mixed"}, differing)
        for made in self.made:
            if made.kind.startswith("stored-"):
                self.assertEqual(made.sent, re.sub(rb"\r?\n", b"\r\n", made.stored))

    def test_verdicts_are_of_every_sort(self):
        expected = [made.expected for made in self.made]
        for word in ("pass", "fail/body-hash-mismatch", "fail/signature-mismatch"):
            self.assertGreater(expected.count(word), 5, word)
        self.assertGreater(len(set(expected)), 25)

    def test_what_a_plain_signer_signs_verifies_with_the_published_key(self):
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        generator, checked = Generator("3"), 0
        for index in range(0, 10 * TURN * len(MUTATIONS), TURN * len(MUTATIONS)):
            made = generator.message(index)
            self.assertEqual("as-signed", made.kind)
            fields, _, body = canonical.split_message(made.sent)
            place = next(i for i, f in enumerate(fields) if f.startswith(b"DKIM-Signature"))
            text = "".join(fields[place].split(b":", 1)[1].decode().split())
            tags = dict(pair.split("=", 1) for pair in text.split(";"))
            key = KEYS[RECORDS[tags["s"]][0]]
            if key.type != "rsa":
                continue
            meaning = Meaning(*tags["c"].split("/"), "sha256",
                              [name.encode().lower() for name in tags["h"].split(":")])
            self.assertEqual(tags["bh"], encode(body_digest(meaning, body)))
            octets = signed_octets(meaning, fields, place)
            key.private.public_key().verify(
                base64.b64decode(tags["b"]), octets, padding.PKCS1v15(),
                hashes.SHA256())
            checked += 1
        self.assertGreater(checked, 3)


class Combinations(unittest.TestCase):
    def test_parts_are_changed_once_before_the_signing_and_nothing_is_refused(self):
        random = randoms.Random(1)
        for _ in range(200):
            before, after = combination(random)
            self.assertTrue(before)
            self.assertGreater(len(before + after), 1)
            parts = [part_of(one) for one in before]
            self.assertEqual(len(set(parts)), len(parts))
            self.assertTrue(all(can_be_combined(one) for one in before + after))
            stages = [one.stage for one in before]
            self.assertEqual(sorted(stages), stages)  # "message" before "sign"
            self.assertLessEqual({one.stage for one in after}, {"transit"})


class Tables(unittest.TestCase):
    def test_rows_name_kinds_that_there_are(self):
        kinds = {one.kind for one in MUTATIONS}
        rows = read_table((HERE / "mutation_differences.tsv").read_text(encoding="ascii"))
        self.assertGreater(len(rows), 50)
        for row in rows:
            for fact, values in row.conditions:
                if fact == "kind":
                    unknown = set(values.removeprefix("!").split("|")) - kinds
                    self.assertEqual(set(), unknown, row.name)

    def test_rows_are_about_peers_that_there_are(self):
        for table in ("known_differences.tsv", "mutation_differences.tsv"):
            rows = read_table((HERE / table).read_text(encoding="ascii"))
            self.assertLessEqual({row.peer for row in rows}, set(CAUSES))

    def test_what_is_not_compared_is_a_kind_and_has_a_reason(self):
        kinds = {one.kind for one in MUTATIONS}
        self.assertEqual(set(CAUSES), set(NOT_COMPARABLE))
        for reasons in NOT_COMPARABLE.values():
            self.assertLessEqual(set(reasons), kinds)
            self.assertTrue(all(reasons.values()))
        rows = read_table((HERE / "mutation_differences.tsv").read_text(encoding="ascii"))
        for peer, kind, is_compared in (
            ("dkimpy", "as-signed", True),
            ("dkimpy", "h-own-field", True),
            ("dkimpy", "h-own-field+b-folded", False),
            ("dkimpy", "h-folded+b-folded", True),
            ("dkimpy", "key-behind-text", False),
            ("Mail::DKIM", "key-behind-text", True),
            ("Mail::DKIM", "bh-spare-bits+b-folded", True),
            ("libopendkim", "bh-spare-bits+b-folded", False),
        ):
            with self.subTest(peer=peer, kind=kind):
                self.assertEqual(is_compared, reason_not_to_compare(peer, kind, rows) is None)

    def test_causes_are_matched_as_a_whole(self):
        for peer, words, reason, same in (
            ("libopendkim", "key revoked", "key-revoked", True),
            ("libopendkim", "key revoked!", "key-revoked", False),
            ("libopendkim", "key revoked", "key-revoked-twice", False),
            ("libopendkim", "key revoked", None, False),
            ("Mail::DKIM", "", "bad-selector", True),
            ("Mail::DKIM", "", "bad-domain", False),
            ("nobody", "key revoked", "key-revoked", False),
        ):
            self.assertEqual(same, same_cause(peer, words, reason), words)


if __name__ == "__main__":
    unittest.main()
