"""RSS, Atom, RDF and JSON Feed become items; hostile feeds become a reason."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

HOSTILE = Path(__file__).parent / "data/xml_hostile"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Werkstatt</title><language>de-AT</language>
{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Lab notes</title>
<entry><id>urn:lab:7</id>
<title type="html">Typed &amp;lt;queries&amp;gt;</title>
<updated>2026-03-01T10:00:00+02:00</updated>
<link rel="alternate" href="/notes/7"/>
<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://r.example/"><title>r</title></channel>
<item rdf:about="https://r.example/1"><title>First</title><link>https://r.example/1</link></item></rdf:RDF>"""


def rss(*items: str) -> str:
    return RSS.format(items="".join(f"<item>{item}</item>" for item in items))


def test_an_rss_item_becomes_an_article(read):
    body = rss(
        "<guid isPermaLink='false'>w-1</guid><title>Löten</title><link>https://w.example/1</link>"
        "<pubDate>Mon, 02 Nov 2026 08:30:00 GMT</pubDate><category>Handwerk</category>"
        "<description>kurz</description>"
        "<content:encoded><![CDATA[<p>Lang und <b>gut</b>.</p>]]></content:encoded>"
    )
    parsed = read("w.rss", body, "application/rss+xml")
    (item,) = parsed.items
    assert (parsed.shape, parsed.problems) == ("feed", ())
    assert (item.external_id, item.title, item.text, item.kind) == (
        "w-1",
        "Löten",
        "Lang und gut.",
        "article",
    )
    assert (item.url, item.language) == ("https://w.example/1", "de-at")
    assert item.published_at == datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    assert item.facts == {"topics": ("Handwerk",)}


def test_atom_links_are_absolute_where_the_address_is_known(read):
    (item,) = read("https://lab.example/feed.atom", ATOM).items
    assert (item.url, item.text) == ("https://lab.example/notes/7", "One.\n\nTwo.")
    assert item.published_at == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_rdf_is_read(read):
    assert [item.title for item in read("r.rdf", RDF).items] == ["First"]


def test_a_feed_is_known_by_its_content_whatever_its_name(read):
    assert read("download", "<!-- made by hand --><?xml-stylesheet?>" + ATOM, "text/html").shape == "feed"


def test_an_item_without_id_keeps_its_made_up_one(read):
    item = "<title>a</title><link>https://w.example/a</link><description>{}</description>"
    first, second = (read("w.rss", rss(item.format(text))).items[0] for text in ("x", "y"))
    assert first.external_id == second.external_id
    assert first.external_id.startswith("made-")


def test_one_id_for_two_things_is_told_apart_and_repeats_are_dropped(read):
    twice = "<guid isPermaLink='false'>same</guid><title>{}</title>"
    items = read("w.rss", rss(twice.format("a"), twice.format("b"), twice.format("a"))).items
    ids = [item.external_id for item in items]
    assert [item.title for item in items] == ["a", "b"]
    assert len(set(ids)) == 2
    assert [
        item.external_id for item in read("w.rss", rss(twice.format("b"), twice.format("a"))).items
    ] == ids[::-1]


def test_a_job_feed_gives_postings_and_a_podcast_media(read):
    job = "<title>Smith</title><region>Linz</region><company>Forge &amp; Co</company>"
    episode = "<title>Ep</title><enclosure url='https://p.example/1.mp3' type='audio/mpeg' length='1'/>"
    posting, media = read("w.rss", rss(job, episode)).items
    assert (posting.kind, posting.facts["company"], posting.facts["location"]) == (
        "posting",
        "Forge & Co",
        "Linz",
    )
    assert media.kind == "media"


def test_a_date_in_the_future_is_clamped_and_kept_as_given(read, now):
    (item,) = read("w.rss", rss("<title>a</title><pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate>")).items
    assert item.published_at == now
    assert item.facts["published_as_given"].startswith("2099-01-01")


