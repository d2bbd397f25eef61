"""DMARC in the plainest form, by RFC 9989 and by RFC 7489, for the crosschecks."""

POLICIES = ("none", "quarantine", "reject")


def labels(name, count):
    return ".".join(name.split(".")[-count:])


def tags_of(text):
    pairs = [part.split("=", 1) for part in text.split(";") if "=" in part]
    return {name.strip().lower(): value.strip() for name, value in pairs}


def records_at(dns, name):
    return [tags_of(text) for text in dns.texts("_dmarc." + name)
            if text.replace(" ", "").split(";")[0] == "v=DMARC1"]


def walk(dns, start):
    """Names with a record, from the longest to the shortest. [RFC9989 4.10]"""
    found, count = [], len(start.split("."))
    while count:
        name = labels(start, count)
        records = records_at(dns, name)
        if len(records) == 1:
            found.append((name, records[0]))
            if records[0].get("psd") in ("y", "n"):
                break
        count = 7 if count > 8 else count - 1
    return found


def organization(dns, start):
    """[RFC9989 4.10.2]"""
    found = walk(dns, start)
    for name, tags in found:
        if tags.get("psd") == "n":
            return name
        if tags.get("psd") == "y" and name != start:
            return labels(start, len(name.split(".")) + 1)
    return found[-1][0] if found else start


def organization_7489(name):
    """No public-suffix list names the suffixes of the corpus: two labels. RFC 7489, section 3.2."""
    return labels(name, 2)


def record_of(dns, author):
    """Name and record that apply. [RFC9989 4.10.1]"""
    found = dict(walk(dns, author))
    psd = [name for name, tags in found.items() if tags.get("psd") == "y"]
    for name in [author, organization(dns, author), *psd]:
        if name in found:
            return name, found[name]
    return None, None


def record_of_7489(dns, author):
    """RFC 7489, section 6.6.3."""
    records, name = records_at(dns, author), author
    if not records:
        name = organization_7489(author)
        records = records_at(dns, name)
    return (name, records[0]) if len(records) == 1 else (None, None)


def policy(dns, author, name, tags, rfc9989):
    """What is asked for. [RFC9989 4.7]"""
    asked = tags.get("p", "none")
    if name != author:
        asked = tags.get("sp", asked)
        if rfc9989 and not dns.exists(author):
            asked = tags.get("np", asked)
    if rfc9989 and tags.get("t") == "y":
        asked = POLICIES[max(0, POLICIES.index(asked) - 1)]
    return asked


def is_aligned(dns, domain, author, strict, rfc9989):
    if strict or domain == author:
        return domain == author
    if rfc9989:
        return organization(dns, domain) == organization(dns, author)
    return organization_7489(domain) == organization_7489(author)


def judge(dns, author, dkim_domains, spf_domain, is_open, rfc9989=True):
    """(result, policy domain, policy, aligned methods) for what has passed.

    `is_open`: something that could have passed could not be checked.
    """
    name, tags = (record_of if rfc9989 else record_of_7489)(dns, author)
    if name is None:
        return "none", None, None, []
    aligned = []
    if any(is_aligned(dns, domain, author, tags.get("adkim") == "s", rfc9989)
           for domain in dkim_domains):
        aligned.append("dkim")
    if spf_domain and is_aligned(dns, spf_domain, author, tags.get("aspf") == "s", rfc9989):
        aligned.append("spf")
    result = "pass" if aligned else "temperror" if is_open else "fail"
    return result, name, policy(dns, author, name, tags, rfc9989), aligned
