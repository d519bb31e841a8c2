"""How a sentence of an answer by rules is supported by the spans that it cites."""

from collections.abc import Sequence
from uuid import UUID

from careerforge.assistant.contrast import has_number
from careerforge.assistant.grounding import support
from careerforge.assistant.terms import terms
from careerforge.knowledge.passage import Passage
from coaching.answers.answer import Source

NOWHERE = UUID(int=0)


def kind(text: str, sources: Sequence[Source], names: Sequence[str]) -> str:
    """How a sentence is supported: quoted, grounded, computed, or ``unsupported``."""
    if any(text in source.quote for source in sources):
        return "quoted"
    passages = [_passage(source) for source in sources]
    whole = " ".join(f"{source.title}. {source.quote}" for source in sources)
    if support(text, [*passages, _joined(whole)]).holds:
        return "grounded"
    said, known = terms(text), terms(whole)
    numbers = all(has_number(number, known) for number in said.numbers)
    spoken = all(name in whole for name in names if name in text)
    return "computed" if sources and numbers and spoken else "unsupported"


def _passage(source: Source) -> Passage:
    text = source.quote
    return Passage(1, NOWHERE, NOWHERE, source.title, "", None, "", text, 0, len(text), 1.0, source.detail)


def _joined(text: str) -> Passage:
    return Passage(2, NOWHERE, NOWHERE, "", "", None, "", text, 0, len(text), 1.0, "")
