"""Web pages give their JobPosting, or their main text."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Smith",
    "datePosted": "2026-05-01",
    "validThrough": "2026-12-24",
    "description": "<p>Forge &amp; weld.</p>",
    "identifier": {"@type": "PropertyValue", "value": "J-1"},
    "hiringOrganization": {"@type": "Organization", "name": "Anvil"},
    "employmentType": ["FULL_TIME", "PART_TIME"],
    "jobLocation": [
        {"@type": "Place", "address": {"addressLocality": "Graz", "addressCountry": {"name": "Austria"}}}
    ],
    "baseSalary": {"currency": "EUR", "value": {"minValue": 40000, "maxValue": 50000, "unitText": "YEAR"}},
}


def page(*scripts: str, body: str = "") -> str:
    blocks = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    head = f"<head><title>Jobs | Anvil</title>{blocks}</head>"
    return f"<!DOCTYPE html><html lang='en-GB'>{head}<body>{body}</body></html>"


def test_a_posting_is_read_with_its_facts(read):
    (item,) = read("https://anvil.example/jobs/1", page(json.dumps(POSTING))).items
    assert (item.external_id, item.title, item.text, item.kind) == (
        "J-1",
        "Smith",
        "Forge & weld.",
        "posting",
    )
    assert (item.url, item.language) == ("https://anvil.example/jobs/1", "en-gb")
    assert item.published_at == datetime(2026, 5, 1, tzinfo=UTC)
    assert item.facts["company"] == "Anvil"
    assert item.facts["location"] == "Graz, Austria"
    assert item.facts["employment_type"] == "FULL_TIME, PART_TIME"
    assert item.facts["closes"].startswith("2026-12-24")
    assert [item.facts[f"salary_{name}"] for name in ("min", "max", "currency", "period")] == [
        "40000",
        "50000",
        "EUR",
        "YEAR",
    ]


@pytest.mark.parametrize(
    "script",
    [
        json.dumps([POSTING]),
        json.dumps({"@graph": [{"@type": "WebSite"}, POSTING]}),
        json.dumps(POSTING | {"@type": ["JobPosting"]}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"item": POSTING}]}),
        json.dumps(POSTING, indent=1).replace("weld", "we\nld") + ";",
    ],
    ids=["array", "graph", "types", "list", "loose"],
)
def test_postings_are_found_in_every_nesting(script, read):
    assert [item.external_id for item in read("p.html", page(script)).items] == ["J-1"]


def test_empty_and_broken_scripts_are_said_and_stop_nothing(read):
    parsed = read("p.html", page("", "{broken", json.dumps(POSTING)))
    assert [item.kind for item in parsed.items] == ["posting"]
    assert parsed.problems[0].reason.endswith("not valid: 2.")


def test_a_page_without_posting_is_its_main_text(read):
    body = (
        "<nav>Home | About</nav><article><h1>Our guild</h1>"
        + "<p>Smiths have met here since 1420, every week.</p>" * 5
        + "</article>"
    )
    parsed = read("guild.html", page(body=body))
    (item,) = parsed.items
    assert (parsed.shape, item.kind, item.external_id, item.title) == (
        "html",
        "page",
        "guild.html",
        "Jobs | Anvil",
    )
    assert "Smiths have met" in item.text
    assert "<" not in item.text


def test_a_page_built_in_the_browser_is_a_reason(read):
    parsed = read("app.html", "<html><body><div id='root'></div><script>start()</script></body></html>")
    assert parsed.items == ()
    assert "no readable text" in parsed.problems[0].reason


def test_an_error_page_for_a_json_source_shows_by_its_shape(read):
    assert (
        read(
            "api/jobs", "<html><body><h1>Error 500</h1><p>Sorry.</p></body></html>", "application/json"
        ).shape
        == "html"
    )


def test_the_page_may_declare_its_character_set(read):
    body = (
        '<html><head><meta charset="windows-1250"></head><body><p>Zażółć gęślą jaźń dzisiaj</p></body></html>'
    )
    assert "Zażółć gęślą jaźń" in read("p.html", body.encode("cp1250")).items[0].text


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<b><i></u>" * 100_000,
        "<!--" * 100_000,
        "<a " * 200_000,
        "<p>x" * 100_000,
        "<p " + "a=1 " * 100_000 + ">",
        "<title>" * 100_000,
    ],
    ids=["deep", "crossed", "comments", "unfinished", "paragraphs", "attributes", "titles"],
)
def test_monstrous_pages_end_soon(body, read):
    start = time.monotonic()
    parsed = read("p.html", "<html><body>" + body)
    # What grows with the square of it takes minutes.
    assert time.monotonic() - start < 20
    assert parsed.items or parsed.problems
