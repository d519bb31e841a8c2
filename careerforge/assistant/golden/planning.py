"""What is asked to prove a change: which questions, and of whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from careerforge.assistant.golden import asking
from careerforge.assistant.golden.changing import Change
from careerforge.assistant.golden.reading import askable
from careerforge.assistant.models import GoldenQuestion
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME
from careerforge.assistant.prompts.template import digest
from careerforge.gateway.road import STRENGTHS


@dataclass(frozen=True, slots=True)
class Case:
    """A golden question put to one function; of its row what tells one case from another."""

    row: GoldenQuestion
    function: str

    @property
    def key(self) -> tuple[str, str]:
        """Of its result in a run."""
        return str(self.row.pk), self.function


def cases(change: Change) -> list[Case]:
    """What is asked, in order: one query."""
    asked = askable()
    wanted = functions(change)
    return [case for function in wanted for case in _of(function, asked)] if wanted else _as_marked(asked)


def functions(change: Change) -> tuple[str, ...]:
    """Whose answers a change of prompts or models shows itself in; none for anything else. Pure."""
    found = set()
    if change.prompt == FRAME:
        found |= set(asking.functions())
    elif change.prompt:
        found.add(DECLARED[change.prompt].function)
    if change.models:
        strengths = change.models.strengths
        found |= {one for one in asking.functions() if STRENGTHS.get(one, "simple") in strengths}
    return tuple(sorted(found))


def _of(function: str, asked: Sequence[GoldenQuestion]) -> list[Case]:
    """What a function can be asked, each once: two questions about the same nobody are one to it."""
    answerer = asking.answerer_of(function)
    if answerer is None:
        return []
    found: dict[str, Case] = {}
    for one in asked:
        key = answerer.case(one.pk, one.about)
        if key and key not in found:
            found[key] = Case(one, function)
    return list(found.values())


def _as_marked(asked: Sequence[GoldenQuestion]) -> list[Case]:
    return [Case(one, one.function) for one in asked if asking.answerer_of(one.function)]


def digest_of(planned: Sequence[Case]) -> str:
    """A hash of what is asked."""
    return digest("\n".join(sorted(" ".join(one.key) for one in planned)))
