"""What happens to a message after it was signed; what it does to the verdict is computed."""

import re

from mutation.canonical import join_message, name_of, split_message
from mutation.case import add


def body(change):
    """`change` makes another body of a body."""

    def mutate(case):
        case.body = change(case.body)

    return mutate


def pick(case, test):
    places = [i for i, one in enumerate(case.fields) if name_of(one) and test(name_of(one))]
    return case.random.choice(places) if places else None


def is_signed(case):
    return lambda name: name in case.signed and name != b"dkim-signature"


def signed_field(change):
    """Changes one of the signed fields."""

    def mutate(case):
        place = pick(case, is_signed(case))
        if place is not None:
            case.fields[place] = change(case.fields[place])

    return mutate


def value(change):
    """Changes the value of a signed field."""

    def on_field(field):
        name, _, text = field.partition(b":")
        return name + b":" + change(text)

    return signed_field(on_field)


def own_field(change):
    def mutate(case):
        case.fields[case.own] = change(case.fields[case.own])

    return mutate


def inject(name, text, at):
    """A second field of a signed name, `at` top, bottom, above or below the first."""

    def mutate(case):
        places = [i for i, one in enumerate(case.fields) if name_of(one) == name]
        first = places[0] if places else 0
        place = {"top": 0, "bottom": len(case.fields), "above": first, "below": first + 1}[at]
        case.fields.insert(place, text)

    return mutate


def signature_above(case):
    case.fields.insert(0, OTHER_SIGNATURE)
    case.number += 1


def remove(test):
    def mutate(case):
        place = pick(case, test(case))
        if place is not None:
            del case.fields[place]

    return mutate


def swap(case):
    """Two neighbours change places."""
    place = case.random.randrange(len(case.fields) - 1)
    fields = case.fields
    fields[place], fields[place + 1] = fields[place + 1], fields[place]


def on_from(change):
    def mutate(case):
        for place, one in enumerate(case.fields):
            if name_of(one) == b"from":
                case.fields[place : place + 1] = change(one)
                return

    return mutate


def replace_once(text, old, new, random):
    places = [match.start() for match in re.finditer(re.escape(old), text)]
    if not places:
        return text
    at = random.choice(places)
    return text[:at] + new + text[at + len(old) :]


def body_at_random(old, new):
    def mutate(case):
        case.body = replace_once(case.body, old, new, case.random)

    return mutate


def flip_bit(case):
    """Of a letter or blank: a line end is another matter."""
    places = [at for at, octet in enumerate(case.body) if octet not in b"\r\n"]
    if places:
        at = case.random.choice(places)
        flipped = bytes([case.body[at] ^ 0x80])
        case.body = case.body[:at] + flipped + case.body[at + 1 :]


def store(write):
    """The wire has CRLF; `write` makes of it what the store keeps."""

    def mutate(case):
        case.stored = write(join_message(case.fields, case.separator, case.body), case.random)

    return mutate


def raw(write):
    """The same octets for everyone: a line end that is none on the wire. The last line is closed,
    which changes no canonical form."""

    def mutate(case):
        case.body += b"\r\n" if case.body and not case.body.endswith(b"\r\n") else b""
        octets = join_message(case.fields, case.separator, case.body)
        case.stored = case.sent = write(octets, case.random)

    return mutate


def one_lf(octets, random):
    """One of the line ends below the header loses its CR."""
    head, separator, text = octets.partition(b"\r\n\r\n")
    return head + separator + replace_once(text, b"\r\n", b"\n", random)


def lf_between_fields(octets, _random):
    """The line end between the last two fields loses its CR."""
    head, separator, text = octets.partition(b"\r\n\r\n")
    places = [match.start() for match in re.finditer(rb"\r\n(?![ \t])", head)]
    return head[: places[-1]] + head[places[-1] + 1 :] + separator + text


def to_lf(octets, _random):
    return octets.replace(b"\r\n", b"\n")


def mixed_line_ends(octets, random):
    pieces = octets.split(b"\r\n")
    return pieces[0] + b"".join(random.choice((b"\n", b"\r\n")) + piece for piece in pieces[1:])


def lf_body(octets, _random):
    head, separator, text = octets.partition(b"\r\n\r\n")
    return head + separator + text.replace(b"\r\n", b"\n")


def lost_separator(case):
    """The empty line is gone: the body is read as more of the header."""
    octets = join_message(case.fields, b"", case.body)
    case.fields, case.separator, case.body = split_message(octets)


def early_separator(case):
    """An empty line inside the header: what follows is body."""
    case.fields.insert(len(case.fields) - 1, b"")
    octets = join_message(case.fields, case.separator, case.body)
    case.fields, case.separator, case.body = split_message(octets)


def own_unknown(old, new):
    return own_field(lambda field: field.replace(old, new, 1))


FROM = b"From: mallory@evil.example"
RECEIVED = b"Received: from a by b; Wed, 01 Jan 2025 00:00:05 +0000"
OTHER_SIGNATURE = (
    b"DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=plain; h=from;"
    b" bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=QUJD"
)


def is_unsigned(case):
    signed = (*case.signed, b"dkim-signature", b"received")
    return lambda name: name not in signed


