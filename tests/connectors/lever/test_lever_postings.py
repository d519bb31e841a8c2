"""Lever's postings come in pages of a hundred; after the last one, what was absent is gone."""

from pathlib import Path

import pytest

from careerforge.http.errors import BadStatus, Refused
from connectors.kinds import lever
from connectors.kinds.lever.site import site_of
from connectors.parsing.details import details

ROOT = "https://api.lever.co/v0/postings/anvilworks?mode=json"
EXAMPLE = Path(lever.__file__).with_name("example.json").read_bytes()


def postings(start: int, count: int) -> list[dict[str, object]]:
    return [
        {"id": f"p{n}", "text": f"Smith {n}", "createdAt": 1790412915000} for n in range(start, start + count)
    ]


def page(web, skip: int, found: object) -> None:
    web.page(f"{ROOT}&skip={skip}&limit=100", found)


@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("anvilworks", "api.lever.co"),
        ("https://jobs.lever.co/anvilworks/0a1b?lever-source=x", "api.lever.co"),
        ("https://jobs.eu.lever.co/anvilworks", "api.eu.lever.co"),
        ("https://api.eu.lever.co/v0/postings/anvilworks?mode=json", "api.eu.lever.co"),
    ],
)
def test_the_site_and_its_instance_are_found_in_its_addresses(location, host):
    site = site_of(location)
    assert (site.host, site.name) == (host, "anvilworks")


def test_another_address_is_refused_in_words():
    with pytest.raises(Refused, match=r"lever\.co"):
        lever.KIND.check("https://a.example/jobs")


def test_a_posting_is_read_with_its_lists_pay_and_places(web):
    web.page(f"{ROOT}&skip=0&limit=100", EXAMPLE, "application/json")
    (item,) = web.read(lever.KIND, "anvilworks").items
    assert item.text == (
        "You forge pipelines.\n\nWhat you bring\n\n- SQL, three years\n- Airflow\n\nWe answer every letter."
    )
    facts = details(item)
    assert (facts.locations, facts.country, facts.level) == (("Ljubljana", "Maribor"), "SI", "Senior")
    assert (facts.salary_min, facts.salary_max, facts.salary_currency) == (4_800_000, 6_000_000, "EUR")
    assert (facts.salary_period, facts.employment, facts.company) == ("year", "full_time", "anvilworks")


def test_pages_are_asked_for_until_one_is_not_full(web):
    for skip, count in ((0, 100), (100, 100), (200, 3)):
        page(web, skip, postings(skip, count))
    ran = web.read(lever.KIND, "anvilworks", company="Anvil Works")
    assert (len(ran.items), ran.end.is_complete) == (203, True)
    assert details(ran.items[0]).company == "Anvil Works"


def test_an_interrupted_listing_goes_on_with_the_page_behind(web):
    page(web, 100, postings(100, 2))
    ran = web.read(lever.KIND, "anvilworks", cursor="100")
    assert [item.external_id for item in ran.items] == ["p100", "p101"]


def test_a_page_that_breaks_off_removes_nothing(web):
    page(web, 0, postings(0, 100))
    web.page(f"{ROOT}&skip=100&limit=100", '[{"id": "p100", "te', "application/json")
    ran = web.read(lever.KIND, "anvilworks")
    assert (len(ran.items), ran.end.is_complete) == (100, False)
    assert ran.reasons == ["The JSON breaks off."]


def test_a_site_that_is_not_there_is_no_empty_site(web):
    web.page(f"{ROOT}&skip=0&limit=100", {"ok": False, "error": "Document not found"}, status="404 Not Found")
    with pytest.raises(BadStatus):
        web.read(lever.KIND, "anvilworks")
