"""An Ashby board is read whole in one answer, without the jobs that are not listed."""

from pathlib import Path

import pytest

from careerforge.http.errors import Refused
from connectors.kinds import ashby
from connectors.kinds.ashby.board import name_of
from connectors.parsing.details import details

ADDRESS = "https://api.ashbyhq.com/posting-api/job-board/anvilworks?includeCompensation=true"
EXAMPLE = Path(ashby.__file__).with_name("example.json").read_bytes()


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("anvilworks", "anvilworks"),
        ("https://jobs.ashbyhq.com/Anvil%20Works/5c1d/application", "Anvil Works"),
        ("https://api.ashbyhq.com/posting-api/job-board/anvilworks?includeCompensation=true", "anvilworks"),
        ("https://jobs.ashbyhq.com", None),
        ("https://a.example/anvilworks", None),
    ],
)
def test_the_name_is_found_in_the_addresses_of_a_board(location, name):
    assert name_of(location) == name


def test_another_address_is_refused_in_words():
    with pytest.raises(Refused, match=r"ashbyhq\.com"):
        ashby.KIND.check("https://a.example/jobs")


def test_a_listed_job_is_read_with_the_widest_pay_over_its_tiers(web):
    web.page(ADDRESS, EXAMPLE, "application/json")
    ran = web.read(ashby.KIND, "https://jobs.ashbyhq.com/anvilworks")
    (item,) = ran.items
    assert (item.title, item.text, item.kind) == ("Product Smith", "You shape anvils & hammers.", "posting")
    facts = details(item)
    assert (facts.salary_min, facts.salary_max) == (8_100_000, 9_700_000)
    assert (facts.salary_currency, facts.salary_period, facts.employment) == ("EUR", "year", "full_time")
    assert (facts.remote, facts.locations, facts.country) == (True, ("Europe", "Toronto"), "European Union")
    assert ran.end.is_complete


def test_two_jobs_of_one_title_stay_two(web):
    jobs = [{"id": name, "title": "Smith", "isListed": True} for name in ("a1", "b2")]
    web.page(ADDRESS, {"jobs": jobs})
    assert [item.external_id for item in web.read(ashby.KIND, "anvilworks").items] == ["a1", "b2"]


@pytest.mark.parametrize("rest", [{"moreDataAvailable": True}, {"jobs": None}])
def test_a_list_that_is_not_whole_removes_nothing(web, rest):
    web.page(ADDRESS, {"jobs": [{"id": "a", "title": "Smith"}]} | rest)
    assert not web.read(ashby.KIND, "anvilworks").end.is_complete
