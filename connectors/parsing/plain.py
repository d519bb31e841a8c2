"""Text and Markdown files, with an optional TOML head between `+++` lines; and the one place that decides on
a character set.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from connectors.parsing.dates import published
from connectors.parsing.item import DOCUMENT, Item, Parsed, Problem, unreadable
from connectors.parsing.text import clean, one_line

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Of equally plausible ones the first is taken.
_EIGHT_BIT = ("cp1252", "cp1250", "iso-8859-2", "cp1251", "koi8-r")
# The letters beyond a to z of languages written in these sets: a right reading stays within one of them.
_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "äöüßé", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõú", "àèéìíîòóùú", "åäöæøé", "àçèéíïòóúü·",
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîșțşţ",
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    )
)  # fmt: skip
_HEADING = re.compile(r"^##? (.+)$", re.MULTILINE)
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,29}\Z")
_HEAD_FIELDS = frozenset({"title", "kind", "topics", "published", "age", "url", "language", "id"})


def decode(body: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """The text of a body, and a sentence when the character set had to be guessed or bytes were lost.

    A byte-order mark wins, then valid UTF-8 whatever the header says, then UTF-16 by its pattern of zero
    bytes, then the header's `charset`, then the best guess among the usual eight-bit sets.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), None
    try:
        # A zero byte is valid UTF-8, so a UTF-16 text of plain letters must be ruled out first.
        if _wide(body) is None:
            return body.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if len(body) - error.start < 4 and error.reason == "unexpected end of data":
            return body[: error.start].decode("utf-8"), _("The text breaks off in the middle of a character.")
    return _decode_other(body, charset)


def _decode_other(body: bytes, charset: str | None) -> tuple[str, str | None]:
    wide = _wide(body)
    if wide is not None:
        return body.decode(wide, "replace"), _("The character set was not declared; it was taken for UTF-16.")
    declared = _known(charset)
    if declared is not None:
        try:
            return body.decode(declared), None
        except UnicodeDecodeError:
            pass
    return _guess(body)


def _known(charset: str | None) -> str | None:
    """A declared character set that can be right for bytes that are not UTF-8; codecs that are no character
    sets are left out.
    """
    name = (charset or "").strip().lower()
    if name in {"", "utf-8", "utf8", "ascii", "us-ascii", "utf-7"}:
        return None
    if name in {"iso-8859-1", "latin-1", "latin1"}:
        # as browsers read it
        return "cp1252"
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return name


def _wide(body: bytes) -> str | None:
    sample = body[:4096]
    if len(sample) < 8 or len(body) % 2:
        return None
    even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if odd > 0.3 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.1 else None


def _guess(body: bytes) -> tuple[str, str | None]:
    texts = {}
    for name in _EIGHT_BIT:
        try:
            texts[name] = body.decode(name)
        except UnicodeDecodeError:
            continue
    if not texts:
        return body.decode("utf-8", "replace"), _("Some characters could not be read.")
    best = max(texts, key=lambda name: _plausible(texts[name][:20_000]))
    return texts[best], _("The character set was not declared rightly; it was taken for %(name)s.") % {
        "name": best
    }


def _plausible(text: str) -> float:
    """How much a text looks like one language: its letters beyond a to z belong to one alphabet (1.0 if all
    do), and few marks or capitals stand behind a small letter.
    """
    letters = [char.lower() for char in text if char.isalpha() and not char.isascii()]
    odd = sum(
        before.islower()
        and (char.isupper() or (not char.isascii() and not char.isalpha() and char not in "–—’“”„»«…\xa0"))
        for before, char in itertools.pairwise(text)
    )
    fit = max(sum(char in alphabet for char in letters) for alphabet in _ALPHABETS)
    return (fit - odd) / len(letters) if letters else -float(odd)


def parse_plain(name: str, body: bytes, charset: str | None, now: datetime) -> Parsed:
    """One document from a text or Markdown file; `name` is its id, and at last its title."""
    text, warning = decode(body, charset)
    problems = [Problem(name, warning)] if warning else []
    head, rest, complaint = _front_matter(text.lstrip("\ufeff"))
    if complaint:
        problems.append(Problem(name, complaint))
    content = clean(rest)
    if not content:
        return unreadable(name, _("The file holds no text."), "text")
    return Parsed((_item(name, content, head, now),), tuple(problems), "text")


def _front_matter(text: str) -> tuple[Mapping[str, object], str, str | None]:
    if not text.startswith("+++"):
        return {}, text, None
    parts = re.split(r"^\+\+\+[ \t]*$", text.replace("\r\n", "\n"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) < 3 or parts[0]:
        return {}, text, _("The head of the file, between +++ lines, has no end.")
    try:
        return tomllib.loads(parts[1]), parts[2], None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}, parts[2], _("The head of the file, between +++ lines, is not valid TOML; it was left out.")


def _item(name: str, content: str, head: Mapping[str, object], now: datetime) -> Item:
    heading = _HEADING.search(content)
    stem = PurePosixPath(name.replace("\\", "/")).stem
    title = (
        one_line(_string(head, "title"))
        or one_line(heading[1].rstrip("# ") if heading else "")
        or one_line(stem)
        or name
    )
    kind = _string(head, "kind").lower()
    moment, as_given = published(_given_date(head, now), now)
    facts: dict[str, str | tuple[str, ...]] = {
        key: text for key in head if key not in _HEAD_FIELDS and (text := one_line(_string(head, key)))
    }
    topics = _topics(head.get("topics"))
    if topics:
        facts["topics"] = topics
    if as_given:
        facts["published_as_given"] = as_given
    return Item(
        external_id=_string(head, "id") or name,
        title=title,
        text=content,
        url=one_line(_string(head, "url")),
        kind=kind if _KIND.match(kind) else DOCUMENT,
        published_at=moment,
        language=_string(head, "language").lower() or None,
        facts=facts,
    )


def _string(head: Mapping[str, object], key: str) -> str:
    value = head.get(key)
    return (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else ""
    )


def _topics(value: object) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(topic for name in names if isinstance(name, str) and (topic := one_line(name)))


def _given_date(head: Mapping[str, object], now: datetime) -> object:
    """`published` as a date, or `age` as days before now (a number, or `"12 days"`)."""
    given = head.get("published")
    if isinstance(given, date) and not isinstance(given, datetime):
        return datetime.combine(given, time(), UTC)
    if given is not None:
        return given
    age = re.match(r"\s*(\d{1,6}(?:\.\d+)?)", _string(head, "age"))
    try:
        return now - timedelta(days=float(age[1])) if age else None
    except OverflowError:
        return None