def test_scripts_and_script_addresses_are_gone(read):
    body = rss(
        "<title>&lt;img src=x onerror=alert(1)&gt;Plain</title><link>javascript:alert(1)</link>"
        "<description>&lt;script&gt;steal()&lt;/script&gt;&lt;p onclick='x()'&gt;kept&lt;/p&gt;</description>"
    )
    (item,) = read("w.rss", body).items
    assert (item.title, item.text, item.url) == ("Plain", "kept", "")


def test_an_empty_feed_and_empty_entries_have_a_reason(read):
    assert [p.reason for p in read("w.rss", rss()).problems] == ["The feed has no entries."]
    parsed = read("w.rss", rss("<title>a</title>", "<link>https://w.example/2</link>"))
    assert len(parsed.items) == 1
    assert parsed.problems[0].reason.endswith("neither a title nor a text: 1.")


def test_a_broken_feed_gives_what_can_be_read_and_says_so(read):
    parsed = read("w.rss", rss("<title>a & b</title>", "<title>c</title>")[:-20])
    assert [item.title for item in parsed.items] == ["a & b", "c"]
    assert "not well-formed" in parsed.problems[0].reason


@pytest.mark.parametrize("path", sorted(HOSTILE.iterdir()), ids=lambda path: path.stem)
def test_a_hostile_feed_opens_nothing_and_ends_soon(path, read, sealed):
    start = time.monotonic()
    parsed = read(path.name, path.read_bytes())
    assert time.monotonic() - start < 2
    assert parsed.items or parsed.problems
    assert [event for event in sealed if str(path) not in event] == []
    assert "root:" not in str(parsed)


def test_a_harmless_entity_is_read(read):
    (item,) = read("a.xml", (HOSTILE / "legit_entity_feed.xml").read_bytes()).items
    assert (item.title, item.text) == ("ok", "text")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "definition",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x "y">',
        '<!ENTITY a "&b;">',
        f'<!ENTITY a "{"x" * 3000}">',
        "<!ENTITY" + " " * 30 + 'a SYSTEM "file:///etc/passwd">',
        '<!-- <![CDATA[ --><!ENTITY x SYSTEM "file:///etc/hostname"><!-- ]]> -->',
    ],
    ids=["file", "parameter", "nested", "long", "spaced", "hidden"],
)
def test_entities_for_files_or_much_text_are_refused(definition, encoding, read):
    body = (
        f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [{definition}]>"
        + rss("<title>a</title>")[39:]
    )
    parsed = read("w.xml", body.encode(encoding))
    assert parsed.items == ()
    assert "entities" in parsed.problems[0].reason


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 50_000,
        "<!-- <![CDATA[ -->" + "<a>" * 50_000,
        "<item " + " ".join(f'a{n}="1"' for n in range(40_000)) + "/>",
    ],
    ids=["deep", "deep behind a comment", "attributes"],
)
def test_monstrous_markup_is_refused_at_once(inside, read):
    start = time.monotonic()
    parsed = read("w.xml", f"<rss><channel>{inside}")
    assert time.monotonic() - start < 2
    assert parsed.items == ()
    assert parsed.problems


def test_json_feed_is_read(read):
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [
            {
                "id": 7,
                "title": "Seven",
                "content_html": "<p>a</p><p>b</p>",
                "url": "https://j.example/7",
                "date_published": "2026-01-02T14:00:00-07:00",
                "tags": ["x"],
            },
            {
                "id": "8",
                "content_text": "no title\nmore",
                "attachments": [{"mime_type": "audio/mpeg", "url": "u"}],
            },
            {"id": "9", "title": ["no"], "content_html": True},
            "not an entry",
        ],
    }
    parsed = read("j.json", json.dumps(document))
    seven, eight = parsed.items
    assert (parsed.shape, seven.external_id, seven.text, seven.kind) == (
        "json_feed",
        "7",
        "a\n\nb",
        "article",
    )
    assert (seven.published_at, seven.language) == (datetime(2026, 1, 2, 21, tzinfo=UTC), "en")
    assert (eight.title, eight.kind) == ("no title", "media")
    assert parsed.problems[0].reason.endswith(": 2.")


def test_an_unknown_json_feed_version_is_said(read):
    parsed = read("j.json", '{"version": "https://jsonfeed.org/version/9", "items": []}')
    assert "version 9" in parsed.problems[0].reason
