"""How a model's answer comes to be used: prompt → schema → checks → one repair → or else the rules' result.

The facts are computed before and the rules' result stands already; what a model writes replaces words of it
and nothing else. An answer that breaks a check is sent back once with what is wrong; one that breaks it
again is nobody's answer. Where it matters the model is asked twice, and two answers that do not agree are
said to be of low confidence.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel

from careerforge.assistant import prompts
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.prompt import Completion, Prompt, WebSource

T = TypeVar("T", bound=BaseModel)

# Every answer has passed this one when it gets here: the gateway reads it by the schema.
BY_SCHEMA = "schema"
AGREEMENT = "agreement"
# Enough to put an answer right; a model that breaks more rules than this is not told all of them.
MOST_PROBLEMS = 12
LONGEST_ANSWER = 24_000
AGAIN = """{question}

Your last answer, between the marks, breaks rules. Write all of it again, with these things put right:
{problems}
<answer-{mark}>
{answer}
</answer-{mark}>"""


@dataclass(frozen=True, slots=True)
class Check(Generic[T]):
    """One rule about an answer that is valid by its schema.

    Attributes:
        name: a short word that is stored; :mod:`careerforge.assistant.checks` has it in words.
        problems: what is wrong, as sentences for the model; none means the check is passed.
    """

    name: str
    problems: Callable[[T], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """What a model is asked to write, and what has to be true of it.

    Attributes:
        function: as switches, limits and the ledger know it.
        prompt: name of the template.
        schema: the shape of the answer.
        max_tokens: upper bound of what is written.
        thinking: tokens the model may think before; None for none.
        checks: in the order in which they are said.
        twice: ask two times and compare.
        core: what two answers have to have in common; everything, unless it is given.
    """

    function: str
    prompt: str
    schema: type[T]
    max_tokens: int
    thinking: int | None = None
    checks: tuple[Check[T], ...] = ()
    twice: bool = False
    core: Callable[[T], Hashable] | None = None


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """An answer that may be used.

    Attributes:
        parsed: the answer.
        checks: names of the checks that it passed.
        model: that answered.
        prompt_version: of the template.
        call_id: of the ledger's row.
        repaired: it was sent back once.
        agreed: a second answer agrees with it; None when nobody asked for one.
        web_sources: what a searching provider says it has read; supports nothing.
    """

    parsed: T
    checks: tuple[str, ...]
    model: str
    prompt_version: str
    call_id: UUID | None = None
    repaired: bool = False
    agreed: bool | None = None
    web_sources: tuple[WebSource, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer(Generic[T]):
    parsed: T
    completion: Completion
    repaired: bool


class Asks(Protocol):
    """The way to a model: a :class:`~careerforge.gateway.road.Road`, or one that rests between two calls."""

    def ask(self, prompt: Prompt, keeping: Keeping | None = None) -> Completion | Exceeded | None:
        """As the road."""


def ask(
    task: Task[T], values: Mapping[str, Any], road: Asks, *, now: datetime, keeping: Keeping | None = None
) -> Written[T] | Exceeded | None:
    """Ask a model to write something.

    Args:
        values: what the template names, without people.
        now: aware, in the zone of whoever reads the answer.
        keeping: how a good answer is kept for the same question; what is asked twice is not kept.

    Returns:
        The answer; which limit is reached; or None when the rules' result must do: nobody may or could
        answer, or the answer is wrong and was not put right.
    """
    return put(task, composed(task, values, now), road, keeping)


def composed(task: Task[T], values: Mapping[str, Any], now: datetime) -> Prompt:
    """The prompt of a task, for :func:`put`."""
    parts = prompts.load(task.prompt, now=now, **values)
    return parts.prompt(task.function, task.schema, max_tokens=task.max_tokens, thinking=task.thinking)


def put(
    task: Task[T], prompt: Prompt, road: Asks, keeping: Keeping | None = None
) -> Written[T] | Exceeded | None:
    """Ask with a prompt that is composed already; see :func:`ask`. Reads no row itself."""
    answer = _answered(task, prompt, road, None if task.twice else keeping)
    if answer is None or isinstance(answer, Exceeded):
        return answer
    agreed = _agreed(task, answer, _answered(task, prompt, road, None)) if task.twice else None
    return Written(
        parsed=answer.parsed,
        checks=(BY_SCHEMA, *(check.name for check in task.checks), *([AGREEMENT] if agreed else [])),
        model=answer.completion.model_answered,
        prompt_version=prompt.version,
        call_id=answer.completion.call_id,
        repaired=answer.repaired,
        agreed=agreed,
        web_sources=answer.completion.web_sources,
    )


def broken(checks: Sequence[Check[T]], parsed: T) -> list[str]:
    """What is wrong with an answer, as sentences. Pure."""
    return [problem for check in checks for problem in check.problems(parsed)]


def _answered(
    task: Task[T], prompt: Prompt, road: Asks, keeping: Keeping | None
) -> _Answer[T] | Exceeded | None:
    """One answer that passes all checks, at the second try if need be."""
    completion = road.ask(prompt, _if_good(task, keeping))
    if not isinstance(completion, Completion):
        return completion
    problems = broken(task.checks, cast(T, completion.parsed))
    if not problems:
        return _Answer(cast(T, completion.parsed), completion, repaired=False)
    again = road.ask(_again(prompt, completion.text, problems))
    if not isinstance(again, Completion):
        return again
    if broken(task.checks, cast(T, again.parsed)):
        return None
    return _Answer(cast(T, again.parsed), again, repaired=True)


def _if_good(task: Task[T], keeping: Keeping | None) -> Keeping | None:
    """The same keeping for answers that pass the checks."""
    if keeping is None:
        return None
    good = keeping.good
    return replace(keeping, good=lambda made: good(made) and not broken(task.checks, cast(T, made.parsed)))


def _again(prompt: Prompt, answer: str, problems: Sequence[str]) -> Prompt:
    """The same prompt with what was wrong. The marks are a hash of the answer, which cannot hold them."""
    shown = answer[:LONGEST_ANSWER]
    question = AGAIN.format(
        question=prompt.question,
        problems="\n".join(f"- {problem}" for problem in problems[:MOST_PROBLEMS]),
        answer=shown,
        mark=sha256(shown.encode()).hexdigest()[:8],
    )
    return replace(prompt, question=question)


def _agreed(task: Task[T], one: _Answer[T], other: _Answer[T] | Exceeded | None) -> bool:
    """Whether there is a second answer that says the same where it matters."""
    if other is None or isinstance(other, Exceeded):
        return False
    core: Callable[[T], Hashable] = task.core or (lambda parsed: parsed.model_dump_json())
    return core(one.parsed) == core(other.parsed)
