"""The kinds of made questions. Each function makes one, out of what records.py gives."""

from spf_question import records
from spf_question.world import SERVFAIL, TIMEOUT

# Terms that break the grammar or stand at its edge.
ODD_TERMS = (
    "moo", "a:", "mx:", "include:", "exists:", "ptr:", "ip4", "ip4:", "ip6:", "ip4:1.2.3", "a/33",
    "ip4:1.2.3.4/33", "ip4:1.2.3.4/08", "ip4:01.2.3.4", "ip4:1.2.3.4/", "ip4:256.2.3.4", "a//129",
    "ip6:2001:db8::/129", "ip6:::1%eth0", "ip6:2001:db8::1::", "ip6:1.2.3.4", "ip4:2001:db8::1",
    "ip6:::ffff:198.51.100.1", "a/024", "a//", "a/", "a:x.example/24/64", "a:museum", "a:x.123",
    "a:x.-com", "a:x.com-", "a:x.c-m", "a:x.1-2", "a:x.example.", "a:.example", "a:x..example",
    "a:%{d", "a:%{}", "a:%{z}.example", "a:%{d0}.example", "a:%{c}.example", "a:%(d).example",
    "a:%.example", "a:x.%{d}", "a:%{d}", "a:%%", "a:x%_y.example", "a:%{d}.", "a:%{dr-r}.example",
    "a:%{d2147483648r}.example", "a:%{d:}.example", "a:foo:8080.example", "include:x.example/24",
    "ptr/24", "exists:x.example/24", "all.", "all/8", "-all:x.example", "+redirect=x.example",
    "redirect=", "exp=", "exp=x", "redirect=x.123", "a=b", "1x=y", "-x=y", "x=%", "x=%{q}", "x=%{t}",
    "=x", "x", "a:x_y.example", "A:X.EXAMPLE", "++all", "a:", "a:x.example/", "mx/0//0", "a:a/b.example",
    "exp=%{c}.example", "redirect=%{r}.example", "ip4:1.2.3.4:80", "x.y-z_1=ok", "x=", "a:\x7f.example",
    "a:x\t.example", "include:%{i}", "exists:%{ir}.%{v}._spf.example", "ip6:2001:DB8::1/64",
)  # fmt: skip


def plain(question):
    add_record(question, records.record(question, question.domain))


def add_record(question, text, strings=None):
    question.world.add_txt(question.domain, text, strings)


def macros(question):
    terms = [question.qualifier() + records.exists(question, question.domain)
             for _ in range(question.random.randrange(1, 4))]
    add_record(question, " ".join(["v=spf1", *terms, question.random.choice(("-all", "~all"))]))


def nested(question):
    terms = [question.qualifier() + records.include(question, 0)
             for _ in range(question.random.randrange(1, 4))]
    add_record(question, " ".join(["v=spf1", *terms, question.random.choice(("-all", "?all", ""))]))


def chain(question):
    """redirect= after redirect=, some of it into nothing."""
    random, domain = question.random, question.domain
    for _ in range(random.randrange(1, 4)):
        target = question.name()
        terms = [question.qualifier() + records.network(question)] if random.random() < 0.4 else []
        exp = [records.explanation(question, domain)] if random.random() < 0.3 else []
        question.world.add_txt(domain, " ".join(["v=spf1", *terms, *exp, f"redirect={target}"]))
        domain = target
    if random.random() < 0.8:
        question.world.add_txt(domain, records.record(question, domain, 2))


def many_terms(question):
    """Around ten terms that ask DNS, in one record or several."""
    random = question.random
    count = random.randrange(8, 13)
    terms = []
    for _ in range(count):
        name = question.name()
        kind = random.choice(("a", "a", "mx"))
        if kind == "mx":
            question.world.add(name, "MX", f"10 m.{name}")
        question.add_addresses(f"m.{name}" if kind == "mx" else name, matches=False)
        terms.append(f"{kind}:{name}")
    if random.random() < 0.5:
        inner = question.name()
        question.world.add_txt(inner, " ".join(["v=spf1", *terms[:4], "-all"]))
        terms[:4] = [f"include:{inner}"]
    add_record(question, " ".join(["v=spf1", *terms, random.choice(("-all", "+all"))]))


