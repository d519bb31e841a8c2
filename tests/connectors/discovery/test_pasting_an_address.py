"""Whoever pastes an address gets a source that was tried, or the reason in words and the offer to upload."""

from pathlib import Path

import pytest

from connectors.discovery import look
from connectors.kinds import ashby, careers, greenhouse, lever
from connectors.kinds.fetching import Limits, Session
from connectors.kinds.json import KIND as JSON
from connectors.syncing.places import Unbooked
from tests.connectors.conftest import NOW
from tests.connectors.web import certificates

SITE = "https://a.example"
ITEM = "<item><title>Iron</title><guid>1</guid></item>"
FEED = f"<rss version='2.0'><channel><title>f</title>{ITEM}</channel></rss>"
GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/anvilworks/jobs?content=true"
LEVER = "https://api.lever.co/v0/postings/anvilworks?mode=json&skip=0&limit=100"
ASHBY = "https://api.ashbyhq.com/posting-api/job-board/anvilworks?includeCompensation=true"


def example(kind) -> bytes:
    folder = Path(kind.__file__).parent
    return next(path for path in folder.iterdir() if path.stem == "example").read_bytes()


@pytest.fixture
def paste(web):
    def go(location: str):
        return look(
            location,
            NOW,
            lambda hosts: Session(
                lambda s: web.net.client(certificates()[1], timeout_s=5.0), hosts, Unbooked(),
                limits=Limits(tries=1, pages=14), pause=web.rests.append,
            ),
        )  # fmt: skip

    return go


def html(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Anvil Works</title>{head}</head><body>{body}</body></html>"


def kinds(found) -> list[tuple[str, str]]:
    return [(one.kind, one.location) for one in found.proposals]


def test_a_feed_is_a_feed(web, paste):
    web.page(f"{SITE}/feed.xml", FEED, "application/rss+xml")
    (proposal,) = paste("a.example/feed.xml").proposals
    assert (proposal.kind, proposal.location) == ("feed", f"{SITE}/feed.xml")
    assert (proposal.count, proposal.titles, proposal.seen) == (1, ("Iron",), "This is a feed.")


def test_the_feed_behind_a_page_is_found(web, paste):
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate" href="/de">'
    )
    web.page(SITE, html(links))
    web.page(f"{SITE}/", html(links))
    web.page(f"{SITE}/feed.xml", FEED, "application/rss+xml")
    assert kinds(paste(SITE)) == [("feed", f"{SITE}/feed.xml")]


@pytest.mark.parametrize(
    ("body", "api", "kind", "location"),
    [
        (
            "<script src='https://boards.greenhouse.io/embed/job_board/js?for=anvilworks'></script>",
            GREENHOUSE,
            greenhouse,
            "https://boards.greenhouse.io/anvilworks",
        ),
        (
            "<iframe src='//job-boards.greenhouse.io/embed/job_board?for=anvilworks'></iframe>",
            GREENHOUSE,
            greenhouse,
            "https://boards.greenhouse.io/anvilworks",
        ),
        (
            "<a href='https://jobs.lever.co/anvilworks/0a1b'>Data Smith</a>",
            LEVER,
            lever,
            "https://jobs.lever.co/anvilworks",
        ),
        (
            "<script>load('https:\\/\\/api.ashbyhq.com\\/posting-api\\/job-board\\/anvilworks')</script>",
            ASHBY,
            ashby,
            "https://jobs.ashbyhq.com/anvilworks",
        ),
        (
            "<script src='https://jobs.ashbyhq.com/anvilworks/embed?version=2'></script>",
            ASHBY,
            ashby,
            "https://jobs.ashbyhq.com/anvilworks",
        ),
    ],
)
def test_the_board_behind_a_page_is_found_and_tried(web, paste, body, api, kind, location):
    web.page(f"{SITE}/careers", html(body=body))
    web.page(api, example(kind), "application/json")
    found = paste(f"{SITE}/careers")
    assert kinds(found) == [(kind.KIND.key, location)]
    assert found.proposals[0].count > 0


