"""Mutations of the signature field's text, made before it is signed: v a c d s i l q t x z."""

from mutation.case import add
from mutation.canonical import canonical_body
from mutation.made_mail import RECEIVED_AT
from mutation.signature import DOMAIN


def put(name, value):
    return lambda case: case.draft.set(name, value)


def drop(name):
    return lambda case: case.draft.drop(name)


def means(header, body, text):
    """c= as written, and what it means."""

    def change(case):
        meaning = case.draft.meaning
        meaning.header_canon, meaning.body_canon = header, body
        if text is None:
            case.draft.drop("c")
        else:
            case.draft.set("c", text)

    return change


def length(write, signed=lambda size: size):
    """l= from the size of the canonical body."""

    def change(case):
        size = len(canonical_body(case.draft.meaning.body_canon, case.body))
        case.draft.meaning.length = signed(size)
        case.draft.set("l", write(size))

    return change


def upper_case(name):
    def change(case):
        case.draft.set(name, case.draft.tag(name).value.upper())

    return change


def copied(case):
    """z= with text in it that looks like tags."""
    case.draft.set("z", "From:a@b.example|Subject:b=3Dfake=3B=20h=3Dx|\r\n To:bh=3Dabc")


def sha1(case):
    case.draft.set("a", "rsa-sha1")
    case.draft.meaning.hash_name = "sha1"


