"""Names as they are stored. Pure."""

import re
from collections.abc import Iterable, Iterator

from careerforge.skills.importing.rows import ALTERNATIVE, PREFERRED, UNNAMED, NewLabel

LONGEST_NAME, LONGEST_IDENTIFIER = 4_000, 400
SPACE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Without line breaks, doubled blanks and blanks around."""
    return SPACE.sub(" ", text).strip()


def refusal(external_id: str, name: str) -> str:
    """Why a concept is left out; "" when it is fine."""
    if not external_id:
        return "has no identifier."
    if len(external_id) > LONGEST_IDENTIFIER:
        return f"has an identifier of more than {LONGEST_IDENTIFIER} letters."
    if not name:
        return UNNAMED
    return f"has a name of more than {LONGEST_NAME:,} letters." if len(name) > LONGEST_NAME else ""


def labels_of(
    external_id: str, language: str, preferred: str, others: Iterable[tuple[str, str]] = ()
) -> Iterator[NewLabel]:
    """The preferred label and the others (kind, text), each once whatever its case."""
    seen = {preferred.casefold()}
    yield NewLabel(external_id, language, PREFERRED, preferred)
    for kind, text in others:
        plain = tidy(text)
        if plain and len(plain) <= LONGEST_NAME and plain.casefold() not in seen:
            seen.add(plain.casefold())
            yield NewLabel(external_id, language, kind, plain)


def alternatives(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Texts as alternative labels."""
    return ((ALTERNATIVE, text) for text in texts)
