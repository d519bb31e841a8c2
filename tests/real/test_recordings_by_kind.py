"""Recorded answers of real sources, read by the kind and preset that an administrator would choose.

The recordings are not part of the project. ``CAREERFORGE_SHARED`` names their folder; without it, a folder
``shared`` beside the checkout is looked for.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from careerforge.knowledge.documents.facts import CourseFacts, PostingFacts
from connectors.discovery.recognising import by_content
from connectors.kinds import registry
from connectors.kinds.kind import Asked, Body
from connectors.parsing.details import details
from connectors.parsing.item import Parsed

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared") / "payloads"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="no recordings here; name their folder in CAREERFORGE_SHARED"
    ),
]


def read(
    kind_key: str,
    path: str,
    preset_key: str = "",
    location: str = "https://a.example/api",
    now: datetime = NOW,
) -> Parsed:
    kind = registry.find(kind_key)
    preset = next((one for one in kind.presets if one.key == preset_key), None)
    where = preset.location if preset else location
    content = (SHARED / path).read_bytes()
    return kind.parse(Asked(where, preset.settings if preset else {}), Body(where, content, place=where), now)


@pytest.mark.parametrize(
    ("kind", "path", "preset", "location", "count"),
    [
        ("greenhouse", "jobs/greenhouse/hunt-vercel-trimmed.json", "", "vercel", 2),
        ("ashby", "jobs/ashby/hunt-linear-trimmed.json", "", "linear", 2),
        ("json", "jobs/remotive/hunt-trimmed.json", "remotive", "", 2),
        ("json", "jobs/arbeitnow/hunt-trimmed.json", "arbeitnow", "", 2),
        ("json", "jobs/usajobs/search-one-item.json", "usajobs", "", 1),
        ("json", "jobs/adzuna/search-us-one-result-abridged.json", "", "https://api.adzuna.com/v1", 1),
    ],
)
def test_postings_are_read_with_their_facts_and_without_markup(kind, path, preset, location, count):
    parsed = read(kind, path, preset, location)
    assert (len(parsed.items), parsed.problems) == (count, ())
    for item in parsed.items:
        facts = details(item)
        assert isinstance(facts, PostingFacts)
        assert facts.company
        assert facts.locations
        assert not {"<p", "&lt;", "&amp;"} & set(item.text.split())


def test_a_posting_on_a_page_ends_when_its_time_is_over():
    page = "jobs/career-pages-html/jsonld_meta_software_engineer.html"
    (item,) = read("careers", page, now=NOW - timedelta(days=365)).items
    facts = details(item)
    assert (facts.company, bool(facts.locations), facts.valid_through > "2025") == ("Meta", True, True)
    over = read("careers", page)
    assert (over.items, len(over.gone)) == ((), 1)


def test_pay_is_read_where_a_recording_has_some():
    remotive = [details(item) for item in read("json", "jobs/remotive/hunt-trimmed.json", "remotive").items]
    assert (remotive[1].salary_min, remotive[1].salary_max) == (9_000_000, 10_500_000)
    (usajobs,) = read("json", "jobs/usajobs/search-one-item.json", "usajobs").items
    assert (details(usajobs).salary_min, details(usajobs).salary_period) == (18_684_100, "year")


def test_catalogues_are_read_with_their_facts():
    courses = [
        details(item) for item in read("json", "learning/coursera/catalog-courses-v1.json", "coursera").items
    ]
    assert [course.provider for course in courses] == ["University of London", "University of Pennsylvania"]
    moodle = read("json", "learning/moodle/course_names_with_entities.json", "moodle").items
    assert [item.title for item in moodle] == ["a > b && a < c"]
    weeks = details(read("json", "learning/mit-learn-catalogues/mitxonline_courses.json").items[0])
    assert isinstance(weeks, CourseFacts)
    assert (weeks.hours, weeks.code) == (98, "course-v1:MITxT+18.03.1x")


def test_a_success_without_data_is_no_list_of_entries():
    parsed = read("json", "taxonomy/bls/zero-series-success.json")
    assert parsed.items == ()
    assert parsed.problems


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feeds/reader/full.rss", "feed"),
        ("feeds/reader/full.atom", "feed"),
        ("feeds/reader/full.json", "feed"),
        ("feeds/mit-learn/test_podcast.rss", "feed"),
        ("jobs/remotive/hunt-trimmed.json", "json"),
        ("jobs/career-pages-html/jsonld_meta_software_engineer.html", "careers"),
    ],
)
def test_what_a_recording_is_can_be_told(path, kind):
    candidates = by_content("https://a.example/x", (SHARED / path).read_bytes(), None, NOW)
    assert candidates[0].kind == kind
