"""Sitemaps are read in every form that the protocol allows, and break off without harm."""

import gzip
from pathlib import Path

import pytest

from connectors.kinds.careers.sitemap import Entry, read_sitemap

HOSTILE = Path(__file__).parents[1] / "data/xml_hostile"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*pages: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><urlset {NAMESPACE}>{''.join(pages)}</urlset>"


def page(url: str, changed: str = "") -> str:
    return f"<url><loc>{url}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"


ONE = urlset(page("https://a.example/jobs/1?a=1&amp;b=2", "2026-10-01"), page("https://a.example/jobs/2"))
ENTRIES = (Entry("https://a.example/jobs/1?a=1&b=2", "2026-10-01"), Entry("https://a.example/jobs/2"))


@pytest.mark.parametrize(
    "content",
    [
        ONE.encode(),
        b"\xef\xbb\xbf" + ONE.encode(),
        ONE.replace("UTF-8", "UTF-16").encode("utf-16"),
        gzip.compress(ONE.encode()),
        ONE.replace(f" {NAMESPACE}", "").encode(),
        ONE.replace("<loc>", "\n <loc>\n ").replace("</loc>", "\n</loc>").encode(),
    ],
    ids=["plain", "mark", "utf-16", "packed", "without namespace", "spaced"],
)
def test_the_pages_of_a_map_are_read(content):
    found = read_sitemap(content)
    assert (found.pages, found.maps, found.is_whole) == (ENTRIES, (), True)


def test_a_map_of_maps_is_told_apart():
    index = f"<sitemapindex {NAMESPACE}><sitemap><loc>https://a.example/jobs.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(index.encode()).maps == (Entry("https://a.example/jobs.xml.gz"),)


def test_lines_of_addresses_are_a_map():
    assert read_sitemap(b"https://a.example/jobs/1\r\n\r\nhttps://a.example/jobs/2\n").pages == (
        Entry("https://a.example/jobs/1"),
        Entry("https://a.example/jobs/2"),
    )


@pytest.mark.parametrize(
    "cut", [ONE.encode()[:-60], gzip.compress(ONE.encode() * 99)[:-40]], ids=["xml", "gzip"]
)
def test_a_map_that_breaks_off_gives_what_came_and_says_so(cut):
    found = read_sitemap(cut)
    assert found is None or not found.is_whole


def test_addresses_that_are_none_are_left_out():
    found = read_sitemap(
        urlset(page("javascript:alert(1)"), page("/jobs/1"), page("https://a.example/" + "x" * 3000)).encode()
    )
    assert (found.pages, found.is_whole) == ((), True)


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>no</body></html>", b"{}", b"nothing here", b"\x1f\x8bno"]
)
def test_what_is_no_map_is_none(content):
    assert read_sitemap(content) is None


@pytest.mark.parametrize("path", sorted(HOSTILE.iterdir()), ids=lambda path: path.name)
def test_hostile_xml_is_no_map_and_opens_nothing(path, sealed):
    assert read_sitemap(path.read_bytes()) is None
    assert sealed == [f"open ('{path}',)"]


def test_a_map_that_unpacks_without_end_stops():
    bomb = gzip.compress(b"<urlset>" + b"<url><loc>https://a.example/</loc></url>" * 1_000_000)
    assert not read_sitemap(bomb).is_whole
