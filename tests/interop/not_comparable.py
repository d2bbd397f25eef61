"""What a peer is not asked: DNS that it is never given, or known differences mixed with others."""

ONE_RECORD = "it takes one TXT record of a name, several cannot be given to it"
SEVERAL_RECORDS = ("key-two-second-good", "key-two-first-good", "key-behind-text")
MIXED = "several kinds at once, one of which it reads differently (compared with the truth only)"

# {peer: {mutation: why}}
NOT_COMPARABLE = {
    "dkimpy": dict.fromkeys(SEVERAL_RECORDS, ONE_RECORD),
    "libopendkim": dict.fromkeys(SEVERAL_RECORDS, ONE_RECORD),
    "Mail::DKIM": {"raw-lf": "the whole message is one line for it, and no header"},
}


def kinds_of(rows, peer):
    """The kinds of mutation that rows of the tables are about."""
    return {
        kind
        for row in rows
        if row.peer == peer
        for fact, values in row.conditions
        if fact == "kind" and not values.startswith("!")
        for kind in values.split("|")
    }


def reason_not_to_compare(peer, kind, rows):
    kinds = kind.split("+")
    if len(kinds) > 1 and not kinds_of(rows, peer).isdisjoint(kinds):
        return MIXED
    return NOT_COMPARABLE[peer].get(kind)
