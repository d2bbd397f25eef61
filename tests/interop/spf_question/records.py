"""Random SPF records within the grammar, with the DNS that their terms ask for."""

from spf_question.question import TAILS, expand

MACROS = ("%{l}", "%{o}", "%{d}", "%{i}", "%{ir}", "%{v}", "%{h}", "%{l1r-}", "%{d2}", "%{lr+}",
          "%{ir}.%{v}", "%{s}", "%{L}", "%{S}", "%{o2r.}", "%{l-_+=}", "%{d3}", "%{i2}", "%{H}",
          "%{h1r}", "%{o127}", "%{D1}")  # fmt: skip
DEEPEST = 3


def network(question):
    """ip4: or ip6:, of the client's network or another."""
    random = question.random
    if question.is_ipv6 == (random.random() < 0.85):
        base = question.client if question.is_ipv6 and random.random() < 0.5 else "2001:db9::1"
        length = "/0" if random.random() < 0.03 else random.choice(("", "/128", "/64", "/127", "/5"))
        return f"ip6:{base}{length}"
    mine = not question.is_ipv6 and random.random() < 0.5
    base = question.client if mine else f"203.0.113.{random.randrange(256)}"
    length = "/0" if random.random() < 0.03 else random.choice(("", "/32", "/24", "/16", "/31", "/7"))
    return f"ip4:{base}{length}"


def host(question):
    """a, with or without a name."""
    if question.random.random() < 0.3:
        question.add_addresses(question.domain)
        return "a" + question.cidr()
    name = question.name()
    question.add_addresses(name)
    return f"a:{name}{question.cidr()}"


def exchanges(question, count=None):
    name = question.name()
    random = question.random
    for place in range(random.randrange(4) if count is None else count):
        exchange = question.name()
        question.world.add(name, "MX", f"{10 * place} {exchange}")
        question.add_addresses(exchange, matches=None if count is None else False)
    return f"mx:{name}{question.cidr()}"


def exists(question, domain):
    """exists: below a name that is ours, of one or two macros."""
    random = question.random
    chosen = random.sample(MACROS, random.choice((1, 1, 2)))
    spec = ".".join(chosen) + "." + question.name()
    target = expand_name(question, spec, domain)
    if random.random() < 0.5:
        question.world.add(target, "A", "127.0.0.2")
    return f"exists:{spec}"


def expand_name(question, spec, domain):
    return expand(spec, question.values(domain)).lower()


def reverse_names(question, count=1):
    """PTR of the client: names that lead back to it, and such as do not."""
    for _ in range(count):
        name = question.name()
        question.world.add(question.reverse, "PTR", name)
        question.add_addresses(name)


def ptr(question):
    if not question.world.has(question.reverse, "PTR"):
        reverse_names(question, question.random.randrange(4))
    return question.random.choice(("ptr", f"ptr:{question.domain}", f"ptr:b2.{question.domain}"))


def include(question, depth):
    name = question.name()
    question.world.add_txt(name, record(question, name, depth + 1))
    return f"include:{name}"


def term(question, domain, depth):
    random = question.random
    choice = random.randrange(100)
    if choice < 35:
        text = network(question)
    elif choice < 55:
        text = host(question)
    elif choice < 65:
        text = exchanges(question)
    elif choice < 80:
        text = exists(question, domain)
    elif choice < 84:
        text = ptr(question)
    elif depth < DEEPEST:
        text = include(question, depth)
    else:
        text = network(question)
    return question.qualifier() + text


def record(question, domain, depth=0, most=4):
    """A record of up to `most` terms and a tail."""
    random = question.random
    terms = [term(question, domain, depth) for _ in range(random.randrange(most + 1))]
    if random.random() < 0.1:
        terms.insert(random.randrange(len(terms) + 1), random.choice(("x=y", "op=auth", "a=b%{d}")))
    tail = random.choice(TAILS)
    if random.random() < 0.12 and depth < DEEPEST:
        target = question.name()
        question.world.add_txt(target, record(question, target, depth + 1))
        tail = f"redirect={target}"
    if random.random() < 0.1:
        terms.append(explanation(question, domain))
    gap = random.choice((" ", " ", " ", " ", "  "))
    version = random.choice(("v=spf1", "v=spf1", "v=spf1", "V=SpF1"))
    return gap.join([version, *terms, *([tail] if tail else [])])


EXPLANATIONS = ("no", "%{i} may not", "see %{o} and %{d}", "%{c} at %{r}", "100%% of%_%{l}%-x",
                "%{S} %{h}", "http://%{d}/?s=%{S}&i=%{I}", "")  # fmt: skip


def explanation(question, domain):
    name = question.name()
    question.world.add_txt(name, question.random.choice(EXPLANATIONS))
    return f"exp={name}"