def void_lookups(question):
    """None to four questions with empty answers."""
    random = question.random
    terms = []
    for _ in range(random.randrange(5)):
        name = question.name()
        kind = random.choice(("a", "mx", "exists", "mx-host"))
        if kind == "mx-host":
            question.world.add(name, "MX", f"10 {question.name()}")
            kind = "mx"
        elif random.random() < 0.5:
            question.world.add_txt(name, "there, but nothing else")
        terms.append(f"{kind}:{name}")
    terms.append(records.network(question))
    random.shuffle(terms)
    add_record(question, " ".join(["v=spf1", *terms, "-all"]))


def many_exchanges(question):
    text = records.exchanges(question, question.random.randrange(8, 13))
    add_record(question, f"v=spf1 {text} {records.network(question)} -all")


def reverse(question):
    random = question.random
    if random.random() < 0.1:
        question.world.fail(question.reverse, "PTR", SERVFAIL)
    else:
        records.reverse_names(question, random.choice((0, 1, 1, 2, 3, 9, 10, 11, 12)))
    spec = random.choice(("", "", f":{question.domain}", ":%{d}", f":a1.{question.domain}", ":example"))
    if random.random() < 0.4:
        spec = ""
    add_record(question, f"v=spf1 {question.qualifier()}ptr{spec} ~all")


def validated_name(question):
    """%{p}, with few terms or many."""
    random = question.random
    records.reverse_names(question, random.choice((0, 1, 1, 2)))
    names = ["unknown", question.domain, *(f"{letter}{k}.{question.domain}"
                                           for letter in "abcdeuvw" for k in (1, 2))]
    below = question.name()
    for name in names:
        if random.random() < 0.6:
            question.world.add(f"{name}.{below}", "A", "127.0.0.2")
    others = []
    for _ in range(random.choice((0, 0, 0, 7, 8, 9))):
        name = question.name()
        question.add_addresses(name, matches=False)
        others.append(f"a:{name}")
    add_record(question, " ".join(["v=spf1", *others, f"exists:%{{p}}.{below}", "-all"]))


def syntax(question):
    random = question.random
    terms = [random.choice(ODD_TERMS)]
    for _ in range(random.randrange(3)):
        terms.insert(random.randrange(len(terms) + 1), records.network(question))
    if random.random() < 0.2:
        terms.append(random.choice(("redirect=x.example redirect=y.example", "exp=x.example EXP=x.example",
                                    "x=1 x=1", "-all -all")))
    tail = random.choice((" -all", " ~all", "", " "))
    add_record(question, "v=spf1 " + " ".join(terms) + tail)


def failures(question):
    """Servers that fail, at one of the names that are asked for."""
    random = question.random
    how = random.choice((SERVFAIL, TIMEOUT))
    name, term = question.name(), records.network(question)
    kind, text = random.choice((
        ("A", f"a:{name}"), ("AAAA", f"a:{name}"), ("MX", f"mx:{name}"), ("A", f"exists:{name}"),
        ("TXT", f"include:{name}"), ("TXT", f"redirect={name}"), ("TXT", f"exp={name}"),
    ))  # fmt: skip
    question.world.fail(name, kind, how)
    if random.random() < 0.1:
        question.world.fail(question.domain, "TXT", how)
    else:
        terms = [term, text]
        random.shuffle(terms)
        add_record(question, " ".join(["v=spf1", *terms, "" if "redirect" in text else "-all"]).strip())


def selection(question):
    """None, several, and what only looks like a record."""
    random = question.random
    for _ in range(random.randrange(4)):
        text = random.choice((
            "v=spf1 -all", "v=spf1", "v=spf10 -all", "v=spf1-all", "v=spf1\t-all", " v=spf1 -all",
            "V=SPF1 +all", "v=spf2.0/pra -all", "spf2.0/mfrom -all", "google-site=x", "",
            "v=spf1 +all ", "v=spf1  ~all", "v=spf", "\xef\xbb\xbfv=spf1 -all", "caf\xe9", "v=spf1 x=\xe9",
        ))  # fmt: skip
        add_record(question, text)


def strings(question):
    """Records of several character-strings, joined with nothing between."""
    text = records.record(question, question.domain)
    cuts = sorted(question.random.randrange(len(text) + 1) for _ in range(question.random.randrange(1, 4)))
    parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)])]
    add_record(question, text, parts)


