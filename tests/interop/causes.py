"""Where the verdict is neither pass nor fail: a peer's words for our reasons.

Peers look in another order and with other eyes: one finds no key at a name that we say is none.
What stands here means the same: this signature is not to be looked at, for this very part of it.
"""

import re

# Their words; our reasons. Both regular expressions for the whole.
CAUSES = {
    "Mail::DKIM": (
        ("", "bad-selector"),
        ("bad identity", "bad-auid|auid-domain-mismatch"),
        ("invalid domain in d tag", "bad-domain"),
        ("missing [ds] tag", "missing-tag"),
        ("public key: does not support email", "key-service"),
        ("public key: does not support hash algorithm '.*'", "key-hash-mismatch"),
        ("public key: does not support signing subdomains", "key-subdomain"),
        ("public key: empty label in .*", "bad-selector"),
        ("public key: invalid data", "key-syntax"),
        ("public key: missing p= tag", "key-syntax"),
        ("public key: not available", "no-key|bad-domain"),
        ("public key: OpenSSL error: bad base64 decode", "key-syntax"),
        ("public key: OpenSSL error: .*", "key-data"),
        ("public key: revoked", "key-revoked"),
        ("public key: syntax error", "key-syntax"),
        ("public key: unsupported key type", "key-type-mismatch|key-data"),
        ("public key: unsupported version", "key-version|key-syntax"),
        ("signature is expired", "expired|bad-expiration"),
        ("unsupported algorithm.*", "unknown-algorithm|missing-tag"),
        ("unsupported canonicalization .*", "unknown-canonicalization"),
        ("unsupported query protocol, q=.*", "unknown-query-method"),
        ("unsupported version .*", "unknown-version"),
    ),
    "dkimpy": (
        (r"b(['\"]).*\1", "duplicate-tag|signature-syntax|key-syntax"),
        (r"b= value is not valid base64 .*", "bad-signature-data"),
        (r"bad version", "key-version|key-syntax"),
        (r"bh= value is not valid base64 .*", "bad-body-hash-data"),
        (r"could not parse RSA public key \(b''\): .*", "key-revoked"),
        (r"could not parse (RSA|ed25519) public key .*", "key-data"),
        (r"Error: (Incorrect padding|Invalid base64-encoded string.*)", "bad-body-hash-data"),
        (r"i= domain is not a subdomain of d= .*", "auid-domain-mismatch|bad-auid"),
        (r"incomplete RSA public key: .*", "key-syntax"),
        (r"IndexError: index out of range", "bad-auid"),
        (r"invalid c= value: .*", "unknown-canonicalization"),
        (r"KeyFormatError: Incorrect padding", "key-syntax"),
        (r"l= value is not a decimal integer .*", "bad-body-length"),
        (r"missing b'.*'=", "missing-tag"),
        (r"missing public key: .*", "no-key|bad-domain|bad-selector"),
        (r"None", "key-service"),
        (r"public key too small: .*", "key-too-short"),
        (r"q= value is not dns/txt .*", "unknown-query-method"),
        (r"t= value is not a decimal integer .*", "bad-timestamp"),
        (r"unknown algorithm in k= tag: .*", "key-type-mismatch"),
        (r"unknown signature algorithm: .*", "unknown-algorithm"),
        (r"v= value is not 1 .*", "unknown-version"),
        (r"ValueError: invalid literal for int.*", "bad-body-length"),
        (r"x= value is not a decimal integer .*", "bad-expiration"),
        (r"x= value is past .*", "expired"),
    ),
    "libopendkim": (
        ("body hash (empty|missing)", "bad-body-hash-data|missing-tag"),
        ("body length value invalid", "bad-body-length|body-length-exceeds"),
        ("domain tag empty", "bad-domain"),
        ("header list missing required entries", "from-not-signed|bad-signed-headers"),
        ("header list tag empty", "bad-signed-headers"),
        ("invalid (body|header) canonicalization", "unknown-canonicalization"),
        ("invalid domain coverage", "bad-auid|auid-domain-mismatch"),
        ("key DNS reply corrupt", "key-syntax"),
        ("key not found in DNS", "no-key|bad-domain|bad-selector"),
        ("key revoked", "key-revoked"),
        ("length tag value exceeds body size", "body-length-exceeds"),
        ("not an e-mail key", "key-service"),
        ("query (method|option) invalid", "unknown-query-method"),
        ("selector tag empty", "bad-selector"),
        ("signature algorithm invalid", "unknown-algorithm"),
        ("signature data (corrupt|empty)", "bad-signature-data"),
        ("signature expired", "expired|bad-expiration"),
        ("signature timestamp order error", "bad-expiration"),
        ("signature-key hash mismatch|unknown key hash", "key-hash-mismatch"),
        ("signing key too small", "key-too-short"),
        ("unable to apply public key", "key-data|key-syntax"),
        ("unauthorized subdomain", "key-subdomain"),
        ("unknown key type", "key-type-mismatch"),
        ("unknown key version", "key-version|key-syntax"),
        ("unsupported signature version|version empty", "unknown-version"),
    ),
}


def same_cause(peer, detail, reason):
    return any(
        re.fullmatch(ours, reason or "") and re.fullmatch(words, detail, re.DOTALL)
        for words, ours in CAUSES.get(peer, ())
    )
