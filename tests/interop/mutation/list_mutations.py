"""Mutations of the tag list as a list, of h=, and of the base64 in b= and bh=; before signing."""

import base64

from mutation.case import add, folded_base64
from mutation.signature import Tag


def put_text(name, write):
    """Replaces the text of a tag by what `write` makes of it."""

    def change(case):
        tag = case.draft.tag(name)
        tag.value = write(tag.value)

    return change


def names(choose):
    """h= and what is hashed, from the names that are there."""

    def change(case):
        chosen = choose(list(case.draft.meaning.names))
        case.draft.meaning.names = chosen
        case.draft.set("h", ":".join(name.decode("latin-1") for name in chosen))

    return change


def many(count):
    return names(lambda known: known + [b"x-%d" % i for i in range(count)])


def write_b(write):
    def change(case):
        case.draft.write_b = write

    return change


def write_bh(write):
    def change(case):
        case.draft.write_bh = write

    return change


def move(name, place):
    def change(case):
        tag = case.draft.tag(name)
        case.draft.tags.remove(tag)
        case.draft.tags.insert(place if place >= 0 else len(case.draft.tags), tag)

    return change


def insert(tag, place=2):
    return lambda case: case.draft.tags.insert(place, tag())


def space_everywhere(lead, gap, equals, trail):
    def change(case):
        for tag in case.draft.tags:
            tag.lead, tag.trail = lead, trail
            # What stands around the value of b= is taken out with it.
            tag.gap, tag.equals = gap, "=" if tag.name == "b" else "=" + equals

    return change


def field_name(text):
    def change(case):
        case.draft.field_name = text

    return change


def end(text):
    def change(case):
        case.draft.end = text

    return change


def shuffle(case):
    case.random.shuffle(case.draft.tags)


def b_at_the_start(case):
    move("b", 0)(case)
    case.draft.tag("b").lead = ""


def reverse(case):
    case.draft.tags.reverse()


def twice(name, value=None):
    """The same name again, in front, so that the last one is the true one."""

    def change(case):
        known = case.draft.tag(name)
        case.draft.tags.insert(0, Tag(name, known.value if value is None else value))

    return change


def octets_changed(change):
    """base64 of other octets than the signature's."""
    return lambda text: base64.b64encode(change(base64.b64decode(text))).decode()


