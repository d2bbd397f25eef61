"""PUBLIC TEST KEYS. They protect nothing and never may.

Made-up mail of reserved domains is signed with them, so that equal seeds give equal octets. RSA:
exponent and the two primes. Ed25519: the seed.
"""

import base64

import nacl.signing
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

RSA_NUMBERS = {
    "rsa512": (
        65537,
        (
            "ec041e1a18171372cf10004c6e8b2fade906d557348b1dfe63a44d5b5cba8843"
        ),
        (
            "cd9db0a4ef8b249ef037021f735875edf0970b9ecf9e5035a3ffa65ca74460eb"
        ),
    ),
    "rsa1024": (
        65537,
        (
            "f96f7634a4a3791985e5b0ea3da0a104446953fe56f8e20b198bc5906fb620309cf777ace353cd76"
            "847d2670bffd701f8a8be35e83afeb0d89c3ec0035671849"
        ),
        (
            "f84f419d175261c5a27efec498cea563131c86dc7f18265a1b1353d962c6155182f4b69a7414ad3b"
            "a898806a0179d91e7ff4309c165c8c80625cfa20b08ccdf5"
        ),
    ),
    "rsa1024e3": (
        3,
        (
            "d930b40c557c2e46157c60d0a4d675b6e7fc5f969dba7f26187c4861ba993aeef67f72e466090738"
            "980a57bb75a5fc5f00100d6e8f8e1339351aa8561133e0b1"
        ),
        (
            "c635af34cbb3ebf6a6492f74f12072b48404185e4ac4413d4718d8f65478359edd3aaa22b5e3de22"
            "38324ba567275fdef13b3a8c050878a3c18fa5d3276a6c2d"
        ),
    ),
    "rsa2048": (
        65537,
        (
            "d90510fe4fa60d547157f78771934cb38fda1e567aa09de5e14f0ca707d2275367b7b9659e8ab387"
            "322abdfc7337f1474522607c4c758a2985a396efbba436c935728ae8ba969d67e2f6a961757ada55"
            "be2b7d1dba5580b45fa60be26c8eca54ea174012ab0917f7cdc18a39a6116bfcb0786720e850f422"
            "be3a5189d24f3b41"
        ),
        (
            "c8346a3f84d7e5619c7b4a3cb37fc41a289fef1f6ee8e039063b599b861c9512cf3d2d05b1dc3651"
            "442f1ff86c4e2feddbb98115abb239c77bf49ff4e503c826acfafaf6b861d6a8707787ebf14b551a"
            "d02a22e0cfb823078ead8288cc5bf22b6f513cd2b1815de02e8065a37cb4bc1536e83e7d582ed96e"
            "2d0f8aa838c60ec9"
        ),
    ),
    "rsa4096": (
        65537,
        (
            "ed478b829928a4600e126a89be7f4ed884ddde43b9b1912ebe3f0841def3e325f66a8c6c3f9bafd0"
            "1e37e1112a499d02b49dc0ebb2d115c52e001a3547f7bef87926ff1ec12091a76eafb3379287390d"
            "05b38f8e8988d9ca524f30f63d25a38804c216264e988e95a5550b57c6e71653a9b8e5e6002ecd7b"
            "2a9f175429a0de6b88dea990205fcf5d2d944c423af22e5e0a51511a2b2993fdc7e69b934741bd8c"
            "48ac8574ada093453551ecd0b599a00a529a10889903fc99dfaf331850401d0cf78511060908feff"
            "e8862d25063ac9e42701a13e3a7206931435fdba68820c3085427c6c9a67c5569b0cca6f8c5569b1"
            "63daeabef470d72c904e14ea72b39ffb"
        ),
        (
            "e80beb6f1f31c914aaa83ddd787ac910bdcdf3f0c3e99d2a1887772ddc6dd413c71d05c6ff318a70"
            "fa116ec801375fcf098f549c759ef7ee6b4b8f2d2fa310f9a7bebf88a7dbcaa5391426183064baf4"
            "d5ee3bf5a1ed3a8b2bfda63d058b6f3f24fa85a48f753eacafde773e9497cbc9b6e7bbc7d905515b"
            "33d7cca58e6cdc9471127109b2460b616e99ded7f85b7c552dcb765f9fbfd910155ef2f055371c55"
            "a100cbeab253cdb223c689c1092df0645f8b1b72a15d8a2972272b4e5eb5bfa7874c52b694495b84"
            "47f117fb81b9c8c22e479388e58c36d61bbc2fd2b2b73332bcc4dadf5bb7ae50263564e6ca3ca158"
            "7fa69e98fa625b45f936d16c6d434141"
        ),
    ),
}
ED25519_SEED = bytes(range(32))
HASHES = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}


class RsaKey:
    type = "rsa"

    def __init__(self, exponent, p, q):
        p, q = int(p, 16), int(q, 16)
        d = pow(exponent, -1, (p - 1) * (q - 1))
        public = rsa.RSAPublicNumbers(exponent, p * q)
        self.private = rsa.RSAPrivateNumbers(
            p,
            q,
            d,
            rsa.rsa_crt_dmp1(d, p),
            rsa.rsa_crt_dmq1(d, q),
            rsa.rsa_crt_iqmp(p, q),
            public,
        ).private_key()

    def sign(self, octets, hash_name):
        return self.private.sign(octets, padding.PKCS1v15(), HASHES[hash_name])

    def wrapped(self, form):
        forms = {
            "spki": serialization.PublicFormat.SubjectPublicKeyInfo,
            "pkcs1": serialization.PublicFormat.PKCS1,
        }
        return self.private.public_key().public_bytes(serialization.Encoding.DER, forms[form])


class Ed25519Key:
    type = "ed25519"

    def __init__(self, seed):
        self.private = nacl.signing.SigningKey(seed)

    def sign(self, octets, hash_name):
        """The signature is over the hash of the octets. [RFC8463 3]"""
        digest = hashes.Hash(HASHES[hash_name])
        digest.update(octets)
        return self.private.sign(digest.finalize()).signature

    def wrapped(self, form):
        raw = bytes(self.private.verify_key)
        return raw if form == "bare" else bytes.fromhex("302a300506032b6570032100") + raw


KEYS = {name: RsaKey(*numbers) for name, numbers in RSA_NUMBERS.items()}
KEYS["ed25519"] = Ed25519Key(ED25519_SEED)


def public_text(name, form):
    """p= of the key: `form` is spki, pkcs1 or bare."""
    return base64.b64encode(KEYS[name].wrapped(form)).decode()
