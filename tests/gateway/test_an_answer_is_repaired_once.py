from dataclasses import dataclass, field

from careerforge.gateway import errors
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.complete import complete
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Again, always
from tests.gateway.test_completing import Rows, Scripted, answers
from tests.gateway.wire import QUESTION, Wire, prompt


def wrong() -> errors.BadAnswer:
    problem = "score: Input should be less than or equal to 1"
    return errors.BadAnswer("scripted", "schema", problem=problem, usage=Usage(5, 6))


@dataclass
class Turns(Scripted):
    """A provider with an outcome for each turn."""

    turns: list[Completion | errors.ProviderError] = field(default_factory=list)

    def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
        self.outcome = self.turns.pop(0)
        return super().complete(prompt, timeout_s=timeout_s, again=again)


def turns(*outcomes: Completion | errors.ProviderError) -> Turns:
    return Turns(outcomes[0], turns=list(outcomes))


def good() -> Completion:
    found = answers().outcome
    assert isinstance(found, Completion)
    return found


def ask(*providers: Scripted, **given: float) -> tuple[Completion | None, Rows]:
    rows = Rows()
    answer = complete(prompt(), providers=providers, ledger=rows, allowed=True, **given)
    assert not isinstance(answer, Exceeded)
    return answer, rows


def test_the_same_provider_is_told_once_what_was_wrong_and_both_calls_are_booked() -> None:
    provider = turns(wrong(), good())
    answer, rows = ask(provider, answers())
    assert answer
    assert answer.repaired
    first, second = provider.asked
    assert second.question.startswith(QUESTION)
    assert "less than or equal to 1" in second.question
    assert (second.system, second.context) == (first.system, first.context)
    assert [(row.outcome, row.input_tokens) for row in rows.kept] == [("bad_answer", 5), ("ok", 10)]


def test_after_a_second_wrong_answer_the_next_provider_is_asked_the_question_itself() -> None:
    first, second = turns(wrong(), wrong()), answers()
    answer, rows = ask(first, second)
    assert answer
    assert not answer.repaired
    assert second.asked[0].question == QUESTION
    assert [row.outcome for row in rows.kept] == ["bad_answer", "bad_answer", "ok"]


def test_nobody_is_asked_again_for_a_page_of_html_a_cut_or_a_refusal() -> None:
    for error in (errors.BadAnswer, errors.Cut, errors.Refused):
        provider = turns(error("scripted", "not_json"))
        assert ask(provider)[0] is None
        assert len(provider.asked) == 1


def test_what_was_wrong_is_told_without_what_was_written(wire: Wire) -> None:
    wire.message('{"title": "Only mine", "score": 1.7, "x": 1}').message()
    answer = complete(prompt(), providers=[wire.anthropic()], ledger=Rows(), allowed=True)
    assert answer
    asked = wire.sent["messages"][0]["content"][-1]["text"]
    assert "score: Input should be less than or equal to 1" in asked
    assert "Only mine" not in asked


def test_who_finds_it_too_much_is_asked_once_more_with_the_first_half_of_the_data() -> None:
    paragraphs = ["<data>", "[1] One", "[2] Two", "[3] Three", "[4] Four", "</data>"]
    too_much = errors.Unavailable("scripted", "too_large", status=413)
    provider, rows = turns(too_much, too_much), Rows()
    assert not complete(
        prompt(context="\n\n".join(paragraphs)), providers=[provider], ledger=rows, allowed=True
    )
    assert provider.asked[1].context.split("\n\n") == ["<data>", "[1] One", "[2] Two", "</data>"]
    assert len(provider.asked) == 2


def test_what_cannot_be_less_is_not_asked_again() -> None:
    provider = turns(errors.Unavailable("scripted", "too_large", status=413))
    assert ask(provider)[0] is None
