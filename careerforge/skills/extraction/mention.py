from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class How(StrEnum):
    """How a skill was recognised, the surest first."""

    NAME = "name"
    ALIAS = "alias"
    # A name with a typing error.
    SPELLING = "spelling"
    # Other words that mean nearly the same.
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill named in a text: ``text[start:end]``.

    Attributes:
        level: 1 to 5 where the text says how well or for how many years, else None.
        negated: the text says that it is not asked for or not there.
    """

    skill_id: UUID
    start: int
    end: int
    how: How
    level: int | None = None
    negated: bool = False
