"""Word documents by python-docx, confined like PDF."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from connectors.parsing.confined import Limits, read_confined, reason
from connectors.parsing.dates import published
from connectors.parsing.item import DOCUMENT, Item, Parsed, Problem, unreadable
from connectors.parsing.text import clean, one_line

# Parts in the package; a document with a thousand pictures has fewer.
LIMITS = Limits(pages=2_000)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def parse_docx(where: str, body: bytes, now: datetime, limits: Limits = LIMITS) -> Parsed:
    """One document from a Word file, or the reason why there is none. Headings and lists become Markdown;
    hidden text is kept apart. `where` is its external id and, without a title or a heading, its title.
    """
    if len(body) > limits.size:
        reason_ = _("The document is larger than %(n)s MB.") % {"n": limits.size // 1_000_000}
        return unreadable(where, reason_, "docx")
    read = read_confined("docx", body, limits)
    text = clean("\n\n".join(read.pages))
    if not text:
        return unreadable(where, reason(read.error, _("document")), "docx")
    problems = (
        [Problem(where, _("The document is very long; only its start was read."))] if read.error else []
    )
    moment, as_given = published(read.date, now)
    facts = {"published_as_given": as_given} if as_given else {}
    stem = PurePosixPath(where.replace("\\", "/")).stem
    heading = _HEADING.search(text)
    title = one_line(read.title) or one_line(heading[1] if heading else "") or one_line(stem)
    item = Item(where, title or where, text, "", DOCUMENT, moment, None, facts, clean(read.hidden))
    return Parsed((item,), tuple(problems), "docx")
