"""A thumb keeps how much of its answer was supported; from 100 outcomes on answers say what came of them."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.assistant import feedback
from careerforge.assistant.models import Feedback
from careerforge.people.models import User
from coaching.models import Generation
from tests.cast import make_person
from tests.coaching.conftest import NOW

FIGURE = "Of 100 such answers, 80 were rated useful by their readers (n = 100)."


@pytest.fixture
def crowd(company: Any) -> list[User]:
    return [make_person("r" * n, f"Wenzel Ackerknecht {n}") for n in range(1, 31)]


def rate(people: list[User], n: int) -> None:
    Feedback.objects.bulk_create(
        Feedback(
            user=people[place % len(people)],
            result_kind="chat",
            result_id=uuid4(),
            thumb="up" if place < 80 else "down",
            model_used="rules",
            prompt_version="1",
            said=1.0,
            given_at=NOW,
        )
        for place in range(n)
    )


def thumbs(answer: Any, reader: User) -> Feedback:
    feedback.record(reader, "chat", answer.id, "up", [], NOW)
    return Feedback.objects.get(user=reader)


def test_an_answer_by_rules_is_supported_whole_whatever_a_model_wrote_before(ask: Any, senior: User) -> None:
    answer = ask()
    Generation.objects.update(struck=3)
    assert thumbs(answer, senior).said == 1.0


def test_what_was_struck_of_a_models_answer_counts(ask: Any, senior: User) -> None:
    answer = ask()
    Generation.objects.update(struck=1, model_used="a-model")
    assert thumbs(answer, senior).said == len(answer.sentences) / (len(answer.sentences) + 1)


def test_an_answer_without_a_sentence_says_nothing_of_itself(ask: Any, senior: User) -> None:
    answer = ask("Is a submarine a mammal?")
    assert not answer.sentences
    assert thumbs(answer, senior).said is None


@pytest.mark.parametrize(("n", "is_told"), [(99, False), (100, True)])
def test_the_page_says_a_figure_from_a_hundred_outcomes_on(
    ask: Any, senior: User, crowd: list[User], signed_in: Any, n: int, is_told: bool
) -> None:
    answer = ask()
    rate(crowd, n)
    client = signed_in(senior)
    address = f"/chat/{answer.generation.message.conversation_id}/"
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address).text
    assert (FIGURE in page) is is_told
    assert "Of 100 such answers" not in page or is_told
    asked = [one["sql"] for one in captured.captured_queries if "set_config" not in one["sql"]]
    assert sum(sql.lstrip().startswith("SELECT") for sql in asked) <= 15
