from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from careerforge.gateway import errors
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.complete import Clock, complete
from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Again, Gone, always, stays
from tests.gateway.wire import GOOD, KEY, QUESTION, Reply, Wire, prompt

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class Rows:
    """A ledger in memory."""

    kept: list[CallRecord] = field(default_factory=list)
    sent: list[Prompt] = field(default_factory=list)
    # After so many calls there is no room for another.
    most: int = 100

    def begin(self, call: CallRecord, prompt: Prompt) -> UUID | Exceeded | None:
        if len(self.sent) == self.most:
            return Exceeded(Scope.PERSON, NOW)
        assert call.outcome == "under_way"
        self.sent.append(prompt)
        return uuid4()

    def end(self, row: UUID, call: CallRecord, answer: str) -> None:
        self.kept.append(call)

    def not_made(self, call: CallRecord) -> None:
        self.kept.append(call)


@dataclass
class Scripted:
    """A provider that does one thing."""

    outcome: Completion | errors.ProviderError
    name: str = "scripted"
    model: str = "model-1"
    timeouts: list[float] = field(default_factory=list)
    asked: list[Prompt] = field(default_factory=list)

    def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
        self.timeouts.append(timeout_s)
        self.asked.append(prompt)
        if isinstance(self.outcome, errors.ProviderError):
            raise self.outcome
        return self.outcome

    def stream(
        self, prompt: Prompt, *, timeout_s: float, again: Again = always, gone: Gone = stays
    ) -> Generator[str, None, Completion]:
        completion = self.complete(prompt, timeout_s=timeout_s)
        yield completion.text
        return completion


def answers(model: str = "model-1") -> Scripted:
    parsed = Reply(title="Data engineer", score=0.5)
    return Scripted(Completion(GOOD, parsed, "model-1", model, Usage(10, 5, 3, 2), "end_turn", "scripted"))


def fails(error: type[errors.ProviderError] = errors.Unavailable, **given) -> Scripted:
    return Scripted(error("scripted", "server_error", **given))


def ask(*providers: Scripted, allowed: bool = True, **given):
    rows = Rows()
    clock = Clock(now=lambda: NOW)
    answer = complete(prompt(), providers=providers, ledger=rows, allowed=allowed, clock=clock, **given)
    return answer, rows.kept


def test_the_first_that_answers_is_taken() -> None:
    second = answers()
    answer, rows = ask(answers(), second)
    assert answer
    assert answer.text == GOOD
    assert second.timeouts == []
    assert [row.outcome for row in rows] == ["ok"]


def test_a_row_says_what_it_cost() -> None:
    _, [row] = ask(answers())
    assert (row.input_tokens, row.output_tokens, row.cache_read_tokens, row.cache_write_tokens) == (
        10,
        5,
        3,
        2,
    )
    assert (row.function, row.prompt_version, row.model_asked, row.started_at) == (
        "test",
        "test-1",
        "model-1",
        NOW,
    )


@pytest.mark.parametrize(
    "error",
    [
        errors.Unavailable,
        errors.RateLimited,
        errors.OutOfMoney,
        errors.BadKey,
        errors.BadAnswer,
        errors.Cut,
    ],
)
def test_when_one_fails_the_next_is_asked_and_both_are_in_the_ledger(error) -> None:
    answer, rows = ask(fails(error), answers())
    assert answer
    assert [row.outcome for row in rows] == [error.outcome, "ok"]
    assert rows[0].error_kind == "server_error"


def test_a_refusal_is_not_taken_to_another_model() -> None:
    other = answers()
    answer, rows = ask(fails(errors.Refused), other)
    assert answer is None
    assert other.timeouts == []
    assert [row.outcome for row in rows] == ["refused"]


def test_when_all_fail_the_rules_have_to_do_it() -> None:
    answer, rows = ask(fails(), fails())
    assert answer is None
    assert len(rows) == 2


def test_what_is_switched_off_is_not_asked_but_noted() -> None:
    provider = answers()
    answer, rows = ask(provider, allowed=False)
    assert answer is None
    assert provider.timeouts == []
    assert [row.outcome for row in rows] == ["switched_off"]


def test_without_providers_there_is_nothing_to_note() -> None:
    assert ask() == (None, [])
    assert ask(allowed=False) == (None, [])


def test_a_bad_answer_is_paid_for_all_the_same() -> None:
    _, [row] = ask(fails(errors.BadAnswer, usage=Usage(10, 5), model_answered="model-1"))
    assert (row.input_tokens, row.output_tokens, row.model_answered) == (10, 5, "model-1")


def test_another_model_than_asked_is_flagged_in_the_row() -> None:
    _, [row] = ask(answers("model-9"))
    assert (row.outcome, row.model_answered, row.error_kind) == ("ok", "model-9", "other_model")


def test_the_second_gets_only_the_time_the_first_has_left() -> None:
    class Slow(Scripted):
        """Takes its time."""

        def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
            passed.append({"slow": 40.0}.get(self.name, 1.0))
            return super().complete(prompt, timeout_s=timeout_s, again=again)

    passed = [0.0]
    first, second, rows = Slow(fails().outcome, "slow"), Slow(answers().outcome), Rows()
    clock = Clock(now=lambda: NOW, seconds=lambda: sum(passed))
    assert complete(prompt(), providers=[first, second], ledger=rows, allowed=True, clock=clock)
    assert second.timeouts == [5.0]
    assert [row.latency_ms for row in rows.kept] == [40_000, 1_000]


def test_with_no_time_left_nobody_is_asked() -> None:
    provider = answers()
    assert ask(provider, deadline_s=0.5) == (None, [])
    assert provider.timeouts == []


def test_an_error_that_is_not_the_providers_is_not_hidden() -> None:
    class Broken(Scripted):
        def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(Broken(fails().outcome))


def test_over_the_real_wire_a_dead_provider_hands_over_to_a_living_one(wire: Wire) -> None:
    wire.fails(529).fails(529).fails(529).chat()
    rows = Rows()
    answer = complete(prompt(), providers=[wire.anthropic(), wire.compatible()], ledger=rows, allowed=True)
    assert answer
    assert answer.provider == "openai"
    # Each try is a call of its own.
    assert [(row.provider, row.outcome) for row in rows.kept] == [
        *[("anthropic", "unavailable")] * 3,
        ("openai", "ok"),
    ]
    assert KEY not in repr(rows.kept)
    assert QUESTION not in repr(rows.kept)