add("transit", "[RFC6376 3.4.1]", [
    ("value-blank-doubled", None, value(lambda text: text.replace(b" ", b"  ", 1))),
    ("value-blank-to-tab", None, value(lambda text: text.replace(b" ", b"\t"))),
    ("value-blank-behind", None, value(lambda text: text + b" \t")),
    ("value-blank-in-front", None, value(lambda text: b" \t" + text)),
    ("value-blank-gone", None, value(lambda text: text.lstrip(b" "))),
    ("value-refolded", None, value(lambda text: re.sub(rb"(?<!\n) ", b"\r\n ", text))),
    ("value-unfolded", None, value(lambda text: text.replace(b"\r\n", b""))),
    ("value-case", None, value(lambda text: text.swapcase())),
    ("value-letter", None, value(lambda text: text + b"x")),
    ("name-case", None, signed_field(lambda field: field[:1].swapcase() + field[1:])),
    ("name-blank-behind", None, signed_field(lambda field: field.replace(b":", b" :", 1))),
    ("name-blank-behind-from", None, on_from(lambda field: [field.replace(b":", b" :", 1)])),
    ("own-refolded", None, own_unknown(b";", b";\r\n\t")),
    ("own-blank", None, own_unknown(b"; ", b";  ")),
    ("own-tag-added", None, own_field(lambda field: field.rstrip(b"; \t\r\n") + b"; u=v")),
    ("own-semicolon-added", None, own_field(lambda field: field.rstrip(b"; \t\r\n") + b";")),
    ("own-name-case", None, own_unknown(b"DKIM-Signature", b"Dkim-Signature")),
    ("own-b-refolded", None, own_field(lambda field: re.sub(
        rb"(;\s*b=)([^;]*)", lambda m: m[1] + b"\r\n  ".join(m[2].split()), field))),
    ("own-b-spread", None, own_field(lambda field: re.sub(
        rb"(;\s*b=)([^;]{30})", lambda m: m[1] + m[2] + b" \r\n\t ", field))),
])
add("transit", "[RFC6376 5.4.2]", [
    ("from-above", None, inject(b"from", FROM, "top")),
    ("from-below", None, inject(b"from", FROM, "bottom")),
    ("subject-above", None, inject(b"subject", b"Subject: buy", "above")),
    ("subject-below", None, inject(b"subject", b"Subject: buy", "below")),
    ("received-above", None, inject(b"received", RECEIVED, "top")),
    ("unsigned-above", None, inject(b"x", b"X-Spam-Status: No", "top")),
    ("unsigned-below", None, inject(b"x", b"X-Spam-Status: No", "bottom")),
    ("oversigned-added", None, inject(b"sender", b"Sender: mallory@evil.example", "bottom")),
    ("signature-above", None, signature_above),
    ("signature-below", None, inject(b"x", OTHER_SIGNATURE, "bottom")),
    ("field-removed", None, remove(is_signed)),
    ("from-removed", None, on_from(lambda field: [])),
    ("unsigned-removed", None, remove(is_unsigned)),
    ("fields-swapped", None, swap),
])
add("transit", "[RFC6376 3.4.4]", [
    ("body-line-ends-added", None, body(lambda text: text + b"\r\n\r\n\r\n")),
    ("body-last-line-end-gone", None, body(lambda text: text.removesuffix(b"\r\n"))),
    ("body-line-ends-gone", None, body(lambda text: text.rstrip(b"\r\n"))),
    ("body-line-end-in-front", None, body(lambda text: b"\r\n" + text)),
    ("body-blank-added", None, body_at_random(b" ", b"  ")),
    ("body-blank-to-tab", None, body_at_random(b" ", b"\t")),
    ("body-blank-at-line-end", None, body_at_random(b"\r\n", b" \t\r\n")),
    ("body-blanks-stripped", None, body(lambda text: re.sub(rb"[ \t]+\r\n", b"\r\n", text))),
    ("body-blank-at-end", None, body(lambda text: text + b" ")),
    ("body-empty-line-inside", None, body_at_random(b"\r\n", b"\r\n\r\n")),
    ("body-footer", None, body(lambda text: text + b"\r\n-- \r\nlist footer\r\n")),
    ("body-footer-l", None, body(lambda text: text + b"\r\n-- \r\nlist footer\r\n")),
    ("body-emptied-l", None, body(lambda text: b"")),
    ("body-emptied", None, body(lambda text: b"")),
    ("body-from-quoted", None, body(lambda text: re.sub(rb"(?m)^(>*From )", rb">\1", text))),
    ("body-dots-stuffed", None, body(lambda text: re.sub(rb"(?m)^\.", b"..", text))),
    ("body-bit-flipped", None, flip_bit),
    ("body-nul-added", None, body_at_random(b" ", b"\0")),
    ("body-nul-at-end", None, body(lambda text: text + b"\0")),
    ("body-cr-added", None, body_at_random(b" ", b"\r")),
    ("body-cr-added-l", None, body_at_random(b" ", b"\r")),
    ("body-cr-inserted", None, body_at_random(b"e", b"e\r")),
    ("body-cr-before-line-end", None, body_at_random(b"\r\n", b"\r\r\n")),
    ("separator-lost", None, lost_separator),
    ("separator-early", None, early_separator),
])
add("transit", "[RFC6376 3.4]", [
    ("stored-lf", None, store(to_lf)),
    ("stored-mixed", None, store(mixed_line_ends)),
    ("stored-lf-body", None, store(lf_body)),
    ("raw-lf", None, raw(to_lf)),
    ("raw-lf-body", None, raw(lf_body)),
    ("raw-lf-once", None, raw(one_lf)),
    ("raw-lf-in-header", None, raw(lf_between_fields)),
])
