"""How a sentence of an answer by rules is supported by the spans that it cites."""

from collections.abc import Sequence

from careerforge.assistant.contrast import has_number
from careerforge.assistant.grounding import support
from careerforge.assistant.support import as_passage
from careerforge.assistant.terms import terms
from coaching.answers.answer import Source


def kind(text: str, sources: Sequence[Source], names: Sequence[str]) -> str:
    """How a sentence is supported: quoted, grounded, computed, or ``unsupported``."""
    if any(text in source.quote for source in sources):
        return "quoted"
    passages = [as_passage(1, one.quote, one.title, one.detail) for one in sources]
    whole = " ".join(f"{source.title}. {source.quote}" for source in sources)
    if support(text, [*passages, as_passage(2, whole)]).holds:
        return "grounded"
    said, known = terms(text), terms(whole)
    numbers = all(has_number(number, known) for number in said.numbers)
    spoken = all(name in whole for name in names if name in text)
    return "computed" if sources and numbers and spoken else "unsupported"
