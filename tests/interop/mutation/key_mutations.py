"""Key records, and the mutations that sign with a plain field and publish the key strangely."""

from mutation.case import add
from mutation.signature import DOMAIN
from mutation.signing_keys import public_text

# {selector: (key, [TXT, ...])}; no text at all: the name does not exist.
RECORDS = {}


def spread(text):
    return " ".join(text[at : at + 50] for at in range(0, len(text), 50))


def publish(selector, key, write, form="spki"):
    texts = write(public_text(key, form))
    texts = [texts] if isinstance(texts, str) else texts
    RECORDS[selector] = (key, texts)
    return lambda case: setattr(case, "record", selector)


def short(key="rsa1024"):
    """A function for records of one key."""
    return lambda kind, expected, write, form="spki": (
        kind, expected, publish(kind, key, write, form))


def below(selector):
    """A signature whose i= is below d=."""

    def change(case):
        case.record = selector
        case.draft.set("i", "alice@mail." + DOMAIN)

    return change


def exactly(selector):
    def change(case):
        case.record = selector
        case.draft.set("i", "alice@" + DOMAIN)

    return change


PLAIN_SELECTORS = {
    "rsa1024": "plain", "rsa2048": "plain2048", "rsa4096": "plain4096", "ed25519": "plain-ed",
}
for key, selector in PLAIN_SELECTORS.items():
    if key == "ed25519":
        publish(selector, key, lambda p: f"v=DKIM1; k=ed25519; p={p}", "bare")
    else:
        publish(selector, key, lambda p: f"v=DKIM1; k=rsa; p={p}")
OTHER_KEY = public_text("rsa2048", "spki")

