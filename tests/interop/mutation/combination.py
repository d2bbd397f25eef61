"""Several mutations of one message: what each of them leaves intact, all of them have to."""

from mutation.case import MUTATIONS

# What is applied first: bodies and fields, then what h=, c= and l= say of them, then the text.
FIRST = ("c", "h", "l")
LAST = ("name", "tag", "order", "end", "space")
# They speak of the whole message, or would have to know of the others.
ALONE = (
    "body-l-of-empty",
    "i-below",
    "name-folded",
    "no-separator",
    "no-separator-simple",
    "own-tag-added",
    "separator-early",
    "separator-lost",
    "signature-above",
)


def part_of(mutation):
    """The part of the message that a kind is about; two of one part would undo each other."""
    return mutation.kind.split("-")[0]


def can_be_combined(mutation):
    is_storage = part_of(mutation) in ("stored", "raw")
    return mutation.expected is None and mutation.kind not in ALONE and not is_storage


def of_stage(stage):
    return [one for one in MUTATIONS if one.stage == stage and can_be_combined(one)]


def place_of(mutation):
    part = part_of(mutation)
    if mutation.stage == "message":
        return 0
    if part in FIRST:
        return 1 + FIRST.index(part)
    return 10 + LAST.index(part) if part in LAST else 5


def combination(random):
    """(what is done before the signing, what is done after it), each in its order."""
    before = random.sample(of_stage("message"), random.randint(0, 2))
    before += random.sample(of_stage("sign"), random.randint(1, 3))
    chosen = list({part_of(one): one for one in before}.values())
    after = random.sample(of_stage("transit"), random.randint(int(len(chosen) < 2), 2))
    return sorted(chosen, key=place_of), after
