"""The page of language models says how sure answers were, and what their readers made of them (case 130)."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.assistant.models import Feedback
from careerforge.people.models import User
from tests.cast import make_person

PAGE = "/admin/gateway/"


@pytest.fixture
def client(signed_in: Any, admin_platform: User) -> Any:
    return signed_in(admin_platform)


@pytest.fixture
def crowd(company: Any) -> list[User]:
    return [make_person("r" * n, f"Wenzel Ackerknecht {n}") for n in range(1, 31)]


def rate(
    people: list[User], n: int, said: float = 1.0, useful: int | None = None, kind: str = "advice"
) -> None:
    Feedback.objects.bulk_create(
        Feedback(
            user=people[place % len(people)],
            result_kind=kind,
            result_id=uuid4(),
            thumb="up" if useful is None or place < useful else "down",
            model_used="rules",
            prompt_version="1",
            said=said,
            given_at=datetime.now(UTC),
        )
        for place in range(n)
    )


def section(client: Any) -> str:
    page = client.get(PAGE)
    assert page.status_code == 200
    part = page.text.split('aria-labelledby="calibration"')[1].split("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def test_it_says_what_an_outcome_is_and_that_nothing_follows(client: Any) -> None:
    said = section(client)
    assert "Its outcome is what its own reader says of it: useful came true, not useful did not." in said
    assert "no order, no threshold and no model changes by it" in said
    assert said.count("Fewer than 5 people have rated, of 30.") == 3


def test_below_a_hundred_it_says_how_many_there_are(client: Any, crowd: list[User]) -> None:
    rate(crowd, 99)
    said = section(client)
    assert "99 of 100 outcomes, of 30 of 30 people; until then confidence is in words." in said
    assert "Brier" not in said


@pytest.mark.parametrize(
    ("n", "came", "score", "error"), [(100, "80%", "0.200", "0.200"), (101, "80%", "0.198", "0.198")]
)
def test_from_a_hundred_on_it_shows_the_table_and_both_scores(
    client: Any, crowd: list[User], n: int, came: str, score: str, error: str
) -> None:
    rate(crowd, 100, useful=80)
    rate(crowd, n - 100)
    said = section(client)
    assert f"{n} outcomes of 30 people." in said
    assert f"90 to 100 of 100 100% {came} {n}" in said
    assert f"Brier score {score}" in said
    assert f"Calibration error {error}" in said


def test_a_pilot_of_a_few_people_shows_no_figure(client: Any, crowd: list[User]) -> None:
    rate(crowd[:29], 400)
    said = section(client)
    assert "400 of 100 outcomes, of 29 of 30 people; until then confidence is in words." in said
    assert "Brier" not in said


def test_a_row_of_fewer_than_five_people_is_in_no_figure(client: Any, crowd: list[User]) -> None:
    rate(crowd, 110)
    rate(crowd[:4], 20, said=0.5, useful=0)
    said = section(client)
    assert "40 to 50 of 100" not in said
    assert "Brier score 0 mean" in said


def test_the_page_asks_no_more_for_more_outcomes(client: Any, crowd: list[User]) -> None:
    client.get(PAGE)
    counts = []
    for kind in ("advice", "chat", "path"):
        rate(crowd, 200, kind=kind)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        asked = [one["sql"] for one in captured.captured_queries]
        counts.append(sum(sql.lstrip().startswith("SELECT") and "set_config" not in sql for sql in asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 15
