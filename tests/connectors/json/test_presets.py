"""A preset reads the example of its source: what it says, where it goes on, what is closed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.kinds import json
from connectors.kinds.json import KIND
from connectors.parsing.details import details

EXAMPLES = Path(json.__file__).with_name("examples")
PRESETS = {preset.key: preset for preset in KIND.presets}
# The first address that a preset asks for.
FIRST = {
    "remotive": "https://remotive.com/api/remote-jobs",
    "arbeitnow": "https://www.arbeitnow.com/api/job-board-api?page=1",
    "usajobs": "https://data.usajobs.gov/api/search?Keyword=ranger&ResultsPerPage=500&Page=1",
    "open_edx": "https://a.example/api/courses/v1/courses/?page_size=100",
    "moodle": "https://a.example/webservice/rest/server.php?wsfunction=core_course_get_courses"
    "&moodlewsrestformat=json",
    "coursera": "https://api.coursera.org/api/courses.v1?includes=partnerIds&fields=description%2Cworkload"
    "%2CprimaryLanguages%2CpartnerIds%2Ccertificates%2CstartDate%2CdomainTypes%2Cslug&limit=100",
}


@pytest.fixture
def run(web):
    def go(name: str):
        preset = PRESETS[name]
        location = preset.location.format(keyword="ranger", host="a.example")
        web.page(FIRST[name], (EXAMPLES / f"{name}.json").read_bytes(), "application/json")
        web.page("https://www.arbeitnow.com/api/job-board-api?page=2", {"data": []})
        return web.read(KIND, location, **preset.settings)

    return go


def test_every_preset_has_an_example_and_settings_without_a_fault():
    assert PRESETS.keys() == FIRST.keys()
    for preset in KIND.presets:
        assert (EXAMPLES / f"{preset.key}.json").is_file()
        assert list(KIND.problems(preset.settings)) == []
        assert {*preset.settings} <= {field.name for field in KIND.fields}


@pytest.mark.parametrize("name", FIRST)
def test_a_preset_reads_its_example_whole(run, name):
    ran = run(name)
    assert (len(ran.items), ran.reasons, ran.end.is_complete) == (1, [], True)
    assert ran.items[0].kind == ("posting" if name in {"remotive", "arbeitnow", "usajobs"} else "course")


def test_remotive(run):
    (item,) = run("remotive").items
    facts = details(item)
    assert (item.external_id, item.text) == ("2091999", "Location: Remote\n\n- Forge")
    assert item.facts["topics"] == ("python", "docker", "Typescript")
    assert "link" in item.facts["licence"]
    assert (facts.company, facts.remote, facts.employment) == ("Anvil Works", True, "full_time")
    assert (facts.salary_min, facts.salary_max, facts.salary_currency) == (9_000_000, 10_500_000, "USD")


def test_arbeitnow_escapes_its_text_twice(run):
    (item,) = run("arbeitnow").items
    facts = details(item)
    assert (item.external_id, item.text) == ("schmied-graz-72879", "Aufgaben\n\nEisen & Feuer")
    assert item.published_at == datetime(2026, 9, 26, 8, 55, 15, tzinfo=UTC)
    assert (facts.remote, facts.locations, facts.employment) == (False, ("Graz",), "full_time")


def test_usajobs(run):
    (item,) = run("usajobs").items
    facts = details(item)
    assert item.text == "You walk the trails and talk with visitors.\n\nOne year of trails."
    assert item.published_at == datetime(2026, 10, 26, tzinfo=UTC)
    assert (facts.company, facts.department) == ("National Park Service", "Department of the Interior")
    assert (facts.salary_min, facts.salary_max, facts.salary_period) == (5_684_100, 6_500_000, "year")
    assert (facts.valid_through[:10], facts.country, facts.employment) == ("2026-12-24", "US", "full_time")


def test_open_edx_hides_what_is_hidden(run):
    ran = run("open_edx")
    (item,) = ran.items
    assert (item.title, item.url) == (
        "Forging & welding",
        "https://a.example/courses/course-v1:Anvil+F101+2026/about",
    )
    assert ran.parsed[0].gone == ("course-v1:Anvil+X+2020",)
    facts = details(item)
    assert (facts.provider, facts.code, facts.starts[:10], facts.hours) == (
        "Anvil",
        "F101",
        "2026-09-01",
        None,
    )


def test_moodle_escapes_names_and_lists_itself(run):
    ran = run("moodle")
    (item,) = ran.items
    assert (item.title, item.text) == ("Welding & sparks", "Sparks > smoke.")
    assert item.url == "https://a.example/course/view.php?id=21252"
    assert (item.language, details(item).ends) == ("en", "")
    assert ran.parsed[0].gone == ("1", "21253")


def test_coursera_names_the_university_and_nobody_else(run):
    (item,) = run("coursera").items
    assert item.url == "https://www.coursera.org/learn/forging"
    assert details(item).provider == "University of Anvils"
    assert item.facts["topics"] == ("mechanical-engineering",)
    assert "Ann Example" not in str(item)