row = short()
add("record", "[RFC6376 3.6.1]", [
    row("key-only-p", None, lambda p: f"p={p}"),
    row("key-semicolon-behind", None, lambda p: f"v=DKIM1; p={p};"),
    row("key-semicolon-blank-behind", None, lambda p: f"v=DKIM1; p={p} ; "),
    row("key-no-blanks", None, lambda p: f"v=DKIM1;k=rsa;p={p}"),
    row("key-blanks", None, lambda p: f" v = DKIM1 ; k = rsa ;\t p = {p} "),
    row("key-v-behind", "permerror/key-syntax", lambda p: f"k=rsa; v=DKIM1; p={p}"),
    row("key-v-lower-case", "permerror/key-version", lambda p: f"v=dkim1; p={p}"),
    row("key-v-other", "permerror/key-version", lambda p: f"v=DKIM2; p={p}"),
    row("key-v-one", "permerror/key-version", lambda p: f"v=1; p={p}"),
    row("key-v-empty", "permerror/key-version", lambda p: f"v=; p={p}"),
    row("key-k-unknown", "permerror/key-type-mismatch", lambda p: f"v=DKIM1; k=dsa; p={p}"),
    row("key-k-upper-case", "permerror/key-type-mismatch", lambda p: f"v=DKIM1; k=RSA; p={p}"),
    row("key-k-empty", "permerror/key-type-mismatch", lambda p: f"v=DKIM1; k=; p={p}"),
    row("key-k-ed25519", "permerror/key-data", lambda p: f"v=DKIM1; k=ed25519; p={p}"),
    row("key-h-sha256", None, lambda p: f"v=DKIM1; h=sha256; p={p}"),
    row("key-h-both", None, lambda p: f"v=DKIM1; h=sha1:sha256; p={p}"),
    row("key-h-blanks", None, lambda p: f"v=DKIM1; h= sha1 : sha256 ; p={p}"),
    row("key-h-unknown-too", None, lambda p: f"v=DKIM1; h=md5:sha256; p={p}"),
    row("key-h-sha1", "permerror/key-hash-mismatch", lambda p: f"v=DKIM1; h=sha1; p={p}"),
    row("key-h-empty", "permerror/key-hash-mismatch", lambda p: f"v=DKIM1; h=; p={p}"),
    row("key-s-email", None, lambda p: f"v=DKIM1; s=email; p={p}"),
    row("key-s-star", None, lambda p: f"v=DKIM1; s=*; p={p}"),
    row("key-s-list", None, lambda p: f"v=DKIM1; s=web:email; p={p}"),
    row("key-s-blanks", None, lambda p: f"v=DKIM1; s=web : email; p={p}"),
    row("key-s-other", "permerror/key-service", lambda p: f"v=DKIM1; s=web; p={p}"),
    row("key-s-empty", "permerror/key-service", lambda p: f"v=DKIM1; s=; p={p}"),
    row("key-t-y", None, lambda p: f"v=DKIM1; t=y; p={p}"),
    row("key-t-unknown", None, lambda p: f"v=DKIM1; t=q:z; p={p}"),
    row("key-t-empty", None, lambda p: f"v=DKIM1; t=; p={p}"),
    row("key-t-s", None, lambda p: f"v=DKIM1; t=s; p={p}"),
    ("key-t-s-exact", None, exactly("key-t-s")),
    ("key-t-s-below", "permerror/key-subdomain", below("key-t-s")),
    row("key-t-y-s-blanks", None, lambda p: f"v=DKIM1; t=y : s; p={p}"),
    ("key-t-y-s-blanks-below", "permerror/key-subdomain", below("key-t-y-s-blanks")),
    row("key-g-star", None, lambda p: f"v=DKIM1; g=*; p={p}"),
    row("key-g-other", None, lambda p: f"v=DKIM1; g=bob; p={p}"),
    row("key-g-empty", None, lambda p: f"v=DKIM1; g=; p={p}"),
    row("key-n-note", None, lambda p: f"v=DKIM1; n=a note, with =3B in it; p={p}"),
    row("key-unknown-tag", None, lambda p: f"v=DKIM1; x_9=y; p={p}; z="),
    row("key-p-spread", None, lambda p: f"v=DKIM1; p={spread(p)}"),
    row("key-p-empty", "permerror/key-revoked", lambda p: "v=DKIM1; p="),
    row("key-p-blank", "permerror/key-revoked", lambda p: "v=DKIM1; p= ; t=y"),
    row("key-p-missing", "permerror/key-syntax", lambda p: "v=DKIM1; k=rsa"),
    row("key-p-upper-case", "permerror/key-syntax", lambda p: f"v=DKIM1; P={p}"),
    row("key-p-junk", "permerror/key-syntax", lambda p: "v=DKIM1; p=?" + p[1:]),
    row("key-p-quoted", "permerror/key-syntax", lambda p: f'v=DKIM1; p="{p}"'),
    row("key-p-no-key", "permerror/key-data", lambda p: "v=DKIM1; p=" + "QUJD" * 30),
    row("key-p-cut", "permerror/key-data", lambda p: f"v=DKIM1; p={p[:-8]}"),
    row("key-p-more", "permerror/key-data", lambda p: f"v=DKIM1; p={p}AAAA"),
    row("key-pkcs1", None, lambda p: f"v=DKIM1; p={p}", "pkcs1"),
    row("key-other", "fail/signature-mismatch", lambda p: f"v=DKIM1; p={OTHER_KEY}"),
])
add("record", "[RFC6376 3.2]", [
    row("key-twice-k", "permerror/key-syntax", lambda p: f"v=DKIM1; k=rsa; k=rsa; p={p}"),
    row("key-twice-p", "permerror/key-syntax", lambda p: f"v=DKIM1; p={p}; p={p}"),
    row("key-empty-tag", "permerror/key-syntax", lambda p: f"v=DKIM1;; p={p}"),
    row("key-semicolon-in-front", "permerror/key-syntax", lambda p: f"; v=DKIM1; p={p}"),
    row("key-quoted", "permerror/key-syntax", lambda p: f'"v=DKIM1; p={p}"'),
    row("key-backslash", "permerror/key-type-mismatch", lambda p: f"v=DKIM1; k=rsa\\; p={p}"),
    row("key-no-equals", "permerror/key-syntax", lambda p: f"v=DKIM1; word; p={p}"),
    row("key-control", "permerror/key-syntax", lambda p: f"v=DKIM1; n=a\x01b; p={p}"),
    row("key-text", "permerror/key-syntax", lambda p: "v=spf1 -all"),
])
add("record", "[RFC8616 5]", [row("key-8bit", None, lambda p: f"v=DKIM1; n=caf\xe9; p={p}")])
add("record", "[RFC6376 3.6.2.2]", [
    row("key-two-second-good", None, lambda p: [f"v=DKIM1; p={OTHER_KEY}", f"v=DKIM1; p={p}"]),
    row("key-two-first-good", None, lambda p: [f"v=DKIM1; p={p}", f"v=DKIM1; p={OTHER_KEY}"]),
    row("key-behind-text", None, lambda p: ["v=spf1 -all", f"v=DKIM1; p={p}"]),
    row("key-absent", "permerror/no-key", lambda p: []),
])
row = short("rsa1024e3")
add("record", "[RFC6376 2.10]", [
    row("key-p-no-padding", None, lambda p: "v=DKIM1; p=" + p.rstrip("=")),
    row("key-p-three-pads", "permerror/key-syntax", lambda p: f"v=DKIM1; p={p.rstrip('=')}==="),
])
add("record", "[RFC8301 3.2]", [
    row("key-exponent-3", None, lambda p: f"v=DKIM1; p={p}"),
    short("rsa512")("key-512-bits", "policy/key-too-short", lambda p: f"v=DKIM1; p={p}"),
    short("rsa2048")("key-2048-bits", None, lambda p: f"v=DKIM1; k=rsa; p={p}"),
    short("rsa4096")("key-4096-bits", None, lambda p: f"v=DKIM1; k=rsa; p={p}"),
])
row = short("ed25519")
add("record", "[RFC8463 4.2]", [
    row("key-ed25519", None, lambda p: f"v=DKIM1; k=ed25519; p={p}", "bare"),
    row("key-ed25519-no-k", "permerror/key-data", lambda p: f"v=DKIM1; p={p}", "bare"),
    row("key-ed25519-wrapped", None, lambda p: f"v=DKIM1; k=ed25519; p={p}"),
    row("key-ed25519-short", "permerror/key-data", lambda p: "v=DKIM1; k=ed25519; p=QUJD"),
])
