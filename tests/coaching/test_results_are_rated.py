"""Thumbs: with reasons, for one's own results, changed at will, counted from five people on."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from careerforge.assistant import feedback
from careerforge.assistant.models import Feedback
from careerforge.people import tokens
from coaching.advising import advice
from tests.cast import make_person
from tests.coaching.conftest import NOW

QUESTION = "Which skill should they build first?"


@pytest.fixture
def given(coach, senior, library):
    return advice.ask(coach, senior, QUESTION, uuid4(), NOW)


@pytest.fixture
def client(signed_in, coach):
    return signed_in(coach)


def address(given):
    return reverse("assistant:feedback", args=["advice", given.id])


def test_a_thumb_is_kept_with_model_version_and_a_hash_of_the_question(client, given, coach):
    client.post(address(given), {"thumb": "down", "reason": ["wrong", "clear"], "next": "/console/"})
    row = Feedback.objects.get()
    assert (row.user, row.thumb, row.reasons) == (coach, "down", ["wrong"])
    assert (row.model_used, row.prompt_version) == ("rules", given.prompt_version)
    assert len(row.question_hash) == 64
    assert row.said == 1.0
    assert "skill" not in row.question_hash


def test_changing_ones_mind_replaces_it(client, given, coach):
    for thumb in ("down", "up", "up"):
        client.post(address(given), {"thumb": thumb, "next": "/console/"})
    assert Feedback.objects.get().thumb == "up"
    assert feedback.asked(coach, "advice", [given.id])[given.id].said == "Useful"


def test_it_leads_back_to_its_page_and_nowhere_else(client, given):
    back = client.post(address(given), {"thumb": "up", "next": "/console/?page=2"})
    assert back.url == f"/console/?page=2#thumbs-{given.id}"
    assert client.post(address(given), {"thumb": "up", "next": "//evil.example/"}).url.startswith("/#")


def test_the_page_shows_what_was_said_and_asks_why(client, given, page_of, senior):
    before = client.get(page_of(senior)).content.decode()
    assert "Was this useful?" in before
    assert "Say why" not in before
    client.post(address(given), {"thumb": "down", "reason": "wrong", "next": page_of(senior)})
    after = client.get(page_of(senior)).content.decode()
    assert "You said: not useful." in after
    assert 'value="wrong" checked' in after


def test_a_fragment_comes_back_for_htmx(client, given):
    part = client.post(address(given), {"thumb": "up"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<div class="cf-thumbs"')


def test_a_comment_is_sealed_in_the_room(client, given):
    client.post(address(given), {"thumb": "up", "comment": "The wombat is right.", "next": "/"})
    row = Feedback.objects.get()
    assert row.room.kind == "coaching"
    assert b"wombat" not in bytes(row.sealed_comment)


def test_another_coachs_advice_cannot_be_rated(signed_in, other_coach, given):
    client = signed_in(other_coach)
    assert client.post(address(given), {"thumb": "up"}).status_code == 404
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"thumb": "sideways"}, {"thumb": "up", "reason": "<script>"}])
def test_nonsense_is_kept_by_nobody(client, given, sent):
    assert client.post(address(given), sent).status_code < 500
    assert not Feedback.objects.exists()


def test_the_api_takes_a_thumb(client, coach, given):
    header = {"Authorization": f"Bearer {tokens.make(coach, ['feedback'], NOW, by=None, days=9_000)}"}

    def send(**changed):
        body = {"result_kind": "advice", "result_id": str(given.id), "thumb": "up", "reasons": ["clear"]}
        return client.post(
            "/api/v1/feedback", json.dumps(body | changed), content_type="application/json", headers=header
        )

    assert send().json() == {
        "result_kind": "advice",
        "result_id": str(given.id),
        "thumb": "up",
        "reasons": ["clear"],
    }
    assert send(result_id=str(uuid4())).status_code == 404
    assert send(result_kind="nothing").status_code == 404
    assert send(thumb="sideways").status_code == 422


@pytest.fixture
def crowd(company):
    return [make_person("r" * n, f"Wenzel Acker{'knecht' * n}", "coach") for n in range(1, 7)]


def rate(people, thumb="up", model="a-model", at=NOW):
    for person in people:
        Feedback.objects.create(
            user=person, result_kind="advice", result_id=uuid4(), thumb=thumb, model_used=model,
            prompt_version="advice-1", given_at=at,
        )  # fmt: skip


def test_ratings_are_shown_for_each_model_and_prompt_from_five_people_on(crowd):
    rate(crowd[:4])
    rate(crowd[4:], "down")
    rate(crowd[:4], model="other")
    rate(crowd, at=NOW - timedelta(days=31))
    found = {one.model_used: one for one in feedback.ratings(now=NOW)}
    assert (found["a-model"].n, round(found["a-model"].share, 2)) == (6, 0.67)
    assert (found["other"].n, found["other"].share) == (None, None)


def test_five_thumbs_of_one_person_are_no_five_people(company, coach):
    for _ in range(6):
        Feedback.objects.create(
            user=coach, result_kind="advice", result_id=uuid4(), thumb="up", model_used="m",
            prompt_version="1", given_at=NOW,
        )  # fmt: skip
    assert feedback.ratings(now=NOW)[0].n is None
