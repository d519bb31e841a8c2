"""What one folded word may stand for: an inflected, misspelt or glued form of a name. Pure."""

import re
from collections.abc import Iterator

from careerforge.gateway.folding import fold
from careerforge.gateway.words import listed

SHORTEST_TAIL = 7
LONGEST = 40
# In small letters only these two: "varkonyis".
GENITIVES = ("s", "es")
# Behind a whole name: German, Slavic, Finnish and Turkish cases.
ENDINGS = frozenset(
    map(
        fold,
        listed(
            """
            s es e en em ie chen n ns er ers in a o u y i om ou owi ovi owie ova ove ego emu iem im ym ami ach
            ow ssa sta lla lle lta un а у е ы ом ем ой ам ами ах ов ова овой ову ым и ю я
            """
        ),
    )
)
# Behind a name without its own last vowel: Kowalskiego, Соколовского, Дмитрия.
STEM_ENDINGS = frozenset(
    map(
        fold,
        listed(
            """
            a o u y i om ou owi ovi ego iego emu iemu iem im ym ej iej ami ach ich ych
            ого ому им ом ой ую ая их ых а у е ы и ю я ия ию ие ием ии ем ей ами ах ам
            """
        ),
    )
)
LONGEST_ENDING = max(map(len, ENDINGS | STEM_ENDINGS))
LAST_VOWELS = frozenset(map(fold, "aeiouyаеиоуыьюяй"))
DIGRAPH = re.compile(r"aa|ae|oe|(?<![aeq])ue")
LIKE_O_AND_L = (str.maketrans("01345", "oleas"), str.maketrans("01345", "oieas"))


def shrunk(word: str) -> str:
    """One spelling for Müller, Mueller and Muller, for Århus and Aarhus: all without the second letter."""
    return DIGRAPH.sub(lambda found: found[0][0], word)


def stem(word: str) -> str:
    """A name without up to two vowels at its end."""
    size = len(word)
    while size > len(word) - 2 and word[size - 1] in LAST_VOWELS:
        size -= 1
    return word[:size]


def wholes(word: str, *, capitalised: bool) -> Iterator[str]:
    """Names of which this folded word may be a form; the word itself first."""
    yield word
    if len(word) > LONGEST:
        return
    for ending in _ends(word) if capitalised else GENITIVES:
        if ending in ENDINGS and word.endswith(ending):
            yield word[: -len(ending)]
    yield word[::-1]
    if not word.isalpha():
        yield word.strip("0123456789")
        yield from (word.translate(letters) for letters in LIKE_O_AND_L)
    if word[-1] >= "\u3040":
        yield re.split("[\u3040-\uffff]", word, maxsplit=1)[0]
    yield from (word[start:] for start in range(1, len(word) - SHORTEST_TAIL + 1))


def stems(word: str) -> Iterator[str]:
    """Stems of which this folded word may be a form."""
    yield from (word[: -len(ending)] for ending in _ends(word) if ending in STEM_ENDINGS)


def _ends(word: str) -> Iterator[str]:
    yield from (word[-size:] for size in range(1, min(LONGEST_ENDING, len(word) - 1) + 1))
