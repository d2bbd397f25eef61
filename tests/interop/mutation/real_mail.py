"""Signed mail of other projects' suites, read at test time; absent suites give nothing."""

import base64
import json
import os
import pathlib
import re

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mutation.canonical import split_message
from mutation.signature import body_digest, encode, meaning_of, signature_places, signed_octets
from mutation.signing_keys import HASHES

HERE = pathlib.Path(__file__).resolve().parent
DEFAULT = HERE.parents[2].parent / "shared" / "conformance"
LARGEST = 60000
LEAST_KEY_BITS = 1024


def conformance_dir():
    return pathlib.Path(os.environ.get("MAILASSAY_CONFORMANCE_DIR") or DEFAULT)


def wire(octets):
    return re.sub(rb"\r?\n", b"\r\n", octets)


def zones(root):
    """{name: [TXT, ...]} of the suites that come with their DNS."""
    for path in ("mail-dkim/dns.json", "james-jdkim/dns.json"):
        if (root / path).is_file():
            yield json.loads((root / path).read_text())
    for path in ("go-msgauth/EXPECTED.json", "java-utils-mail-dkim/EXPECTED.json"):
        if (root / path).is_file():
            yield json.loads((root / path).read_text())["dns"]


def real_records():
    """{name: text}. Two suites use one name for two keys; the first is taken."""
    records = {}
    for zone in zones(conformance_dir()):
        for name, types in zone.items():
            texts = types.get("TXT") if isinstance(types, dict) else None
            # A word instead of a list is a fault of DNS.
            if isinstance(texts, list) and len(texts) == 1 and "\n" not in texts[0]:
                records.setdefault(name.lower().rstrip("."), texts[0])
    return records


def real_messages():
    """[(name, octets)] in the order of their names."""
    root = conformance_dir()
    patterns = (
        "mail-dkim/corpus/*.txt",
        "james-jdkim/corpus/*.eml",
        "go-msgauth/*.eml",
        "java-utils-mail-dkim/sha*/*.txt",
        "dkimpy/dkim/tests/data/*.message",
        "dkimpy/dkim/tests/data/*.msg",
    )
    found = []
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            octets = wire(path.read_bytes())
            if b"\r\n\r\n" in octets and len(octets) < LARGEST:
                found.append((path.relative_to(root).as_posix(), octets))
    return found


def tags_of(text):
    """{name: value without white space} of a tag list that is in order."""
    pairs = (piece.partition("=") for piece in text.split(";"))
    return {name.strip(): "".join(value.split()) for name, _, value in pairs}


def verifies(fields, place, body, records):
    """True if a signature of today's form verifies: rsa-sha256 with a key of 1024 bits or more."""
    tags = tags_of(fields[place].split(b":", 1)[1].decode("latin-1"))
    record = records.get(f"{tags.get('s')}._domainkey.{tags.get('d')}".lower())
    if tags.get("v") != "1" or tags.get("a") != "rsa-sha256" or "x" in tags or not record:
        return False
    meaning = meaning_of(fields[place])
    if encode(body_digest(meaning, body)) != tags.get("bh"):
        return False
    try:
        key = load_der_public_key(base64.b64decode(tags_of(record).get("p", "")))
        if key.key_size < LEAST_KEY_BITS:
            return False
        octets = signed_octets(meaning, fields, place)
        key.verify(base64.b64decode(tags["b"]), octets, padding.PKCS1v15(), HASHES["sha256"])
    except (ValueError, AttributeError, UnsupportedAlgorithm, InvalidSignature):
        return False
    return True


def verified_originals():
    """[(name, octets, number of the signature)] of what verifies as it was published."""
    records, found = real_records(), []
    for name, octets in real_messages():
        fields, _, body = split_message(octets)
        for number, place in enumerate(signature_places(fields)):
            if verifies(fields, place, body, records):
                found.append((name, octets, number))
    return found
