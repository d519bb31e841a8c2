"""Names of a lexicon in the words of a text, the longest at each place. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careerforge.skills.extraction.lexicon import Entry, Lexicon, Node
from careerforge.skills.extraction.words import Token

# What may stand between two words of one name.
INSIDE = re.compile(r"[ \t\u00a0]*+(?:[-‐–/'’&]|\n(?!\s*\n))?[ \t\u00a0]*+|\.")
# What may stand inside one word that is mostly written together: "back-end", "data base".
TOGETHER = re.compile(r"[-‐–/. ]?")


@dataclass(frozen=True, slots=True)
class Found:
    """Names that end at one place of a text. ``misspelt``: with a typing error."""

    entries: Sequence[Entry]
    start: int
    end: int
    first: int
    behind: int
    misspelt: bool = False


def find(text: str, words: Sequence[Token], lexicon: Lexicon) -> list[Found]:
    """What is named, in order and without overlaps: at each place the name of most words."""
    found: list[Found] = []
    place = 0
    while place < len(words):
        one = max(_from(text, words, place, lexicon), key=lambda each: each.end, default=None)
        if one is None:
            one = _misspelt(words, place, lexicon)
        if one is None:
            place += 1
        else:
            found.append(one)
            place = one.behind
    return found


def _from(text: str, words: Sequence[Token], place: int, lexicon: Lexicon) -> Iterator[Found]:
    """All names that start at a place."""
    start = words[place].start
    waiting: list[tuple[Node, int]] = [(lexicon.root, place)]
    while waiting:
        node, at = waiting.pop()
        for step, behind in _steps(text, words, at, first=node is lexicon.root):
            following = node.after.get(step)
            if following is None:
                continue
            if following.ends:
                yield Found(following.ends, start, words[behind - 1].end, place, behind)
            if (
                behind < len(words)
                and following.after
                and INSIDE.fullmatch(text, words[behind - 1].end, words[behind].start)
            ):
                waiting.append((following, behind))


def _steps(text: str, words: Sequence[Token], at: int, *, first: bool) -> Iterator[tuple[str, int]]:
    """The next word, and it with the one behind as if they were one."""
    yield words[at].form, at + 1
    if first and at + 1 < len(words) and TOGETHER.fullmatch(text, words[at].end, words[at + 1].start):
        joined = words[at].form + words[at + 1].form
        if len(joined) > 5:
            yield joined, at + 2


def _misspelt(words: Sequence[Token], place: int, lexicon: Lexicon) -> Found | None:
    word = words[place]
    meant = lexicon.meant(word.form)
    if meant is None:
        return None
    return Found(lexicon.root.after[meant].ends, word.start, word.end, place, place + 1, misspelt=True)
