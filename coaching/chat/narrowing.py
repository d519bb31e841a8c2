"""Which quotes a question of a word or two is answered with: those of passages that are about it. Pure.

A word that a passage drops in passing, as "with holidays deducted", makes it no answer to "How do I take
holiday?".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from careerforge.assistant.extraction import ASKING, OFTEN
from careerforge.assistant.terms import canonical, terms
from careerforge.knowledge.passage import Passage
from coaching.quoting.quotes import Found

# A longer question says enough by itself.
WORDS = 2
# So often a passage has to speak of what it is about, if not in its title or heading.
TIMES = 2


def narrowed(question: str, found: Found) -> Found:
    """What was found, without quotes of passages that speak of the question's rarest word by the way."""
    asked = list(dict.fromkeys(canonical(one) for one in terms(question).words if one not in ASKING))
    asked = [one for one in asked if one not in OFTEN]
    if not found.quotes or not 0 < len(asked) <= WORDS:
        return found
    held = Counter(word for passage in found.passages for word in {*_words(passage.text), *_head(passage)})
    heard = [one for one in asked if held[one]]
    if not heard:
        return found
    rarest = min(heard, key=lambda one: (held[one], one))
    about = {one.chunk_id for one in found.passages if _is_about(one, rarest)}
    return replace(found, quotes=tuple(one for one in found.quotes if one.chunk_id in about))


def _is_about(passage: Passage, word: str) -> bool:
    return word in _head(passage) or _words(passage.text).count(word) >= TIMES


def _head(passage: Passage) -> Sequence[str]:
    return _words(f"{passage.title}. {passage.heading}")


def _words(text: str) -> list[str]:
    return [canonical(one) for one in terms(text).words]
