"""What is no question, although something was sent. Pure."""

import unicodedata

from django.utils.translation import gettext as _
from pydantic_core import PydanticCustomError

# Letters and signs by their class, and nothing on a page.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: blanks, controls, characters of no width."""
    return all(one in _FILLERS or unicodedata.category(one)[0] in "CMZ" for one in text)


def asked(text: str) -> str:
    """A question as an API takes it, for pydantic.

    Raises:
        PydanticCustomError: it is blank.
    """
    if is_blank(text):
        raise PydanticCustomError("blank", "{why}", {"why": _("Write your question first.")})
    return text
