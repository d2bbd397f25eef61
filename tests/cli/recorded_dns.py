"""DNS out of a corpus' dns.ndjson for the crosschecks: it must know every name that is asked for."""
import collections
import json


class Recording:
    """What was recorded. Names without evidence are those that only key lookups may ask for."""

    def __init__(self, path):
        self.records = collections.defaultdict(list)
        self.known = set()
        self.missing = set()
        for line in path.read_text().splitlines():
            row = json.loads(line)
            key = (row["rrname"].rstrip(".").lower(), row["rrtype"])
            self.known.add(key)
            self.records[key] += row["rdata"]
        self.names = {name for name, _ in self.records if any(self.records[name, _])}

    def find(self, name, kind):
        key = (name.rstrip(".").lower(), kind)
        if key not in self.known:
            self.missing.add(key)
        return self.records.get(key, [])

    def texts(self, name):
        """The TXT records, the strings of each joined. mkcorpus escapes nothing."""
        return ["".join(data.split('"')[1::2]) for data in self.find(name, "TXT")]

    def key_text(self, name, timeout=5):
        """As dkimpy asks."""
        key = (name.decode().rstrip(".").lower(), "TXT")
        data = self.records.get(key, [])
        return "".join(data[0].split('"')[1::2]).encode() if data else None

    def answer(self, name, kind, strict=True, timeout=20):
        """As pyspf asks."""
        if kind == "TXT":
            return [((name, kind), (text.encode(),)) for text in self.texts(name)]
        if kind == "MX":
            pairs = [data.split() for data in self.find(name, kind)]
            return [((name, kind), (int(rank), host.rstrip("."))) for rank, host in pairs]
        return [((name, kind), data.rstrip(".")) for data in self.find(name, kind)]

    def exists(self, name):
        """Whether the name, or one below it, has a record. [RFC8020 2]"""
        return any(known == name or known.endswith("." + name) for known in self.names)
