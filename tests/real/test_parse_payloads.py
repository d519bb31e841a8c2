"""Recorded answers of real sources, where they are at hand: no crash, and each gives items or a reason.

The recordings are not part of the project. `CAREERFORGE_SHARED` names their folder; without it, a folder
`shared` beside the checkout is looked for.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.parsing.item import Parsed
from connectors.parsing.sniff import parse

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
FOLDERS = (
    "payloads/jobs",
    "payloads/feeds/reader",
    "payloads/feeds/mit-learn",
    "payloads/feeds/feedparser",
    "payloads/learning/mit-learn-catalogues",
    "payloads/learning/coursera",
    "payloads/resumes",
    "payloads/ugly",
    "data/security/own/xml_hostile",
    "data/security/own/charset",
    "data/security/own/bombs",
)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (SHARED / "payloads").is_dir(),
        reason="no recordings here; name their folder in CAREERFORGE_SHARED",
    ),
]


def read(path: str, name: str | None = None) -> Parsed:
    return parse(name or path, (SHARED / "payloads" / path).read_bytes(), now=NOW)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_gives_items_or_a_reason_in_time(folder):
    paths = [path for path in sorted((SHARED / folder).rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        start = time.monotonic()
        parsed = parse(path.name, path.read_bytes(), now=NOW)
        assert time.monotonic() - start < 5, path
        assert parsed.items or parsed.problems, path
        ids = [item.external_id for item in parsed.items]
        assert len(set(ids)) == len(ids), path
        for item in parsed.items:
            assert item.title, path
            assert item.text, path
            assert item.published_at is None or item.published_at <= NOW, path
            stored = item.title + item.text + item.url + str(item.facts)
            assert "\0" not in stored.encode("utf-8").decode(), path


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("jobs/greenhouse/hunt-vercel-trimmed.json", {"posting": 2}),
        ("jobs/ashby/hunt-linear-trimmed.json", {"posting": 2}),
        ("jobs/remotive/hunt-trimmed.json", {"posting": 2}),
        ("jobs/arbeitnow/hunt-trimmed.json", {"posting": 2}),
        ("jobs/adzuna/search-us-one-result-abridged.json", {"posting": 1}),
        ("jobs/usajobs/search-one-item.json", {"posting": 1}),
        ("jobs/hackernews/hunt-thread-49522897-trimmed.json", {"posting": 3}),
        ("jobs/hackernews/jobwatch-algolia-search.json", {"article": 4}),
        ("jobs/career-pages-html/jsonld_meta_software_engineer.html", {"posting": 1}),
        ("jobs/career-pages-html/decathlon_talentclue_jobpage.html", {"page": 1}),
        ("feeds/reader/full.json", {"article": 1, "media": 1}),
        ("feeds/mit-learn/test_podcast.rss", {"media": 2}),
        ("feeds/mit-learn/test_medium_mit_news.rss", {"article": 3}),
        ("learning/mit-learn-catalogues/bootcamps.json", {"course": 3}),
        ("learning/mit-learn-catalogues/mitpe_events.json", {"event": 6}),
        ("learning/mit-learn-catalogues/mitpe_news.json", {"article": 4}),
        ("learning/mit-learn-catalogues/mitxonline_courses.json", {"course": 3}),
        ("learning/mit-learn-catalogues/mitxonline_program_children_loader.json", {"course": 6}),
        ("learning/mit-learn-catalogues/mitxonline_programs.json", {"course": 2}),
        ("learning/mit-learn-catalogues/ol_events.json", {"event": 1}),
        ("learning/mit-learn-catalogues/prolearn_csail_programs.json", {"course": 3}),
        ("learning/mit-learn-catalogues/prolearn_mitpe_courses.json", {"course": 4}),
        ("learning/mit-learn-catalogues/test_mitx_course.json", {"course": 2}),
        ("learning/mit-learn-catalogues/test_mitx_programs.json", {"course": 3}),
        ("learning/mit-learn-catalogues/test_sloan_courses.json", {"course": 99}),
        ("learning/mit-learn-catalogues/test_sloan_runs.json", {"course": 137}),
        ("learning/mit-learn-catalogues/xpro_courses.json", {"course": 2}),
        ("learning/mit-learn-catalogues/youtube/videos.list.2.json", {"media": 50}),
    ],
)
def test_a_recording_gives_what_it_holds(path, kinds):
    assert Counter(item.kind for item in read(path).items) == kinds


def test_the_greenhouse_board_is_read_whole():
    first, second = read("jobs/greenhouse/hunt-vercel-trimmed.json").items
    assert first.external_id == "6136160004"
    assert first.title == "Account Executive, Commercial"
    assert first.text.startswith("About Vercel:\n\nVercel is the agentic infrastructure company")
    assert first.published_at == datetime(2026, 8, 6, 16, 50, 10, tzinfo=UTC)
    assert (first.facts["company"], first.facts["location"]) == ("Vercel", "Hybrid - London")
    assert second.facts["company"] == "Vercel"


def test_twins_with_one_title_stay_two_postings():
    first, second = read("jobs/ashby/hunt-linear-trimmed.json").items
    assert first.external_id != second.external_id
    assert first.facts["remote"] == "true"


def test_a_description_cut_in_its_first_tag_shows_no_markup():
    assert all("<" not in item.text for item in read("jobs/remotive/hunt-trimmed.json").items)


def test_the_government_pay_is_read():
    (item,) = read("jobs/usajobs/search-one-item.json").items
    assert (item.facts["salary_min"], item.facts["salary_max"]) == ("186841.0", "195000.0")
    assert item.facts["company"] == "Naval Sea Systems Command"
    assert item.published_at == datetime(2023, 7, 26, tzinfo=UTC)


def test_the_hiring_thread_names_its_companies():
    items = read("jobs/hackernews/hunt-thread-49522897-trimmed.json").items
    assert [item.facts["company"] for item in items] == [
        "Modash.io",
        "Quill",
        "Open Education Applications / Neon",
    ]


def test_an_empty_json_ld_script_is_said():
    parsed = read("jobs/career-pages-html/decathlon_talentclue_jobpage.html")
    assert "empty or not valid: 1" in parsed.problems[0].reason


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("jobs/greenhouse/greenhouse_io-vcr/jobs.yml", "recording of web traffic"),
        ("learning/mit-learn-catalogues/empty.tar.gz", "archives are not read"),
        ("ugly/git-lfs-pointer-instead-of-csv/survey_results_public.csv", "Git LFS"),
        ("feeds/reader/unknown.json", "version 1234"),
        ("learning/mit-learn-catalogues/mitpe/professional_ed_resources_2.json", "empty"),
        (
            "learning/mit-learn-catalogues/youtube/playlistItems.list.0.json",
            "7 entries were found, but none has a title or a text",
        ),
    ],
)
def test_what_holds_nothing_says_why(path, words):
    parsed = read(path)
    assert parsed.items == ()
    assert words in parsed.problems[0].reason


def test_most_of_the_odd_feeds_with_entries_are_read():
    paths = [path for path in (SHARED / "payloads/feeds/feedparser").rglob("*") if path.is_file()]
    with_items = sum(bool(parse(path.name, path.read_bytes(), now=NOW).items) for path in paths)
    assert with_items >= 95


def test_every_resume_is_read():
    paths = list((SHARED / "payloads/resumes").rglob("*.pdf"))
    assert len(paths) == 7
    assert all("John Doe" in parse(path.name, path.read_bytes(), now=NOW).items[0].text for path in paths)
