"""A text as a reader sees it: no invisible characters, line-break hyphens, escapes or marks in words."""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from urllib.parse import unquote

# All of Unicode's category Cf, its Default_Ignorable_Code_Point, marks over letters outside the first block
# of them, and the Arabic letter that only stretches a word.
FORMAT = (
    "\u00ad\u034f\u0600-\u0605\u061c\u0640\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# A letter, a hyphen, the end of the line, a letter. Spaces are bounded, to stay linear on hostile text.
BROKEN = r"[-\u2010\u2011](?<=[^\W\d_].)[ \t]{0,4}\r?\n[ \t>*]{0,40}(?=[^\W\d_])"
PERCENT = "%(?:25){0,4}[0-9A-Fa-f]{2}"
ENTITY = "&(?:amp;){0,4}(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});"
# Marks of Markdown and HTML with letters on both sides of them.
MARKED = (
    r"(?:\*(?<=[^\W_]\*)\*{0,2}|`(?<=[^\W_]`)`?|~(?<=[^\W_]~)~?|__(?<=[^\W_]__)"
    r"|<(?<=[^\W_]<)/?[A-Za-z!][^<>\n]{0,60}>)(?=[^\W_])"
)
PLACES = tuple(map(re.compile, (BROKEN, f"[{FORMAT}]", PERCENT, ENTITY, MARKED)))
HIDDEN = re.compile(rf"{BROKEN}|[{FORMAT}]+|(?:{PERCENT})+|{ENTITY}|{MARKED}")
INVISIBLE = re.compile(f"[{FORMAT}]+")
MOST_TIMES = 5


@dataclass(frozen=True, slots=True)
class Plain:
    """The text as seen, and where each piece of it came from.

    ``seen`` and ``came`` are the places, in this text and in the first one, where something was replaced by
    ``long`` characters; ``after`` is where the first text goes on.
    """

    text: str
    seen: tuple[int, ...]
    long: tuple[int, ...]
    came: tuple[int, ...]
    after: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these characters stand in the first text; a replaced piece goes as a whole."""
        return self._of(start)[0], self._of(end - 1)[1]

    def _of(self, place: int) -> tuple[int, int]:
        change = bisect_right(self.seen, place) - 1
        if change < 0:
            return place, place + 1
        into = place - self.seen[change] - self.long[change]
        if into < 0:
            return self.came[change], self.after[change]
        return self.after[change] + into, self.after[change] + into + 1


def plain(text: str) -> Plain | None:
    """The text as seen, or None when nothing in it is hidden."""
    # Each by itself is many times as fast as all in one pattern; no invisible character is ASCII.
    places = (PLACES[0], *PLACES[2:]) if text.isascii() else PLACES
    if not any(place.search(text) for place in places):
        return None
    pieces, changes, done, size = [], [], 0, 0
    for match in HIDDEN.finditer(text):
        shown = _shown(match[0])
        kept = text[done : match.start()]
        size += len(kept)
        changes.append((size, len(shown), match.start(), match.end()))
        pieces += [kept, shown]
        size += len(shown)
        done = match.end()
    seen, long, came, after = zip(*changes, strict=True)
    return Plain("".join([*pieces, text[done:]]), seen, long, came, after)


def _shown(piece: str) -> str:
    """What a hidden piece stands for; one that was escaped several times is read as often."""
    if piece[0] not in "%&":
        return ""
    read = unquote if piece[0] == "%" else html.unescape
    for _time in range(MOST_TIMES):
        piece, before = read(piece), piece
        if piece == before:
            break
    return INVISIBLE.sub("", piece)