add("sign", "[RFC6376 3.5]", [
    ("as-signed", None, lambda case: None),
    ("v-two", "neutral/unknown-version", put("v", "2")),
    ("v-draft", "neutral/unknown-version", put("v", "0.5")),
    ("v-decimal", "neutral/unknown-version", put("v", "1.0")),
    ("v-padded", "neutral/unknown-version", put("v", "01")),
    ("v-empty", "neutral/unknown-version", put("v", "")),
    ("v-missing", "neutral/missing-tag", drop("v")),
    ("a-missing", "neutral/missing-tag", drop("a")),
    ("a-empty", "neutral/unknown-algorithm", put("a", "")),
    ("a-sha512", "neutral/unknown-algorithm", put("a", "rsa-sha512")),
    ("a-blank-inside", "neutral/unknown-algorithm", put("a", "rsa- sha256")),
    ("a-sha1", "policy/algorithm-obsolete", sha1),
    ("c-missing", None, means("simple", "simple", None)),
    ("c-simple", None, means("simple", "simple", "simple")),
    ("c-relaxed", None, means("relaxed", "simple", "relaxed")),
    ("c-empty", "neutral/unknown-canonicalization", means("simple", "simple", "")),
    ("c-unknown", "neutral/unknown-canonicalization", put("c", "relaxed/fancy")),
    ("c-nowsp", "neutral/unknown-canonicalization", put("c", "nowsp/nowsp")),
    ("c-slash-only", "neutral/unknown-canonicalization", means("relaxed", "simple", "relaxed/")),
    ("c-blank-inside", "neutral/unknown-canonicalization",
     means("relaxed", "relaxed", "relaxed / relaxed")),
    ("c-three", "neutral/unknown-canonicalization",
     means("relaxed", "relaxed", "relaxed/relaxed/relaxed")),
    ("d-upper-case", None, upper_case("d")),
    ("d-missing", "neutral/missing-tag", drop("d")),
    ("d-empty", "neutral/bad-domain", put("d", "")),
    ("d-one-label", "neutral/bad-domain", put("d", "example")),
    ("d-dot-behind", "neutral/bad-domain", put("d", DOMAIN + ".")),
    ("d-blank-inside", "neutral/bad-domain", put("d", "sign. example")),
    ("d-other", "permerror/no-key", put("d", "nobody.example")),
    ("s-upper-case", None, upper_case("s")),
    ("s-missing", "neutral/missing-tag", drop("s")),
    ("s-empty", "neutral/bad-selector", put("s", "")),
    ("s-dot-behind", "neutral/bad-selector", put("s", "plain.")),
    ("s-two-dots", "neutral/bad-selector", put("s", "pl..ain")),
    ("s-unknown", "permerror/no-key", put("s", "nothing-here")),
    ("i-missing-local", None, put("i", "@" + DOMAIN)),
    ("i-local", None, put("i", "alice+tag@" + DOMAIN)),
    ("i-below", None, put("i", "alice@mail." + DOMAIN)),
    ("i-upper-case", None, put("i", "alice@" + DOMAIN.upper())),
    ("i-white-space", None, put("i", "alice\r\n @" + DOMAIN)),
    ("i-quoted-local", None, put("i", "al=3Dice=3B@" + DOMAIN)),
    ("i-quoted-at", None, put("i", "alice=40" + DOMAIN)),
    ("i-elsewhere", "permerror/auid-domain-mismatch", put("i", "alice@other.example")),
    ("i-suffix", "permerror/auid-domain-mismatch", put("i", "alice@not" + DOMAIN)),
    ("i-above", "permerror/auid-domain-mismatch", put("i", "alice@mail.example")),
    ("i-no-at", "neutral/bad-auid", put("i", "alice")),
    ("i-domain-only", "neutral/bad-auid", put("i", DOMAIN)),
    ("i-empty", "neutral/bad-auid", put("i", "")),
    ("l-exact", None, length(str)),
    ("l-zero", None, length(lambda size: "0", lambda size: 0)),
    ("l-part", None, length(lambda size: str(size // 2), lambda size: size // 2)),
    ("l-zeros-in-front", None, length(lambda size: f"000{size}")),
    ("l-too-large", "permerror/body-length-exceeds", length(lambda size: str(size + 1))),
    ("l-76-digits", "permerror/body-length-exceeds", length(lambda size: "9" * 76)),
    ("l-77-digits", "neutral/bad-body-length", length(lambda size: "9" * 77)),
    ("l-empty", "neutral/bad-body-length", put("l", "")),
    ("l-negative", "neutral/bad-body-length", put("l", "-1")),
    ("l-plus", "neutral/bad-body-length", length(lambda size: f"+{size}")),
    ("l-word", "neutral/bad-body-length", put("l", "all")),
    ("q-plain", None, put("q", "dns/txt")),
    ("q-then-unknown", None, put("q", "dns/txt:https")),
    ("q-unknown-then", None, put("q", "https:dns/txt")),
    ("q-white-space", None, put("q", "https : dns/txt")),
    ("q-unknown", "neutral/unknown-query-method", put("q", "https")),
    ("q-dns-only", "neutral/unknown-query-method", put("q", "dns")),
    ("q-empty", "neutral/unknown-query-method", put("q", "")),
    ("t-plain", None, put("t", str(RECEIVED_AT - 3))),
    ("t-zeros-in-front", None, put("t", f"00{RECEIVED_AT - 3}")),
    ("t-empty", "neutral/bad-timestamp", put("t", "")),
    ("t-word", "neutral/bad-timestamp", put("t", "today")),
    ("t-negative", "neutral/bad-timestamp", put("t", "-5")),
    ("x-later", None, put("x", str(RECEIVED_AT + 9000))),
    ("x-13-digits", None, put("x", "9" * 13)),
    ("x-past", "permerror/expired", lambda case: (
        case.draft.set("t", "1500000000"), case.draft.set("x", "1510000000"))),
    ("x-before-t", "neutral/bad-expiration", lambda case: (
        case.draft.set("t", str(RECEIVED_AT - 3)), case.draft.set("x", str(RECEIVED_AT - 4)))),
    ("x-equals-t", "neutral/bad-expiration", lambda case: (
        case.draft.set("t", str(RECEIVED_AT - 3)), case.draft.set("x", str(RECEIVED_AT - 3)))),
    ("x-word", "neutral/bad-expiration", put("x", "never")),
    ("x-empty", "neutral/bad-expiration", put("x", "")),
    ("z-copied", None, copied),
    ("z-empty", None, put("z", "")),
])

add("sign", "[RFC6376 3.2]", [
    ("a-upper-case", "neutral/unknown-algorithm", put("a", "RSA-SHA256")),
    ("c-upper-case", "neutral/unknown-canonicalization",
     means("relaxed", "relaxed", "Relaxed/Relaxed")),
    ("q-upper-case", "neutral/unknown-query-method", put("q", "DNS/TXT")),
])
