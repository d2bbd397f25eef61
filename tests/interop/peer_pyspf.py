#!/usr/bin/env python3
"""Answers questions about SPF with pyspf and prints a row of NDJSON for each.

    peer_pyspf.py DNS QUESTIONS

The files are those of answer_spf.cpp. Ends with 77 if pyspf is absent.
"""

import collections
import json
import sys

try:
    import spf
except ModuleNotFoundError:
    sys.exit(77)

DEFAULT = "DEFAULT"


def read_dns(path):
    records = collections.defaultdict(list)
    with open(path, encoding="ascii") as lines:
        for line in lines:
            name, kind, data = line.rstrip("\n").split("\t")
            records[name.lower(), kind].append(value_of(kind, data))
    return records


def value_of(kind, data):
    """As the driver for dnspython gives it."""
    if data.startswith("!"):
        return data
    if kind == "MX":
        preference, name = data.split(" ")
        return int(preference), name
    if kind == "TXT":
        return [bytes.fromhex(string) for string in data.split(",")]
    return data


def table(records):
    def look_up(name, kind, *_):
        values = records.get((name.lower(), kind), [])
        if values and isinstance(values[0], str) and values[0].startswith("!"):
            raise spf.TempError(f"DNS {values[0]}")
        return [((name, kind), value) for value in values]

    return look_up


def answer(ip, sender, helo):
    query = spf.query(i=ip, s=sender, h=helo, receiver="receiver.example")
    query.set_default_explanation(DEFAULT)
    result, _, text = query.check()
    explanation = text if result == "fail" and text != DEFAULT else None
    return {"result": result, "detail": text, "explanation": explanation}


def main(dns, questions):
    spf.DNSLookup = table(read_dns(dns))
    with open(questions, encoding="ascii") as lines:
        for line in lines:
            number, *asked = line.rstrip("\n").split("\t")
            try:
                said = answer(*asked)
            except Exception as error:  # theirs: a program that ends is an answer too
                said = {"result": "exception", "detail": repr(error), "explanation": None}
            print(json.dumps({"number": int(number), **said}))


if __name__ == "__main__":
    main(*sys.argv[1:])
