"""Canonicalization in its plainest form, read from the RFC and from nobody's code. [RFC6376 3.4]

Works on the network form: fields without their last CRLF, lines that end with CRLF.
"""

import re

WSP = b" \t"
UNFOLD = re.compile(rb"\r\n(?=[ \t])")
RUN = re.compile(rb"[ \t]+")


def split_message(octets):
    """(fields, separator, body). A field keeps its folding, and no CRLF at its end."""
    lines = octets.split(b"\r\n")
    fields, number = [], 0
    while number < len(lines) and lines[number]:
        if lines[number][:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\r\n" + lines[number]
        else:
            fields.append(lines[number])
        number += 1
    # What ends without an empty line has no body; a final CRLF leaves an empty last piece.
    if number >= len(lines) - 1:
        return fields, b"", b""
    return fields, b"\r\n", b"\r\n".join(lines[number + 1 :])


def join_message(fields, separator, body):
    return b"".join(field + b"\r\n" for field in fields) + separator + body


def name_of(field):
    return field.split(b":", 1)[0].rstrip(WSP).lower() if b":" in field else b""


def relaxed_field(field):
    """[RFC6376 3.4.2]"""
    name, value = field.split(b":", 1)
    value = RUN.sub(b" ", UNFOLD.sub(b"", value)).strip(WSP)
    return name.rstrip(WSP).lower() + b":" + value


def canonical_field(canon, field):
    return field if canon == "simple" else relaxed_field(field)


def canonical_body(canon, body):
    """[RFC6376 3.4.3] [RFC6376 3.4.4]"""
    lines = body.split(b"\r\n")
    if canon == "relaxed":
        lines = [RUN.sub(b" ", line).rstrip(WSP) for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return b"\r\n" if canon == "simple" else b""
    return b"\r\n".join(lines) + b"\r\n"


def selected_fields(fields, names, own):
    """The fields that h= selects, bottom up; the signature itself is none. [RFC6376 5.4.2]"""
    left = {}
    for place, field in enumerate(fields):
        if place != own:
            left.setdefault(name_of(field), []).append(field)
    chosen = []
    for name in names:
        instances = left.get(name.lower())
        if instances:
            chosen.append(instances.pop())
    return chosen


def header_input(canon, fields, names, own, own_without_b):
    """What the signature is made over. [RFC6376 3.7]"""
    chosen = selected_fields(fields, names, own)
    lines = [canonical_field(canon, field) + b"\r\n" for field in chosen]
    return b"".join(lines) + canonical_field(canon, own_without_b)


def without_b(field):
    """The signature field with the value of b= taken out. [RFC6376 3.5]"""
    name, value = field.split(b":", 1)
    tags = value.split(b";")
    for place, tag in enumerate(tags):
        tag_name, equals, _ = tag.partition(b"=")
        if equals and tag_name.strip(b" \t\r\n") == b"b":
            tags[place] = tag_name + equals
    return name + b":" + b";".join(tags)
