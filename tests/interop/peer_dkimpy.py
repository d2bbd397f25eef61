#!/usr/bin/env python3
"""Verifies stored messages with dkimpy and prints what it says of every signature.

    peer_dkimpy.py KEYS MESSAGES

The files and the rows are those of peer_libopendkim.cpp. Ends with 77 if dkimpy or nacl is absent.
"""

import json
import logging
import pathlib
import re
import sys

try:
    import dkim
    import nacl  # noqa: F401  Ed25519 in dkimpy
except ImportError as missing:
    print(f"peer_dkimpy.py: {missing}", file=sys.stderr)
    sys.exit(77)

# RSA keys of 1024 bits are not yet too short. [RFC8301 3.2]
LEAST_KEY_BITS = 1024
ALTERED_BODY = "body hash mismatch"


class ReceiptClock:
    """Stands for the module time inside dkimpy, so that x= is compared with the receipt.

    [RFC6376 3.5 x=] dkimpy allows ten hours of leeway and mkcorpus stays clear of it.
    """

    now = 0

    def time(self):
        return self.now


class LastError(logging.Handler):
    """Keeps what dkimpy logs as an error: it returns False then, as for a wrong signature."""

    words = ""

    def emit(self, record):
        if record.levelno >= logging.ERROR:
            self.words = record.getMessage()


def read_keys(path):
    lines = pathlib.Path(path).read_bytes().splitlines()
    return {name.lower(): text for name, text in (line.split(b" ", 1) for line in lines)}


def parsed(message, logger):
    try:
        return dkim.DKIM(message, logger=logger, minkey=LEAST_KEY_BITS)
    except dkim.DKIMException:
        return None


def tags_of(field_value):
    try:
        return dkim.util.parse_tag_value(field_value)
    except dkim.util.InvalidTagValueList:
        return {}


def outcome(verifier, place, keys, errors):
    """Verdict, words, body hash."""

    def look_up(name, timeout=5):
        return keys.get(name.lower().rstrip(b"."))

    errors.words = ""
    try:
        if verifier.verify(idx=place, dnsfunc=look_up):
            return "pass", "", "match"
    except dkim.DKIMException as error:
        words = str(error)
        if words.startswith(ALTERED_BODY):
            return "fail", ALTERED_BODY, "mismatch"
        return "other", words, None
    except Exception as error:  # what it was not prepared for in the field
        return "other", f"{type(error).__name__}: {error}", None
    if errors.words:
        return "other", errors.words, None
    # The body hash is compared before the signature is looked at.
    return "fail", "", "match"


def rows_of(message, keys, logger, errors):
    verifier = parsed(message, logger)
    if verifier is None:
        return
    fields = [value for name, value in verifier.headers if name.lower() == b"dkim-signature"]
    for place, value in enumerate(fields):
        tags = tags_of(value)
        verdict, detail, body_hash = outcome(verifier, place, keys, errors)
        yield {
            "signature": place,
            "domain": tags.get(b"d", b"").decode("latin-1"),
            "selector": tags.get(b"s", b"").decode("latin-1"),
            "b": re.sub(r"\s", "", tags.get(b"b", b"").decode("latin-1"))[:8],
            "verdict": verdict,
            "detail": detail,
            "body_hash": body_hash,
        }


def main():
    if len(sys.argv) != 3:
        print("usage: peer_dkimpy.py KEYS MESSAGES", file=sys.stderr)
        return 2
    keys = read_keys(sys.argv[1])
    clock, errors = ReceiptClock(), LastError()
    dkim.time = clock
    logger = logging.Logger("dkimpy", logging.ERROR)
    logger.addHandler(errors)
    for line in pathlib.Path(sys.argv[2]).read_text().splitlines():
        number, received_at, path = line.split("\t", 2)
        clock.now = int(received_at)
        for row in rows_of(pathlib.Path(path).read_bytes(), keys, logger, errors):
            print(json.dumps({"message": int(number), **row}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
