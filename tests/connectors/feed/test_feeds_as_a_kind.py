"""A feed is one answer with the newest entries, so that nothing absent from it is gone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.kinds import feed
from connectors.kinds.feed import KIND

ADDRESS = "https://a.example/feed"
FOLDER = Path(feed.__file__).parent


def test_an_entry_is_read_whole_and_its_absence_means_nothing(web):
    web.page(ADDRESS, (FOLDER / "example.xml").read_bytes(), "application/rss+xml")
    ran = web.read(KIND, ADDRESS)
    (item,) = ran.items
    assert (item.external_id, item.title) == ("news-17", "Iron gets dearer & scarcer")
    assert item.text == "Prices rose by a tenth.\n\n- Scrap follows"
    assert item.published_at == datetime(2026, 9, 18, 10, 55, 59, tzinfo=UTC)
    assert not ran.end.is_complete


@pytest.mark.parametrize(
    ("root", "entry"),
    [
        ("<rss version='0.91'><channel>%s</channel></rss>", "<item><title>Iron</title></item>"),
        ("<rss version='2.0'><channel>%s</channel></rss>", "<item><title>Iron</title></item>"),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'>%s</feed>",
            "<entry><id>1</id><title>Iron</title></entry>",
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
            "%s</rdf:RDF>",
            "<item rdf:about='https://a.example/1'><title>Iron</title></item>",
        ),
    ],
    ids=["0.91", "2.0", "Atom", "RDF"],
)
def test_every_family_of_feeds_is_one(web, root, entry):
    web.page(ADDRESS, root % entry, "text/xml")
    ran = web.read(KIND, ADDRESS)
    assert [item.title for item in ran.items] == ["Iron"]
    assert ran.parsed[0].shape in KIND.shapes


def test_a_json_feed_is_one_too(web):
    web.page(ADDRESS, (FOLDER / "example.json").read_bytes(), "application/feed+json")
    ran = web.read(KIND, ADDRESS)
    assert (ran.items[0].external_id, ran.parsed[0].shape) == ("news-17", "json_feed")


def test_what_the_connection_knows_is_added(web):
    web.page(ADDRESS, (FOLDER / "example.xml").read_bytes(), "application/rss+xml")
    settings = {
        "document_kind": "market_report",
        "topics": "prices, metal",
        "licence": "CC BY",
        "region": "EU",
    }
    (item,) = web.read(KIND, ADDRESS, **settings).items
    assert item.kind == "market_report"
    assert item.facts == {"topics": ("iron", "prices", "metal"), "licence": "CC BY", "region": "EU"}
