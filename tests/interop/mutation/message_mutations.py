"""Mutations of the message before it is signed: the edges of canonicalization."""

from mutation.canonical import name_of
from mutation.case import add


def sign_name(case, name):
    """Puts a name into h= so that its field is hashed."""
    names = case.draft.meaning.names
    names.append(name)
    case.draft.set("h", ":".join(one.decode("latin-1") for one in names))


def field(text, name=b"x-odd"):
    """Adds a signed field at the end of the header."""

    def change(case):
        case.fields.append(text)
        sign_name(case, name)

    return change


def repeated(count, signed):
    """Several fields of one name, some of them signed."""

    def change(case):
        for number in range(count):
            case.fields.insert(case.random.randint(0, len(case.fields)), b"X-Odd: %d" % number)
        for _ in range(signed):
            sign_name(case, b"x-odd")

    return change


def subject(write):
    """Rewrites the value of the Subject."""

    def change(case):
        for place, one in enumerate(case.fields):
            if name_of(one) == b"subject":
                case.fields[place] = b"Subject:" + write(one.split(b":", 1)[1])
        if b"subject" not in case.draft.meaning.names:
            sign_name(case, b"subject")

    return change


def body(octets):
    def change(case):
        case.body = octets

    return change


def body_plus(octets):
    def change(case):
        case.body += octets

    return change


def body_under(octets):
    def change(case):
        case.body = octets + case.body

    return change


def no_separator(case):
    case.separator = case.body = b""


def no_separator_behind_signed(case):
    """The last field of the message is signed, as it is."""
    no_separator(case)
    field(b"X-Odd: the last one")(case)
    case.draft.meaning.header_canon = "simple"
    case.draft.set("c", f"simple/{case.draft.meaning.body_canon}")


def length_of_empty(case):
    case.body = b""
    case.draft.meaning.body_canon = "simple"
    case.draft.set("c", case.draft.meaning.header_canon)
    case.draft.meaning.length = 1
    case.draft.set("l", "1")


def junk_line(text):
    def change(case):
        case.fields.insert(case.random.randint(1, len(case.fields)), text)

    return change


add("message", "[RFC6376 3.4.2]", [
    ("field-empty", None, field(b"X-Odd:")),
    ("field-blanks-only", None, field(b"X-Odd:  \t ")),
    ("field-folded-blanks-only", None, field(b"X-Odd:\r\n \r\n\t ")),
    ("field-no-blank", None, field(b"X-Odd:value")),
    ("field-blanks-behind", None, field(b"X-Odd: value \t ")),
    ("field-tabs", None, field(b"X-Odd:\tone\ttwo \t three")),
    ("field-folded-often", None, field(b"X-Odd: a\r\n b\r\n\tc\r\n   d\r\n\t\te")),
    ("field-folded-at-once", None, field(b"X-Odd:\r\n value")),
    ("field-blank-line-inside", None, field(b"X-Odd: a\r\n  \r\n b")),
    ("field-blank-line-at-end", None, field(b"X-Odd: a\r\n\t ")),
    ("field-name-case", None, field(b"x-ODD: Value")),
    ("field-name-odd", None, field(b"X!#$%&'*+.^_`|~: v", b"x!#$%&'*+.^_`|~")),
    ("field-colons", None, field(b"X-Odd: : a:b :")),
    ("field-long", None, field(b"X-Odd: " + b"word " * 3000)),
    ("field-long-name", None, field(b"X-" + b"o" * 900 + b": v", b"x-" + b"o" * 900)),
    ("field-8bit", None, field(b"X-Odd: caf\xc3\xa9 \xff\x80\xa0 x")),
    ("field-vertical-tab", None, field(b"X-Odd: a\x0b\x0cb \x0b")),
    ("field-control", None, field(b"X-Odd: \x01\x1b[0m\x7f")),
    ("field-nul", None, field(b"X-Odd: a\0b")),
    ("field-bare-cr", None, field(b"X-Odd: a\rb \r c")),
    ("field-bare-cr-at-end", None, field(b"X-Odd: a\r")),
    ("field-bare-cr-folded", None, field(b"X-Odd: a\r\r\n b")),
    ("subject-8bit", None, subject(lambda value: value + b" \xe2\x82\xac")),
    ("subject-tabs", None, subject(lambda value: value.replace(b" ", b"\t"))),
])
add("message", "[RFC6376 5.4.2]", [
    ("repeated-one-signed", None, repeated(3, 1)),
    ("repeated-all-signed", None, repeated(3, 3)),
    ("repeated-more-signed", None, repeated(2, 4)),
])
add("message", "[RFC5322 4.5]", [
    ("field-blank-before-colon", None, field(b"X-Odd : value")),
    ("field-tab-before-colon", None, field(b"X-Odd\t: value")),
])
add("message", "[RFC6376 3.4.3]", [
    ("body-none", None, body(b"")),
    ("body-one-line-end", None, body(b"\r\n")),
    ("body-line-ends", None, body(b"\r\n" * 5)),
    ("body-blank", None, body(b" ")),
    ("body-blank-line", None, body(b" \r\n")),
    ("body-blank-lines", None, body(b" \r\n\t\r\n\r\n \t \r\n")),
    ("body-one-letter", None, body(b"x")),
    ("body-no-line-end", None, body(b"a line\r\nthe last  one ")),
    ("body-empty-lines-behind", None, body_plus(b"\r\n" * 7)),
    ("body-blank-lines-behind", None, body_plus(b"\r\n \r\n\t\r\n  \r\n")),
    ("body-many-empty-lines", None, body(b"a\r\n" + b"\r\n" * 3000 + b"b\r\n" + b"\r\n" * 5000)),
    ("body-empty-lines-in-front", None, body_under(b"\r\n\r\n \r\n")),
    ("body-blanks-in-front", None, body_under(b"  \t x\r\n\ty\r\n")),
    ("body-long-line", None, body_plus(b"\r\n" + b"long line  " * 9000 + b"\r\n")),
    ("body-long-blanks", None, body_plus(b"\r\na" + b" \t" * 1500 + b"b" + b" " * 2000 + b"\r\n")),
    ("body-8bit", None, body_plus(b"\r\n\xff\xfe\x80\xa0\xe9 caf\xc3\xa9\r\n")),
    ("body-nul", None, body_plus(b"\r\na\0b\0\r\n\0\r\n")),
    ("body-controls", None, body_plus(b"\r\na \x0b b\x0c \r\n\x1a\r\n")),
    ("body-dots", None, body_plus(b"\r\n.\r\n..\r\n.x\r\n")),
    ("body-bare-cr", None, body_plus(b"\r\na\rb \r c\r\n")),
    ("body-bare-cr-at-end", None, body_plus(b"\r\nabc\r")),
    ("body-cr-cr-lf", None, body_plus(b"\r\nabc\r\r\n\r\r\nd\r\n")),
    ("body-only-cr", None, body(b"\r")),
    ("body-l-of-empty", None, length_of_empty),
    ("no-separator", None, no_separator),
    ("no-separator-simple", None, no_separator_behind_signed),
])
add("message", "[RFC5322 3.6]", [
    ("junk-line", None, junk_line(b"this line is no field")),
    ("junk-8bit-name", None, junk_line(b"X-\xc3\xa9: value")),
    ("junk-blank-in-name", None, junk_line(b"X Odd: value")),
    ("junk-colon", None, junk_line(b": value")),
])
