"""Makes the messages: each is a base, a mutation and a signature, all from one seed.

What has to come out is known without any verifier: either the rule of the mutation says so, or the
octets that were signed are compared with those that a verifier has to hash.
"""

import dataclasses
import random as randoms
import re

from mutation import field_mutations, list_mutations, message_mutations  # noqa: F401
from mutation import transit_mutations  # noqa: F401  they register themselves
from mutation.canonical import canonical_body, join_message, split_message
from mutation.case import MUTATIONS, Case, plain_draft
from mutation.combination import combination
from mutation.key_mutations import PLAIN_SELECTORS, RECORDS
from mutation.made_mail import made_message
from mutation.real_mail import real_messages, verified_originals
from mutation.signature import (
    body_digest,
    meaning_of,
    sign,
    signature_places,
    signed_octets,
)

KEY_WEIGHTS = {"rsa1024": 50, "rsa2048": 30, "ed25519": 17, "rsa4096": 3}
COMBINED = "+"  # between the kinds of one message
SHARE_OF_REAL_MAIL = 0.4
# Every so many messages, one has several mutations.
TURN = 5
# A kind with a twin that is called "-l" goes without l=, and the twin with it.
SHARE_WITH_LENGTH = 0.25
KINDS = {mutation.kind for mutation in MUTATIONS}


@dataclasses.dataclass(frozen=True)
class Made:
    """One message: what is stored, what is sent to peers, and what its signature has to be."""

    kind: str
    stage: str
    rule: str
    base: str
    number: int
    stored: bytes
    sent: bytes
    # None: the signature itself is not found any more.
    expected: str | None


class Generator:
    def __init__(self, seed):
        self.seed = seed
        self.real = [
            (name, parts) for name, octets in real_messages() if (parts := unsigned(octets))
        ]
        self.originals = by_suite(verified_originals())

    def message(self, index):
        """Every mutation in turn, so that each comes as often as any other."""
        random = randoms.Random(f"{self.seed}/{index}")
        turn, place = divmod(index, TURN)
        if place == TURN - 1:
            return self._combined(random)
        mutation = MUTATIONS[(turn * (TURN - 1) + place) % len(MUTATIONS)]
        if mutation.stage == "transit":
            return self._in_transit(mutation, random)
        # Records have their own key; another a= would have to fit it.
        rsa_only = mutation.stage == "record" or mutation.kind.startswith("a-")
        base, case = self._plain(random, rsa_only)
        mutation.change(case)
        finish_draft(case)
        put_signature(case)
        return made(mutation, base, case, mutation.expected or "pass")

    def _combined(self, random):
        base, case = self._plain(random, False)
        before, after = combination(random)
        for mutation in before:
            mutation.change(case)
        finish_draft(case)
        put_signature(case)
        meaning = case.draft.meaning
        case.signed = tuple(meaning.names)
        signed = what_is_signed(meaning, case)
        for mutation in after:
            mutation.change(case)
        together = dataclasses.replace(
            (before + after)[0], kind=COMBINED.join(one.kind for one in before + after)
        )
        return made(together, base, case, verdict(meaning, signed, case))

    def _in_transit(self, mutation, random):
        of_others = self.originals and random.random() < SHARE_OF_REAL_MAIL
        if of_others and not mutation.kind.endswith("-l"):
            base, octets, number = random.choice(random.choice(self.originals))
            fields, separator, body = split_message(octets)
            case = Case(random, fields, body, separator=separator, number=number)
            meaning = meaning_of(case.fields[case.own])
        else:
            base, case = self._plain(random, False)
            meaning = case.draft.meaning
            if mutation.kind.endswith("-l") or (
                mutation.kind + "-l" not in KINDS and random.random() < SHARE_WITH_LENGTH
            ):
                meaning.length = len(canonical_body(meaning.body_canon, case.body))
                case.draft.set("l", str(meaning.length))
            finish_draft(case)
            put_signature(case)
        case.signed = tuple(meaning.names)
        signed = what_is_signed(meaning, case)
        mutation.change(case)
        return made(mutation, base, case, verdict(meaning, signed, case))

    def _plain(self, random, rsa_only):
        if self.real and random.random() < SHARE_OF_REAL_MAIL:
            base, (fields, body) = random.choice(self.real)
            fields = list(fields)
        else:
            base, (fields, body) = "made", made_message(random)
        keys = list(KEY_WEIGHTS)
        key = random.choices(keys, KEY_WEIGHTS.values())[0]
        key = "rsa1024" if rsa_only else key
        case = Case(random, fields, body, draft=plain_draft(random, fields, key))
        case.record = PLAIN_SELECTORS[key]
        case.draft.set("s", case.record)
        return base, case


def by_suite(originals):
    """Lists of originals, so that a suite of many messages is not taken more often than others."""
    suites = {}
    for original in originals:
        suites.setdefault(original[0].split("/")[0], []).append(original)
    return list(suites.values())


def unsigned(octets):
    """(fields, body) without the signatures of others; None for what has no From.

    The last line is closed: what peers do with an open one is for mutations to ask.
    """
    fields, separator, body = split_message(octets)
    places = signature_places(fields)
    kept = [field for place, field in enumerate(fields) if place not in places]
    has_from = any(field.lower().startswith(b"from:") for field in kept)
    body += b"" if not body or body.endswith(b"\r\n") else b"\r\n"
    return (kept, body) if separator and has_from else None


def finish_draft(case):
    """Signs with the key of the record that the mutation has chosen."""
    draft = case.draft
    key = RECORDS[case.record][0]
    if key == draft.key and case.record in PLAIN_SELECTORS.values():
        return
    draft.key = key
    draft.set("s", case.record)
    draft.set("a", "ed25519-sha256" if key == "ed25519" else "rsa-sha256")


def put_signature(case):
    # A file that has a control octet in its first line is no mail for mailassay.
    first_line = case.draft.field().replace(b"\r\n", b"")
    has_control = re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", first_line)
    place = 1 if has_control else case.random.choice((0, 0, 1))
    case.fields = sign(case.draft, case.fields, case.body, min(place, len(case.fields)))


def what_is_signed(meaning, case):
    return (
        signed_octets(meaning, case.fields, case.own),
        body_digest(meaning, case.body),
    )


def verdict(meaning, signed, case):
    """Compares what was signed with what is there now. [RFC6376 3.7] [RFC6376 3.5 l=]"""
    octets = join_message(case.fields, case.separator, case.body)
    fields, _, body = split_message(octets)
    if len(signature_places(fields)) <= case.number:
        return None
    size = len(canonical_body(meaning.body_canon, body))
    if meaning.length is not None and meaning.length > size:
        return "permerror/body-length-exceeds"
    own = signature_places(fields)[case.number]
    if body_digest(meaning, body) != signed[1]:
        return "fail/body-hash-mismatch"
    return "pass" if signed_octets(meaning, fields, own) == signed[0] else "fail/signature-mismatch"


def made(mutation, base, case, expected):
    octets = join_message(case.fields, case.separator, case.body)
    return Made(
        mutation.kind,
        mutation.stage,
        mutation.rule,
        base,
        case.number,
        octets if case.stored is None else case.stored,
        octets if case.sent is None else case.sent,
        expected,
    )
