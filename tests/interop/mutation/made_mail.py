"""Messages made from a seed: headers and bodies of the shapes that canonicalization cares about."""

WORDS = (
    "offer meeting invoice please find attached our new price list for the coming quarter regards"
    " team order shipped tracking number thank you the customer asked whether we could deliver"
).split()
# Later than the signatures of the real mail.
RECEIVED_AT = 1735689600
RECEIVED = (
    b"Received: from mta.sign.example (mta.sign.example [192.0.2.7])\r\n"
    b"\tby mx.receiver.example with ESMTP id 4711;\r\n\tWed, 01 Jan 2025 00:00:00 +0000"
)


def prose(random, words):
    return " ".join(random.choice(WORDS) for _ in range(words))


def folded(random, text):
    """Folds at some of the blanks."""
    pieces = text.split(" ")
    out = pieces[0]
    for piece in pieces[1:]:
        out += random.choice((" ", " ", " ", "\r\n ", "\r\n\t")) + piece
    return out


def made_fields(random):
    number = random.randrange(10**9)
    fields = [
        "From: " + random.choice(("alice@sign.example", "Alice <alice@sign.example>",
                                  '"Alice, A."  <alice@sign.example>')),
        "To: bob@receiver.example" + random.choice(("", ", carol@receiver.example")),
        "Subject: " + folded(random, prose(random, random.randint(1, 14))),
        "Date: Tue, 31 Dec 2024 23:59:50 +0000",
        f"Message-ID: <{number}@sign.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain;" + random.choice((" ", "\r\n\t")) + "charset=utf-8",
    ]
    extra = [
        "X-Mailer:  made \t by  hand ",
        "Reply-To: support@sign.example",
        "List-Unsubscribe: <mailto:off@sign.example>,\r\n <https://sign.example/off>",
        "X-Empty:",
        "Cc: dave@receiver.example",
        "Precedence: bulk",
    ]
    fields += random.sample(extra, random.randint(0, 4))
    if random.random() < 0.3:
        random.shuffle(fields)
    return [field.encode() for field in fields]


def made_line(random):
    shape = random.random()
    if shape < 0.12:
        return ""
    if shape < 0.18:
        return random.choice((" ", "\t", " \t ", "--", ".", "..", "From here on", ">From there"))
    text = prose(random, random.randint(1, 12))
    if shape < 0.35:
        text = text.replace(" ", random.choice(("  ", "\t", " \t")), 2)
    if shape < 0.45:
        text += random.choice((" ", "\t", "  \t"))
    return random.choice((" ", "\t", "  ")) + text if shape < 0.5 else text


def made_body(random):
    lines = [made_line(random) for _ in range(random.randint(1, 25))]
    end = random.choice(("\r\n", "\r\n\r\n", "\r\n\r\n\r\n", " \r\n", "\r\n \r\n"))
    return ("\r\n".join(lines) + end).encode()


def made_message(random):
    """(fields, body), unsigned."""
    return [RECEIVED, *made_fields(random)], made_body(random)
