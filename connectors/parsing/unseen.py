"""What a page holds and shows to nobody: elements styled away, letters in invisible characters. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST = 20_000
_AWAY = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)|font-size\s{0,3}:\s{0,3}0(?![.\d]*[1-9])"
    r"|opacity\s{0,3}:\s{0,3}0(?![.\d]*[1-9])|(?:left|top|text-indent)\s{0,3}:\s{0,3}-\d{3,}",
    re.IGNORECASE,
)
# Seen by nobody on a white page, but white letters may stand on a dark button too.
_WHITE = re.compile(
    r"(?<![-\w])color\s{0,3}:\s{0,3}(?:#fff(?:fff)?\b|white\b|rgba?\(255,\s?255,\s?255|transparent)", re.I
)
_SOMETHING = re.compile(rf"{_AWAY.pattern}|{_WHITE.pattern}|\shidden[\s=>/]", re.IGNORECASE)
_IN_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass(frozen=True)
class Parted:
    """Markup without what is styled away, and the text that nobody sees."""

    shown: str
    hidden: str = ""


def parted(markup: str) -> Parted:
    """Tell what is shown from what is not. White letters stay where they are, and count as hidden too.

    An element that is never closed hides nothing, so that a slip does not swallow a page.
    """
    hidden = "".join(chr(ord(char) - 0xE0000) for char in "".join(_IN_TAGS.findall(markup)))
    if not _SOMETHING.search(markup):
        return Parted(markup, hidden[:MOST])
    reader = _Reader(markup)
    reader.feed(markup)
    reader.close()
    pieces, at = [], 0
    for start, end in reader.away:
        if start >= at:
            pieces.append(markup[at:start])
            at = end
    return Parted("".join([*pieces, markup[at:]]), "\n".join(filter(None, [hidden, *reader.texts]))[:MOST])


@dataclass
class _Open:
    tag: str
    start: int
    is_away: bool
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Spans of elements that are styled away, and the texts in them and in white ones."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.away: list[tuple[int, int]] = []
        self.texts: list[str] = []
        self._starts = [0, *(match.end() for match in re.finditer("\n", markup))]
        # Innermost last; only elements that hide something, and those of the same name within them.
        self._open: list[_Open] = []
        self._same = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._open:
            self._same += tag == self._open[0].tag
            return
        given = dict(attrs)
        style = given.get("style") or ""
        is_away = "hidden" in given or bool(_AWAY.search(style))
        if tag not in _VOID and (is_away or _WHITE.search(style)):
            self._open.append(_Open(tag, self._at(), is_away))
            self._same = 1

    def handle_endtag(self, tag: str) -> None:
        if not self._open or tag != self._open[0].tag:
            return
        self._same -= 1
        if self._same:
            return
        closed = self._open.pop()
        self.texts.append(" ".join(" ".join(closed.texts).split()))
        if closed.is_away:
            self.away.append((closed.start, self._at()))

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[0].texts.append(data)
