"""A text as a reader sees it: no invisible characters, no line-break hyphens, no percent escapes."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from urllib.parse import unquote

# All of Unicode's category Cf, and the variation selectors.
FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
# A letter, a hyphen, the end of the line, a letter. Spaces are bounded, to stay linear on hostile text.
BROKEN = r"[-\u2010\u2011](?<=[^\W\d_].)[ \t]{0,4}\r?\n[ \t>*]{0,40}(?=[^\W\d_])"
PLACES = (re.compile(BROKEN), re.compile(f"[{FORMAT}]"), re.compile("%[0-9A-Fa-f]{2}"))
HIDDEN = re.compile(rf"{BROKEN}|[{FORMAT}]+|(?:%[0-9A-Fa-f]{{2}})+")


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
    # Each by itself is many times as fast as all three in one pattern; no invisible character is ASCII.
    places = (PLACES[0], PLACES[2]) if text.isascii() else PLACES
    if not any(place.search(text) for place in places):
        return None
    pieces, changes, done, size = [], [], 0, 0
    for match in HIDDEN.finditer(text):
        shown = unquote(match[0]) if match[0][0] == "%" else ""
        kept = text[done : match.start()]
        size += len(kept)
        changes.append((size, len(shown), match.start(), match.end()))
        pieces += [kept, shown]
        size += len(shown)
        done = match.end()
    seen, long, came, after = zip(*changes, strict=True)
    return Plain("".join([*pieces, text[done:]]), seen, long, came, after)
