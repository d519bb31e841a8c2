"""Tables as CSV: rows that read like entries become items, any other table is one document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from connectors.parsing.item import Parsed, Problem
from connectors.parsing.json_items import MAX_ITEMS, Mapped, parse_json_items, reads_like_entries
from connectors.parsing.plain import decode, parse_plain

DELIMITERS = ",;\t|"
LONGEST_CELL = 131_072
_SAMPLE = 20_000

Row = dict[str, object]


def parse_table(
    where: str, body: bytes, charset: str | None, now: datetime, mapped: Mapped | None = None
) -> Parsed:
    """The rows of a table whose header names a title and a text, link or company; else the table as a text.

    Comma, semicolon, tab or bar, with or without a byte-order mark, in any character set that `decode` knows.
    A cell is data: what looks like a formula stays the text it is.
    """
    text, warning = decode(body, charset)
    text = text.lstrip("\ufeff").replace("\0", "")
    delimiter = _delimiter(text)
    header = next(_cells(text, delimiter), [])
    is_given = mapped is not None and bool(mapped.fields)
    if len(header) < 2 or not (is_given or reads_like_entries(header)):
        return parse_plain(where, body, charset, now)
    rows, problems = _rows(where, text, delimiter, [name.strip() for name in header])
    if warning:
        problems.insert(0, Problem(where, warning))
    if not rows:
        return Parsed((), (*problems, Problem(where, _("The table has a header and no rows."))), "table")
    found = parse_json_items(where, rows, now, mapped)
    return Parsed(found.items, (*problems, *found.problems), "table", found.gone)


def _rows(where: str, text: str, delimiter: str, header: list[str]) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    ragged = 0
    cells = _cells(text, delimiter)
    next(cells, None)
    try:
        for line in cells:
            if not any(cell.strip() for cell in line):
                continue
            ragged += len(line) != len(header)
            # Of two columns of one name the first with something in it counts.
            row: Row = {}
            for name, cell in zip(header, line, strict=False):
                if name and not row.get(name):
                    row[name] = cell.strip()
            rows.append(row)
            if len(rows) > MAX_ITEMS:
                break
    except csv.Error:
        problems.append(Problem(where, _("The table breaks off: a cell is too long or has no end.")))
    if ragged:
        words = ngettext(
            "%(n)s row has more or fewer cells than the header.",
            "%(n)s rows have more or fewer cells than the header.",
            ragged,
        )
        problems.append(Problem(where, words % {"n": ragged}))
    return rows, problems


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    # The limit is the process's, and others read longer cells.
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The sign that stands most evenly in the first lines: in the header, and as often below it."""
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:20]
    header = lines[0] if lines else ""
    return max(DELIMITERS, key=lambda sign: (_evenly(lines, sign), header.count(sign)))


def _evenly(lines: list[str], sign: str) -> int:
    count = len(next(csv.reader(lines[:1], delimiter=sign), [])) if lines else 0
    if count < 2:
        return 0
    rows = csv.reader(lines, delimiter=sign)
    try:
        return sum(len(row) == count for row in rows)
    except csv.Error:
        return 1
