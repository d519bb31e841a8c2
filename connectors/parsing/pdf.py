"""PDF by pypdf, confined."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from connectors.parsing.confined import Limits, Read, read_confined, reason
from connectors.parsing.dates import published
from connectors.parsing.item import DOCUMENT, Item, Parsed, Problem, unreadable
from connectors.parsing.text import clean, one_line


def parse_pdf(where: str, body: bytes, now: datetime, limits: Limits | None = None) -> Parsed:
    """One document from a PDF, or the reason why there is none. `where` is its external id and, without a
    title, its title.
    """
    limits = limits or Limits()
    if len(body) > limits.size:
        return unreadable(
            where, _("The PDF is larger than %(n)s MB.") % {"n": limits.size // 1_000_000}, "pdf"
        )
    read = read_confined("pdf", body, limits)
    text = clean("\n\n".join(read.pages))
    if not text:
        return unreadable(where, reason(read.error, "PDF"), "pdf")
    problems = []
    found = {"n": len(read.pages), "all": read.page_count}
    if read.error:
        first = _("Only the first %(n)s pages could be read.") % found
        problems.append(Problem(where, f"{first} {reason(read.error, 'PDF')}"))
    elif read.page_count > len(read.pages):
        problems.append(Problem(where, _("Only the first %(n)s of %(all)s pages were read.") % found))
    moment, as_given = published(_pdf_date(read.date), now)
    return Parsed((_item(where, text, read, moment, as_given),), tuple(problems), "pdf")


def _item(where: str, text: str, read: Read, moment: datetime | None, as_given: str | None) -> Item:
    facts = {"pages": str(read.page_count)} | ({"published_as_given": as_given} if as_given else {})
    stem = PurePosixPath(where.replace("\\", "/")).stem
    title = one_line(read.title) or one_line(stem) or where
    return Item(where, title, text, "", DOCUMENT, moment, None, facts)


def _pdf_date(text: str) -> str | None:
    """`D:20260918125559+02'00'` as ISO 8601."""
    digits = text.removeprefix("D:")[:14]
    if len(digits) < 8 or not digits.isdigit():
        return None
    clock = digits[8:].ljust(6, "0")
    zone = text.removeprefix("D:")[14:].replace("'", "")
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    return f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{zone if zone[:1] in '+-' else ''}"
