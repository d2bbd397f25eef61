"""A DKIM-Signature field as a list of pieces of text, and the signing of it. [RFC6376 3.5]

What the field says and what the signer does are two things: a mutation may write c= in a strange
form, or leave it out, and the signer still knows what it means.
"""

import base64
import dataclasses
import hashlib

from mutation.canonical import canonical_body, header_input, name_of, without_b
from mutation.signing_keys import KEYS

DOMAIN = "sign.example"


@dataclasses.dataclass
class Tag:
    """lead name gap = value trail, as written between two semicolons."""

    name: str
    value: str = ""
    lead: str = " "
    gap: str = ""
    trail: str = ""
    equals: str = "="

    def text(self):
        return f"{self.lead}{self.name}{self.gap}{self.equals}{self.value}{self.trail}"


@dataclasses.dataclass
class Meaning:
    """How the signer canonicalizes and hashes; also what a verifier has to find in the field."""

    header_canon: str
    body_canon: str
    hash_name: str
    names: list
    length: int | None = None


@dataclasses.dataclass
class Draft:
    meaning: Meaning
    key: str
    tags: list
    field_name: str = "DKIM-Signature:"
    end: str = ""
    # b= and bh= as written, from their base64.
    write_b: object = str
    write_bh: object = str

    def tag(self, name):
        return next((tag for tag in self.tags if tag.name == name), None)

    def set(self, name, value):
        """Sets a tag, or adds it before b=."""
        tag = self.tag(name)
        if tag is None:
            place = next((i for i, one in enumerate(self.tags) if one.name == "b"), 0)
            tag = Tag(name)
            self.tags.insert(place, tag)
        tag.value = value
        return tag

    def drop(self, name):
        self.tags = [tag for tag in self.tags if tag.name != name]

    def field(self):
        text = self.field_name + ";".join(tag.text() for tag in self.tags) + self.end
        return text.encode("latin-1")


def encode(octets):
    return base64.b64encode(octets).decode()


def body_digest(meaning, body):
    octets = canonical_body(meaning.body_canon, body)
    if meaning.length is not None:
        octets = octets[: meaning.length]
    return hashlib.new(meaning.hash_name, octets).digest()


def signed_octets(meaning, fields, own):
    return header_input(
        meaning.header_canon, fields, meaning.names, own, without_b(fields[own])
    )


def sign(draft, fields, body, place=0):
    """The fields with the signature among them, at `place`."""
    declared = draft.tag("bh")
    if declared is not None and not declared.value:
        declared.value = draft.write_bh(encode(body_digest(draft.meaning, body)))
    signature = draft.tag("b")
    unsigned = fields[:place] + [draft.field()] + fields[place:]
    if signature is not None and not signature.value:
        octets = signed_octets(draft.meaning, unsigned, place)
        made = KEYS[draft.key].sign(octets, draft.meaning.hash_name)
        signature.value = draft.write_b(encode(made))
    return fields[:place] + [draft.field()] + fields[place:]


def meaning_of(field):
    """What an ordinary signature field means; for fields that somebody else wrote."""
    value = field.split(b":", 1)[1].decode("latin-1")
    tags = {}
    for piece in value.split(";"):
        name, _, text = piece.partition("=")
        tags[name.strip()] = "".join(text.split())
    header_canon, _, body_canon = tags.get("c", "simple").partition("/")
    return Meaning(
        header_canon,
        body_canon or "simple",
        tags.get("a", "").rpartition("-")[2],
        [name.encode("latin-1").lower() for name in tags.get("h", "").split(":")],
        int(tags["l"]) if tags.get("l", "").isdigit() else None,
    )


def signature_places(fields):
    return [place for place, field in enumerate(fields) if name_of(field) == b"dkim-signature"]