def identity(question):
    """Senders without local part, quoted, null, and domains that are none."""
    random, domain = question.random, question.domain
    question.sender = random.choice((
        domain, f"@{domain}", "", "", f"\"a@b\"@{domain}", f"a@b@{domain}", f"ann@{domain}.",
        "ann@localhost", "ann@", "ann@a..b", f"ann@{'x' * 64}.{domain}", f"ann@{'x' * 63}.{domain}",
        "ann@[192.0.2.1]", f"ANN@{domain.upper()}", f"ann@.{domain}", f"ann@-x.{domain}",
    ))  # fmt: skip
    question.helo = random.choice((domain, domain, f"{domain}.", "[192.0.2.1]", "localhost", "1.2.3.4"))
    question.local_part = "postmaster"
    text = f"v=spf1 exists:%{{l}}.{question.name()} {records.exists(question, domain)} ?a:%{{h}} -all"
    add_record(question, text)
    for label in ("x" * 63, "-x"):
        question.world.add_txt(f"{label}.{domain}", text)


def explained(question):
    random = question.random
    name = question.name()
    spec = random.choice((name, f"%{{d}}.{name}", f"%{{i}}.{name}", f"%{{l1}}.{name}"))
    target = records.expand_name(question, spec, question.domain)
    for _ in range(random.choice((0, 1, 1, 1, 1, 2))):
        question.world.add_txt(target, random.choice((
            *records.EXPLANATIONS, "%{p}", "%{x}", "100%", "%{d", "caf\xe9", "%(d)", "%{d2}%{D}", "%{i}",
            "a  b", " lead", "%{v} %{c}", "%{l1r+-}", "%{s} %{o}",
        )))  # fmt: skip
    if random.random() < 0.2:
        inner = question.name()
        question.world.add_txt(inner, f"v=spf1 -all exp={target}")
        add_record(question, random.choice((f"v=spf1 redirect={inner} exp=no.example",
                                            f"v=spf1 include:{inner} -all", f"v=spf1 -include:{inner} -all")))
    else:
        add_record(question, f"v=spf1 exp={spec} -all")


def malformed_names(question):
    """Macros that make names with empty or overlong labels."""
    question.local_part = question.random.choice(("a..b", ".a", "a.", "x" * 64, "x" * 63, "a" * 30 + ".b"))
    question.sender = f"{question.local_part}@{question.domain}"
    below = question.name()
    spec = question.random.choice((f"%{{l}}.{below}", f"%{{l}}x.{below}", f"%{{lr}}.{below}"))
    term = question.random.choice(("a:", "exists:", "mx:", "include:", "redirect=", "exists:"))
    target = records.expand_name(question, spec, question.domain)
    question.world.add(target, "A", str(question.client) if not question.is_ipv6 else "127.0.0.2")
    question.world.add_txt(target, "v=spf1 +all")
    tail = "" if term == "redirect=" else " -all"
    add_record(question, f"v=spf1 {term}{spec}{tail}")


def long_names(question):
    """Names of more than 253 octets lose labels on the left. [RFC7208 7.3]"""
    random = question.random
    label = "l" * random.randrange(20, 60)
    count = random.randrange(3, 14)
    below = question.name()
    spec = ".".join([label] * count + [f"%{{l}}.{below}"])
    target = records.expand_name(question, spec, question.domain)
    while len(target) > 253:
        target = target.partition(".")[2]
    if random.random() < 0.7:
        question.world.add(target, "A", "127.0.0.2")
    add_record(question, f"v=spf1 exists:{spec} -all")


def loop(question):
    name = question.name()
    text = question.random.choice((
        f"v=spf1 include:{question.domain} -all", f"v=spf1 redirect={question.domain}",
        f"v=spf1 include:{name} -all", f"v=spf1 redirect={name}",
        f"v=spf1 {records.network(question)} include:{name} -all",
    ))  # fmt: skip
    add_record(question, text)
    question.world.add_txt(name, f"v=spf1 include:{question.domain} redirect={name}")


# With weights.
KINDS = (
    (plain, 22), (macros, 10), (nested, 9), (chain, 5), (many_terms, 6), (void_lookups, 6),
    (many_exchanges, 2), (reverse, 5), (validated_name, 3), (syntax, 11), (failures, 5), (selection, 4),
    (strings, 2), (identity, 4), (explained, 4), (malformed_names, 3), (long_names, 1), (loop, 1),
)  # fmt: skip
