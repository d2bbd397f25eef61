"""One message on its way through a mutation, and the register of mutations."""

import dataclasses
import re

from mutation.canonical import name_of
from mutation.made_mail import RECEIVED_AT
from mutation.signature import DOMAIN, Draft, Meaning, Tag, signature_places

# From is always signed; the others are no fields that a signer would take.
NOT_AT_RANDOM = (b"from", b"received", b"dkim-signature", b"return-path")
FTEXT = re.compile(rb"[!-9;-~]+")  # [RFC5322 3.6.8]


@dataclasses.dataclass
class Case:
    random: object
    fields: list
    body: bytes
    draft: Draft | None = None
    record: str = "plain"
    separator: bytes = b"\r\n"
    # Which of the signatures, from the top, the mutation is about, and the names that it signs.
    number: int = 0
    signed: tuple = ()
    # Octets as we store and as peers get them, where they are not those of the parts.
    stored: bytes | None = None
    sent: bytes | None = None

    @property
    def own(self):
        """The place of the signature among the fields."""
        return signature_places(self.fields)[self.number]


@dataclasses.dataclass(frozen=True)
class Mutation:
    kind: str
    stage: str  # sign, message, record, transit
    rule: str
    change: object
    # Result and reason of the signature; None: follows from the canonical octets.
    expected: str | None


MUTATIONS = []
STAGES = ("sign", "message", "record", "transit")


def add(stage, rule, rows):
    """Registers rows of (kind, expected, function of a Case)."""
    assert stage in STAGES
    for kind, expected, change in rows:
        assert all(kind != known.kind for known in MUTATIONS), kind
        MUTATIONS.append(Mutation(kind, stage, rule, change, expected))


def signable_names(fields):
    names = {}
    for field in fields:
        name = name_of(field)
        if FTEXT.fullmatch(name) and name not in NOT_AT_RANDOM:
            names[name] = None
    return list(names)


def plain_draft(random, fields, key):
    """A signature as a good signer would make it."""
    others = signable_names(fields)
    names = [b"from", *random.sample(others, k=min(random.randint(1, 8), len(others)))]
    names += random.choice(([], [], [b"from"], [b"sender"]))
    random.shuffle(names)
    header, body = (random.choice(("simple", "relaxed", "relaxed")) for _ in range(2))
    algorithm = "ed25519-sha256" if key == "ed25519" else "rsa-sha256"
    draft = Draft(
        Meaning(header, body, "sha256", names),
        key,
        [
            Tag("v", "1"),
            Tag("a", algorithm),
            Tag("c", f"{header}/{body}"),
            Tag("d", DOMAIN),
            Tag("s", "plain", lead=random.choice((" ", "\r\n\t", "\r\n "))),
            Tag("h", ":".join(name.decode("latin-1").title() for name in names)),
            Tag("bh", "", lead=random.choice((" ", "\r\n\t"))),
            Tag("b", "", lead=random.choice((" ", "\r\n "))),
        ],
    )
    if random.random() < 0.4:
        draft.set("t", str(RECEIVED_AT - 10))
    if random.random() < 0.2:
        draft.set("x", str(RECEIVED_AT + 600000))
    if random.random() < 0.5:
        draft.write_b = folded_base64(" " if random.random() < 0.5 else "\t")
    return draft


def folded_base64(blank, width=64):
    def write(text):
        pieces = [text[at : at + width] for at in range(0, len(text), width)]
        return ("\r\n" + blank).join(pieces)

    return write