def test_the_address_of_a_board_needs_no_page(web, paste):
    web.page(GREENHOUSE, example(greenhouse), "application/json")
    found = paste("https://job-boards.greenhouse.io/anvilworks/jobs/12")
    assert kinds(found) == [("greenhouse", "https://boards.greenhouse.io/anvilworks")]
    assert web.asked == [GREENHOUSE]


def test_a_posting_on_the_page_is_found(web, paste):
    web.page(f"{SITE}/jobs/1", example(careers).decode())
    assert kinds(paste(f"{SITE}/jobs/1")) == [("careers", f"{SITE}/jobs/1")]


def test_a_sitemap_with_postings_is_found_behind_a_page_and_by_itself(web, paste):
    web.page(f"{SITE}/", html(body="<h1>We forge</h1>"))
    web.page(
        f"{SITE}/sitemap.xml", f"<urlset><url><loc>{SITE}/jobs/1</loc></url></urlset>", "application/xml"
    )
    web.page(f"{SITE}/jobs/1", example(careers).decode())
    assert kinds(paste(f"{SITE}/")) == [("careers", f"{SITE}/")]
    assert kinds(paste(f"{SITE}/sitemap.xml")) == [("careers", f"{SITE}/sitemap.xml")]


def test_json_is_found_and_a_known_source_brings_its_settings(web, paste):
    web.page(f"{SITE}/api", {"results": [{"title": "Smith", "body": "forge"}]})
    assert kinds(paste(f"{SITE}/api")) == [("json", f"{SITE}/api")]
    remotive = next(preset for preset in JSON.presets if preset.key == "remotive")
    web.page(remotive.location, {"jobs": [{"id": 1, "title": "Smith"}]})
    (proposal,) = paste(remotive.location).proposals
    assert proposal.settings == remotive.settings


def test_a_board_that_does_not_answer_is_no_proposal_and_is_told(web, paste):
    web.page(f"{SITE}/careers", html(body="<a href='https://jobs.lever.co/anvilworks'>Jobs</a>"))
    web.page(LEVER, {"ok": False}, status="404 Not Found")
    found = paste(f"{SITE}/careers")
    assert (found.proposals, found.offers_upload) == ((), True)
    assert "lever.co" in found.tried[0]
    assert "built in the browser" in found.reason


@pytest.mark.parametrize(
    ("body", "media", "words"),
    [
        ("A handbook.\n\nCome early.", "text/plain", "single document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png", "Pictures"),
        ('{"a": 1}', "application/json", "No list of entries"),
        ("<html><body><div id='root'></div></body></html>", "text/html", "built in the browser"),
    ],
)
def test_what_is_no_source_is_told_in_words_and_may_be_uploaded(web, paste, body, media, words):
    web.page(f"{SITE}/x", body, media)
    found = paste(f"{SITE}/x")
    assert (found.proposals, found.offers_upload) == ((), True)
    assert words in found.reason


@pytest.mark.parametrize(
    "location", ["", "no address", "ftp://a.example/x", "https://[broken", "javascript:alert(1)"]
)
def test_what_is_no_address_is_said(paste, location):
    found = paste(location)
    assert (found.reason, found.offers_upload) == ("This is no address of the web.", True)


def test_a_forbidden_page_says_what_to_do(web, paste):
    web.page(f"{SITE}/api", "no", status="401 Unauthorized")
    assert "key" in paste(f"{SITE}/api").reason


def test_a_page_leads_to_no_address_inside(web, paste):
    web.page(
        f"{SITE}/",
        html("<link rel='alternate' type='application/rss+xml' href='http://127.0.0.1:8000/feed'>"),
    )
    found = paste(f"{SITE}/")
    assert found.proposals == ()
    assert {host for host, _ in web.net.connected} == {"93.184.216.1"}
