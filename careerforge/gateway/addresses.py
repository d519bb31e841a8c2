"""E-mail addresses, telephone numbers and keys, whether or not we know whose they are. Pure."""

import re
from collections.abc import Iterator

from careerforge.gateway.directory import Directory
from careerforge.gateway.spans import Span

# Bounded parts and a look-behind keep these linear on hostile text.
EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[^\W_](?:[\w-]{0,62}\.){1,8}[^\W_]{2,24}")
PHONE = re.compile(r"(?:\+(?<![\w.]\+)|00(?<![\w.]00))[1-9](?:[\s().\-/]{0,3}\d){6,13}(?!\w)")
# As they are dialled inside a country: 0171 2345678, 030/123456.
DIALLED = re.compile(
    r"0(?<![\w.,]0)[1-9]\d{1,3}[ \t/\-]{1,3}\d(?:[ \-]?\d){5,8}(?!\w)|0(?<![\w.,]0)1[5-7]\d{8,9}(?!\w)"
)
# What an address of this or another console tells of a person: a UUID, or 32 hexadecimal digits.
KEY = re.compile(
    r"[0-9a-fA-F]{8}(?:(?<![0-9A-Za-z].{8})|(?<=%[0-9A-Fa-f]{2}.{8}))"
    r"(?:(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24})(?![0-9A-Za-z])"
)


def addresses(text: str, directory: Directory, alone: bool) -> Iterator[Span]:
    """All of them; in documents (not ``alone``) only what the directory knows, and every e-mail address."""
    # To look for the sign alone is many times as fast.
    for match in EMAIL.finditer(text) if "@" in text else ():
        address = match[0].casefold()
        yield Span(match.start(), match.end(), "email", directory.emails.get(address, address))
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0]).lstrip("0")
        who = next(
            (known for form in (digits, digits[-9:]) if (known := directory.phones.get(form)) is not None),
            None,
        )
        if alone or who is not None:
            yield Span(match.start(), match.end(), "phone", digits if who is None else who)
    if alone:
        for match in DIALLED.finditer(text):
            yield Span(match.start(), match.end(), "phone", re.sub(r"\D", "", match[0]))
        for match in KEY.finditer(text):
            yield Span(match.start(), match.end(), "handle", match[0].casefold())