def spare_bits(text):
    """Sets bits of the last group that no octet has."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    bare = text.rstrip("=")
    return bare[:-1] + alphabet[alphabet.index(bare[-1]) | 1] + text[len(bare) :]


def with_ed25519(change):
    """An Ed25519 signature whatever the key would have been."""

    def mutate(case):
        case.record = "plain-ed"
        change(case)

    return mutate


SPREAD = lambda text: " \t".join(text)

add("sign", "[RFC6376 3.2]", [
    ("order-shuffled", None, shuffle),
    ("order-reversed", None, reverse),
    ("order-b-first", None, move("b", 0)),
    ("order-b-at-the-start", None, b_at_the_start),
    ("order-b-in-the-middle", None, move("b", 3)),
    ("order-v-last", None, move("v", -1)),
    ("space-around-equals", None, space_everywhere(" ", "", " ", " ")),
    ("space-after-value", None, space_everywhere("", "", "", " \t")),
    ("space-folded", None, space_everywhere("\r\n ", "", "\r\n\t", "\r\n ")),
    ("space-none", None, space_everywhere("", "", "", "")),
    ("space-before-equals", None, space_everywhere(" ", " ", "", "")),
    ("space-folded-before-equals", None, space_everywhere(" ", "\r\n ", "", "")),
    ("end-semicolon", None, end(";")),
    ("end-semicolon-blank", None, end("; ")),
    ("end-semicolon-folded", None, end(";\r\n ")),
    ("end-two-semicolons", "neutral/signature-syntax", end(";;")),
    ("empty-tag", "neutral/signature-syntax", insert(lambda: Tag("", "", equals=""))),
    ("empty-tag-in-front", "neutral/signature-syntax", insert(lambda: Tag("", "", equals=""), 0)),
    ("tag-without-equals", "neutral/signature-syntax", insert(lambda: Tag("word", "", equals=""))),
    ("tag-name-digit", "neutral/signature-syntax", insert(lambda: Tag("1x", "y"))),
    ("tag-name-hyphen", "neutral/signature-syntax", insert(lambda: Tag("x-y", "z"))),
    ("tag-name-missing", "neutral/signature-syntax", insert(lambda: Tag("", "z"))),
    ("tag-unknown", None, insert(lambda: Tag("xyz_9", "some: text, here"))),
    ("tag-unknown-empty", None, insert(lambda: Tag("r", ""))),
    ("tag-unknown-equals", None, insert(lambda: Tag("u", "a=b=c=="))),
    ("tag-unknown-b-inside", None, insert(lambda: Tag("u", "a b=c d"))),
    ("tag-unknown-at-end", None, insert(lambda: Tag("u", "z"), 99)),
    ("tag-name-upper-case", None, insert(lambda: Tag("B", "AAAA"))),
    ("tag-value-control", "neutral/signature-syntax", insert(lambda: Tag("u", "a\x01b"))),
    ("tag-value-delete", "neutral/signature-syntax", insert(lambda: Tag("u", "a\x7fb"))),
    ("tag-twice-d", "neutral/duplicate-tag", twice("d")),
    ("tag-twice-d-other", "neutral/duplicate-tag", twice("d", "other.example")),
    ("tag-twice-h", "neutral/duplicate-tag", twice("h")),
    ("tag-twice-v", "neutral/duplicate-tag", twice("v")),
    ("tag-twice-unknown", "neutral/duplicate-tag", lambda case: (
        insert(lambda: Tag("u", "1"))(case), insert(lambda: Tag("u", "2"))(case))),
])

add("sign", "[RFC8616 5]", [("tag-value-8bit", None, insert(lambda: Tag("u", "caf\xc3\xa9")))])

add("sign", "[RFC6376 3.5]", [
    ("name-lower-case", None, field_name("dkim-signature:")),
    ("name-upper-case", None, field_name("DKIM-SIGNATURE:")),
    ("name-folded", None, field_name("DKIM-Signature:\r\n")),
    ("name-tab", None, field_name("DKIM-Signature:\t")),
    ("h-folded", None, put_text("h", lambda text: text.replace(":", ":\r\n\t"))),
    ("h-blanks", None, put_text("h", lambda text: text.replace(":", " : "))),
    ("h-folded-before-colon", None, put_text("h", lambda text: text.replace(":", "\r\n :"))),
    ("h-upper-case", None, put_text("h", str.upper)),
    ("h-lower-case", None, put_text("h", str.lower)),
    ("h-colon-behind", "neutral/bad-signed-headers", put_text("h", lambda text: text + ":")),
    ("h-colon-in-front", "neutral/bad-signed-headers", put_text("h", lambda text: ":" + text)),
    ("h-two-colons", "neutral/bad-signed-headers",
     put_text("h", lambda text: text.replace(":", "::", 1))),
    ("h-empty", "neutral/bad-signed-headers", put_text("h", lambda text: "")),
    ("h-missing", "neutral/missing-tag", lambda case: case.draft.drop("h")),
    ("h-blank-inside", "neutral/bad-signed-headers",
     put_text("h", lambda text: text.replace(":", " ", 1))),
    ("h-only-from", None, names(lambda known: [b"from"])),
    ("h-no-from", "permerror/from-not-signed",
     names(lambda known: [name for name in known if name != b"from"] or [b"to"])),
    ("h-absent", None, names(lambda known: known + [b"x-not-there", b"sender"])),
    ("h-oversigned", None, names(lambda known: known + known)),
    ("h-oversigned-twice", None, names(lambda known: [b"from"] + known + [b"from", b"from"])),
    ("h-received", None, names(lambda known: [b"received", b"received"] + known)),
    ("h-own-field", None, names(lambda known: known + [b"dkim-signature"])),
    ("h-odd-name", None, names(lambda known: known + [b"x_y!#$%&'*+/=?^`{|}~"])),
    ("h-many", None, many(60)),
    ("bh-folded", None, write_bh(folded_base64(" ", 10))),
    ("bh-spread", None, write_bh(SPREAD)),
    ("bh-missing", "neutral/missing-tag", lambda case: case.draft.drop("bh")),
    ("bh-junk", "neutral/bad-body-hash-data", write_bh(lambda text: "!" + text[1:])),
    ("bh-url-alphabet", "neutral/bad-body-hash-data", write_bh(lambda text: "-_" + text[2:])),
    ("bh-short", "neutral/bad-body-hash-data",
     write_bh(octets_changed(lambda octets: octets[:20]))),
    ("bh-long", "neutral/bad-body-hash-data",
     write_bh(octets_changed(lambda octets: octets + b"x"))),
    ("bh-empty", "neutral/bad-body-hash-data", write_bh(lambda text: " ")),
    ("bh-wrong", "fail/body-hash-mismatch", write_bh(octets_changed(lambda octets: octets[::-1]))),
    ("bh-spare-bits", None, write_bh(spare_bits)),
    ("b-folded", None, write_b(folded_base64(" ", 20))),
    ("b-tabs", None, write_b(folded_base64("\t", 7))),
    ("b-spread", None, write_b(SPREAD)),
    ("b-blanks-around", None, write_b(lambda text: " \r\n\t" + text + " \r\n ")),
    ("b-blanks-before-semicolon", None, lambda case: (
        write_b(lambda text: text + " \t")(case), move("b", 3)(case))),
    ("b-padding-apart", None, write_b(lambda text: text.replace("=", " ="))),
    ("b-missing", "neutral/missing-tag", lambda case: case.draft.drop("b")),
    ("b-empty", "neutral/bad-signature-data", write_b(lambda text: " ")),
    ("b-junk", "neutral/bad-signature-data", write_b(lambda text: text[:9] + "?" + text[10:])),
    ("b-url-alphabet", "neutral/bad-signature-data",
     write_b(lambda text: text[:9] + "-_" + text[11:])),
    ("b-padding-inside", "neutral/bad-signature-data", write_b(lambda text: "AA==" + text)),
    ("b-three-pads", "neutral/bad-signature-data", write_b(lambda text: text.rstrip("=") + "===")),
    ("b-short", "fail/signature-mismatch", write_b(octets_changed(lambda octets: octets[:-1]))),
    ("b-short-ed25519", "fail/signature-mismatch",
     with_ed25519(write_b(octets_changed(lambda octets: octets[:-1])))),
    ("b-long", "fail/signature-mismatch", write_b(octets_changed(lambda octets: octets + b"\0"))),
    ("b-zero-in-front", "fail/signature-mismatch",
     write_b(octets_changed(lambda octets: b"\0" + octets))),
    ("b-flipped", "fail/signature-mismatch",
     write_b(octets_changed(lambda octets: bytes([octets[0] ^ 1]) + octets[1:]))),
    ("b-zeros", "fail/signature-mismatch",
     write_b(octets_changed(lambda octets: bytes(len(octets))))),
    ("b-spare-bits", None, write_b(spare_bits)),
])

add("sign", "[RFC5322 4.5]", [("name-blank-before-colon", None, field_name("DKIM-Signature :"))])

# base64string = ALPHADIGITPS *([FWS] ALPHADIGITPS) [ [FWS] "=" [ [FWS] "=" ] ]
add("sign", "[RFC6376 2.10]", [
    ("bh-no-padding", None, write_bh(lambda text: text.rstrip("="))),
    ("bh-padding-too-long", None, write_bh(lambda text: text.rstrip("=") + "==")),
    ("b-no-padding", None, write_b(lambda text: text.rstrip("="))),
    ("b-padding-too-short", None, write_b(lambda text: text.replace("==", "="))),
])
