"""What counts as the same address and the same version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from connectors.parsing.canonical import canonical_url, content_hash
from connectors.parsing.item import Item

ITEM = Item(
    "1", "Smith", "Forge.", "https://a.example/1?utm_source=x", "posting", datetime(2026, 1, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://A.Example:443/x?b=2&a=1&utm_medium=api&fbclid=z#top", "https://a.example/x?a=1&b=2"),
        ("https://www.usajobs.gov:443/GetJob/1", "https://www.usajobs.gov/GetJob/1"),
        ("http://a.example:8080", "http://a.example:8080/"),
        (
            "https://s3.example/p.png?X-Amz-Date=1&X-Amz-Signature=2&X-Amz-Expires=3&v=4",
            "https://s3.example/p.png?v=4",
        ),
        ("https://b.example/p?sv=1&se=2&sig=3&id=4", "https://b.example/p?id=4"),
        ("https://a.example/p?se=2&expires=soon", "https://a.example/p?expires=soon&se=2"),
        ("https://www.adzuna.com/land/ad/7?se=F1&v=4A&q=1", "https://www.adzuna.com/land/ad/7?q=1"),
        ("https://a.example/x;jsessionid=9F?y", "https://a.example/x?y="),
        ("https://a.example/ä b", "https://a.example/%C3%A4%20b"),
        ("/relative", "/relative"),
        ("http://[bad", "http://[bad"),
        ("", ""),
    ],
)
def test_canonical_url(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_tracking_and_ids_make_no_new_version():
    same = replace(
        ITEM, external_id="2", url="https://A.example/1?utm_source=y", facts={"colour": "z"}, language="de"
    )
    assert content_hash(same, b"key") == content_hash(ITEM, b"key")


@pytest.mark.parametrize(
    "change",
    [{"title": "x"}, {"text": "x"}, {"url": "https://a.example/2"}, {"kind": "page"}, {"published_at": None}],
)
def test_every_field_of_the_projection_makes_a_new_version(change):
    assert content_hash(replace(ITEM, **change), b"key") != content_hash(ITEM, b"key")


def test_a_fact_that_is_counted_makes_a_new_version():
    opening = replace(ITEM, kind="posting", facts={"salary": "€45,000 - €50,000"})
    dearer = replace(opening, facts={"salary": "€45,000 - €55,000"})
    assert content_hash(opening, b"key") != content_hash(dearer, b"key")


def test_a_clamped_date_makes_no_new_version_at_every_fetch():
    given = {"published_as_given": "2099-01-01T00:00:00+00:00"}
    today = replace(ITEM, facts=given)
    tomorrow = replace(today, published_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert content_hash(today, b"key") == content_hash(tomorrow, b"key")


def test_the_hash_depends_on_its_key_and_needs_one():
    assert content_hash(ITEM, b"key") != content_hash(ITEM, b"other")
    assert len(content_hash(ITEM, b"key")) == 64
    with pytest.raises(ValueError, match="key"):
        content_hash(ITEM, b"")
