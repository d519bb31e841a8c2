"""Whom a sentence about a person is told: their coach, or the person. Pure."""

from enum import StrEnum


class Voice(StrEnum):
    """The same facts in two wordings."""

    # About them, to somebody else.
    ABOUT = "about"
    # To the person.
    TO = "to"

    def of(self, about: str, to: str) -> str:
        """The wording for whom it is told; both are written out, as languages differ in more than a word."""
        return to if self is Voice.TO else about
