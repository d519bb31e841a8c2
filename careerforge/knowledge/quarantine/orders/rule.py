"""One kind of order: how it is built, and where it would be an ordinary sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from careerforge.knowledge.quarantine.orders.setting import Setting


@dataclass(frozen=True)
class Rule:
    """Patterns of one code, looked for sentence by sentence.

    Attributes:
        needs: of each set of word beginnings (four letters) a sentence must have one.
        ordinary: in texts about one of these the sentence says nothing about its author.
        quoted: it is ordinary there only between quotation marks.
    """

    code: str
    needs: tuple[frozenset[str], ...]
    patterns: tuple[re.Pattern[str], ...]
    ordinary: tuple[Setting, ...] = ()
    quoted: bool = False


def rule(
    code: str,
    needs: Sequence[str],
    *patterns: str,
    ordinary: Sequence[Setting] = (),
    quoted: bool = False,
) -> Rule:
    """A rule of patterns that are read without regard to case; every repetition in them is bounded."""
    stems = tuple(frozenset(words.split()) for words in needs)
    compiled = tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    return Rule(code, stems, compiled, tuple(ordinary), quoted)
