"""A Greenhouse board is read whole in one answer; what is absent from it is gone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from careerforge.http.errors import BadStatus, Refused
from connectors.kinds import greenhouse
from connectors.kinds.greenhouse.board import token_of
from connectors.parsing.details import details

ADDRESS = "https://boards-api.greenhouse.io/v1/boards/anvilworks/jobs?content=true"
EXAMPLE = Path(greenhouse.__file__).with_name("example.json").read_bytes()


def board(web, jobs, **rest):
    web.page(ADDRESS, {"jobs": jobs} | rest)
    return web.read(greenhouse.KIND, "anvilworks")


@pytest.mark.parametrize(
    ("location", "token"),
    [
        ("anvilworks", "anvilworks"),
        (" https://boards.greenhouse.io/anvilworks ", "anvilworks"),
        ("job-boards.greenhouse.io/anvilworks/jobs/7410022004", "anvilworks"),
        ("https://job-boards.eu.greenhouse.io/anvilworks", "anvilworks"),
        (
            "https://boards.greenhouse.io/embed/job_board?for=anvilworks&b=https%3A%2F%2Fa.example",
            "anvilworks",
        ),
        ("https://boards-api.greenhouse.io/v1/boards/anvilworks/jobs", "anvilworks"),
        ("https://boards.greenhouse.io/", None),
        ("https://boards.greenhouse.io/embed/job_board", None),
        ("https://greenhouse.evil.example/anvilworks", None),
        ("https://boards.greenhouse.io/..%2F..%2Fx", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_the_token_is_found_in_every_address_of_a_board(location, token):
    assert token_of(location) == token


def test_another_address_is_refused_in_words():
    with pytest.raises(Refused, match=r"greenhouse\.io"):
        greenhouse.KIND.check("https://a.example/careers")


def test_a_board_gives_its_openings_with_text_pay_and_places(web):
    web.page(ADDRESS, EXAMPLE, "application/json")
    ran = web.read(greenhouse.KIND, "https://boards.greenhouse.io/anvilworks")
    opening, letters = ran.items
    assert (opening.external_id, opening.kind, opening.language) == ("7410022004", "posting", "en")
    assert opening.text == "What you forge\n\nKubernetes clusters & their tools.\n\n- Python\n- Go"
    assert opening.published_at == datetime(2026, 10, 6, 16, 50, 10, tzinfo=UTC)
    facts = details(opening)
    assert (facts.company, facts.department, facts.reference) == ("Anvil Works", "Forge", "R-1311")
    assert facts.locations == ("Graz or remote in Austria", "Graz, Styria, Austria")
    assert (facts.salary_min, facts.salary_max) == (5_500_000, 7_000_000)
    assert (facts.salary_currency, facts.salary_period) == ("EUR", "year")
    assert facts.valid_through == "2027-01-01T04:59:59+00:00"
    # A place for speculative letters is no opening.
    assert (letters.kind, details(letters)) == ("page", None)
    assert ran.end.is_complete


def test_json_that_is_sent_as_html_is_read(web):
    web.page(
        ADDRESS, '{"jobs": [{"id": 721, "title": "Smith"}], "meta": {"total": 1}}', "text/html; charset=utf-8"
    )
    assert [item.external_id for item in web.read(greenhouse.KIND, "anvilworks").items] == ["721"]


def test_a_list_that_is_shorter_than_it_says_removes_nothing(web):
    assert not board(web, [{"id": 1, "title": "Smith"}], meta={"total": 2}).end.is_complete
    assert board(web, [{"id": 1, "title": "Smith"}], meta={"total": 1}).end.is_complete


@pytest.mark.parametrize(
    "body", ["<html><body>Oh</body></html>", '{"jobs": [{"id": 1', '{"status": 200}', "[]"]
)
def test_another_answer_is_a_reason_and_removes_nothing(web, body):
    web.page(ADDRESS, body)
    ran = web.read(greenhouse.KIND, "anvilworks")
    assert (ran.items, ran.end.is_complete) == ([], False)
    assert ran.reasons


def test_a_board_that_is_not_there_is_no_empty_board(web):
    web.page(ADDRESS, {"status": 404, "error": "Job not found"}, status="404 Not Found")
    with pytest.raises(BadStatus):
        web.read(greenhouse.KIND, "anvilworks")


def test_one_odd_opening_stops_none_of_the_others(web):
    odd = [
        {"id": 1, "title": None},
        {"id": {"x": 1}, "title": "Odd", "offices": 7, "pay_input_ranges": [{}]},
        "text",
    ]
    ran = board(web, [*odd, {"id": 2**40, "title": "Smith", "location": {"name": "Graz"}}])
    assert [item.title for item in ran.items] == ["Odd", "Smith"]
    assert ran.reasons == ["Openings left out because they have no title: 1."]
