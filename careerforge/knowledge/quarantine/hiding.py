"""What people cannot see in a text: invisible and reordering characters, letters of another script. Pure."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator

Place = Callable[[int], int]

# Zero width, bidirectional controls, tags, variation selectors beyond the sixteen that emoji use.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164"
    "\ufeff\uffa0\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
    "|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
# These say something by themselves, wherever they stand: letters in invisible tags, reordered text.
_TAGS = re.compile("[\U000e0020-\U000e007f]{4,}|[\u202d\u202e]")
# One soft hyphen or joiner is typography; this many in a row, or this share of a text, hides something.
_ROW = re.compile("[\u200b\u2060-\u2064\ufeff\U000e0100-\U000e01ef]{4,}")
SHARE, LEAST = 0.02, 8

_LOOK_ALIKE = str.maketrans(
    "аеіјорсухѕԁɡһӏԛԝѵАВЕІЈКМНОРСТХЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνιɑı",
    "aeijopcyxsdghlqwvABEIJKMHOPCTXSABEZHIKMNOPTYXaopviai",
)
# A look-alike between small Latin letters; "μM" and "TGFβ" are units and names.
_MIXED = re.compile(
    r"(?<=[a-z])[\u0251\u0261\u0131\u03b1\u03bf\u03b9\u0430-\u045f\u0475-\u051d][a-z][^\W\d_]+"
)
# Three such words are no slip of a keyboard, and no unit or formula.
MIXED_WORDS = 3
# A word with at least one Latin letter in it.
_LATIN_WORD = re.compile(r"\b(?=[^\W\d_]*[A-Za-z])[^\W\d_]+")


def plain(text: str) -> tuple[str, Place]:
    """The text as people read it, and the way from a place in it to the place in the original.

    Invisible characters go; look-alikes become what they look like, and letters in tags become letters.
    """
    if text.isascii():
        return text, lambda place: place
    tags = {code: chr(code - 0xE0000) for code in range(0xE0020, 0xE007F)}
    shown = text.translate(tags) if _TAGS.search(text) else text
    gone = [match.start() for match in _INVISIBLE.finditer(shown)]
    words = _LATIN_WORD.sub(lambda match: match[0].translate(_LOOK_ALIKE), _INVISIBLE.sub("", shown))
    # Where there are whole words in look-alikes of Latin letters, only compatibility forms are folded.
    folded = "".join(one if len(one) == 1 else old for old, one in ((c, _compatible(c)) for c in words))
    # The n-th invisible character stood at gone[n] - n in what is left.
    shifts = [place - number for number, place in enumerate(gone)]
    return folded, lambda place: place + bisect_right(shifts, place)


def _compatible(character: str) -> str:
    return character if character.isascii() else unicodedata.normalize("NFKC", character)


def signs(text: str) -> Iterator[tuple[str, int, int]]:
    """Codes and places of what is hidden by characters."""
    if text.isascii():
        return
    yield from (("characters", *match.span()) for match in _TAGS.finditer(text))
    yield from (("characters", *match.span()) for match in _ROW.finditer(text))
    invisible = len(_INVISIBLE.findall(text))
    if invisible >= LEAST and invisible > SHARE * len(text):
        yield "characters", 0, 0
    mixed = [match.span() for match in _MIXED.finditer(text)]
    if len(mixed) >= MIXED_WORDS:
        yield from (("letters", start, end) for start, end in mixed[:MIXED_WORDS])
