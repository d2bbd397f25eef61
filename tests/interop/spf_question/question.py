"""One made question about SPF: who sends from where, and what DNS says of it."""

import ipaddress

TAILS = ("-all", "~all", "?all", "+all", "all", "-ALL", "")
QUALIFIERS = ("", "", "", "", "+", "-", "~", "?")


def expand(text, values):
    """Macros by [RFC7208 7.3], for text that breaks no rule; says which names are to exist."""
    out, at = "", 0
    while at < len(text):
        if text[at] != "%":
            out += text[at]
            at += 1
        elif text[at + 1] != "{":
            out += {"%": "%", "_": " ", "-": "%20"}[text[at + 1]]
            at += 2
        else:
            end = text.index("}", at)
            out += _expand_one(text[at + 2 : end], values)
            at = end + 1
    return out


def _expand_one(macro, values):
    value = values[macro[0].lower()]
    rest = macro[1:]
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    rest = rest[len(digits) :]
    reverse = rest[:1] in ("r", "R")
    delimiters = rest[1:] if reverse else rest
    for delimiter in delimiters:
        value = value.replace(delimiter, "\0")
    parts = value.split("\0" if delimiters else ".")
    if reverse:
        parts.reverse()
    if digits:
        parts = parts[-int(digits) :]
    joined = ".".join(parts)
    return _escaped(joined) if macro[0].isupper() else joined


def _escaped(text):
    return "".join(c if c.isalnum() or c in "-._~" else f"%{ord(c):02X}" for c in text)


class Question:
    """Everything of it lies below a domain of its own, and the client has an address of its own."""

    def __init__(self, number, random, world):
        self.number, self.random, self.world = number, random, world
        self.domain = f"q{number}.example"
        self.is_ipv6 = random.random() < 0.3
        self.client = self._client()
        self.written_ip = str(self.client)
        if not self.is_ipv6 and random.random() < 0.06:
            self.written_ip = f"::ffff:{self.client}"
        self.local_part = random.choice(("ann", "bob", "a.b.c", "user+tag", "strong-bad", "x_y=z"))
        self.helo = f"mx.{self.domain}"
        self.sender = f"{self.local_part}@{self.domain}"
        self.kind = "plain"
        self._names = 0

    def _client(self):
        high, low = divmod(self.number, 200)
        if self.is_ipv6:
            return ipaddress.ip_address(f"2001:db8:{self.number:x}::{self.random.randrange(1, 9)}")
        return ipaddress.ip_address(f"198.{18 + high // 250}.{high % 250}.{low + 10}")

    def name(self):
        self._names += 1
        return f"{self.random.choice('abcdeUVW')}{self._names}.{self.domain}".lower()

    def values(self, domain):
        exploded = self.client.exploded.replace(":", "")
        return {
            "s": self.sender, "l": self.local_part, "o": self.domain, "d": domain,
            "i": ".".join(exploded.upper()) if self.is_ipv6 else str(self.client),
            "v": "ip6" if self.is_ipv6 else "in-addr", "h": self.helo, "p": "unknown",
        }  # fmt: skip

    @property
    def address_type(self):
        return "AAAA" if self.is_ipv6 else "A"

    @property
    def reverse(self):
        return self.client.reverse_pointer

    def neighbour(self):
        """Another address of the same /24 or /64."""
        return str(self.client - self.random.randrange(1, 9))

    def stranger(self):
        return "2001:db9::1" if self.is_ipv6 else "203.0.113.9"

    def add_addresses(self, name, matches=None):
        """Addresses of a host: the client's, one near it, others, of the other family, or none."""
        choice = self.random.choice(("own", "near", "far", "far", "other", "none", "both"))
        if matches is not None:
            choice = "own" if matches else "far"
        if self.world.has(name, self.address_type):
            return
        if choice in ("own", "both"):
            self.world.add(name, self.address_type, str(self.client))
        if choice in ("near", "both"):
            self.world.add(name, self.address_type, self.neighbour())
        if choice == "far":
            self.world.add(name, self.address_type, self.stranger())
        if choice == "other":
            other = ("A", "203.0.113.9") if self.is_ipv6 else ("AAAA", "2001:db9::1")
            self.world.add(name, *other)

    def cidr(self):
        if self.random.random() < 0.02:
            return "/0"
        return self.random.choice(("", "", "", "", "/24", "//64", "/24//64", "/32//128"))

    def qualifier(self):
        return self.random.choice(QUALIFIERS)
