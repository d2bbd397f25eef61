"""DNS that is made up for questions about SPF, and its form as a file that every peer reads.

A line is name, type and data, parted by tabs. Data is an address, "preference name", a name, the
character-strings of a TXT in hexadecimal with commas between them, or "!servfail" or "!timeout".
What is not there does not exist.
"""

SERVFAIL, TIMEOUT = "!servfail", "!timeout"
MOST_IN_STRING = 255


def wire_form(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))


class World:
    def __init__(self):
        self._lines = []
        self._names = set()

    def add(self, name, kind, data):
        self._lines.append((name, kind, data))
        self._names.add((name, kind))

    def has(self, name, kind):
        return (name, kind) in self._names

    def add_txt(self, name, text, strings=None):
        """The text as one record; `strings` says how it is cut, if not at 255 octets."""
        if strings is None:
            strings = [text[at : at + MOST_IN_STRING]
                       for at in range(0, len(text), MOST_IN_STRING)] or [""]
        self.add(name, "TXT", ",".join(part.encode("latin-1").hex() for part in strings))

    def fail(self, name, kind, how):
        self.add(name, kind, how)

    def write(self, path):
        """PTR names in the order of their wire form, as we take them: which are the first ten of
        them [RFC7208 4.6.4] is not for DNS to say, whose sets have no order."""
        in_order = sorted(self._lines, key=lambda line: wire_form(line[2]) if line[1] == "PTR" else b"")
        lines = dict.fromkeys("\t".join(line) for line in in_order)
        path.write_text("".join(line + "\n" for line in lines), encoding="ascii")
