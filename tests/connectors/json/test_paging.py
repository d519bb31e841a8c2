"""Every family of paging is walked to its end, and an interrupted walk goes on."""

from typing import Any

import pytest

from connectors.kinds.fetching import Limits
from connectors.kinds.json import KIND
from connectors.kinds.json.paging import Turning, beginning, by_convention, cursor_of

ADDRESS = "https://a.example/api"


def jobs(*numbers: int) -> list[dict[str, object]]:
    return [{"id": n, "title": f"Smith {n}", "description": "forge"} for n in numbers]


def ids(ran) -> list[str]:
    return [item.external_id for item in ran.items]


# settings, and what is at which query
FAMILIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "address in the body": (
        {"paging": "next", "next": "paging.next"},
        {"": {"items": jobs(1, 2), "paging": {"next": "/api?at=2"}}, "?at=2": {"items": jobs(3)}},
    ),
    "address by convention": (
        {},
        {
            "": {"items": jobs(1, 2), "links": {"next": {"href": f"{ADDRESS}?at=2"}}},
            "?at=2": {"items": jobs(3)},
        },
    ),
    "address with a dollar": (
        {"paging": "auto"},
        {"": {"value": jobs(1, 2), "@odata.nextLink": f"{ADDRESS}?$skip=2"}, "?$skip=2": {"value": jobs(3)}},
    ),
    "page number": (
        {"paging": "page"},
        {"?page=1": {"items": jobs(1, 2)}, "?page=2": {"items": jobs(3)}, "?page=3": {"items": []}},
    ),
    "page number with a size": (
        {"paging": "page", "parameter": "p", "size_parameter": "n", "size": 2},
        {"?n=2&p=1": {"items": jobs(1, 2)}, "?n=2&p=2": {"items": jobs(3)}},
    ),
    "page number with a total": (
        {"paging": "page", "size": 2, "total": "all"},
        {
            "?per_page=2&page=1": {"items": jobs(1, 2), "all": "3"},
            "?per_page=2&page=2": {"items": jobs(3), "all": "3"},
        },
    ),
    "page number from 0": (
        {"paging": "page", "first": 0, "size": 2},
        {"?per_page=2&page=0": {"items": jobs(1, 2)}, "?per_page=2&page=1": {"items": jobs(3)}},
    ),
    "offset with a total": (
        {"paging": "offset", "total": "totalFound"},
        {
            "?offset=0": {"items": jobs(1, 2), "totalFound": 3},
            "?offset=2": {"items": jobs(3), "totalFound": 3},
        },
    ),
    "offset with hasMore": (
        {"paging": "offset", "size": 2, "more": "hasMore"},
        {
            "?limit=2&offset=0": {"items": jobs(1), "hasMore": True},
            "?limit=2&offset=1": {"items": jobs(2, 3), "hasMore": False},
        },
    ),
    "start index from 1": (
        {"paging": "start_index", "size": 2, "total": "totalResults"},
        {
            "?count=2&startIndex=1": {"items": jobs(1, 2), "totalResults": 3},
            "?count=2&startIndex=3": {"items": jobs(3), "totalResults": 3},
        },
    ),
    "cursor in the body": (
        {"paging": "cursor", "next": "meta.next_cursor"},
        {
            "": {"items": jobs(1, 2), "meta": {"next_cursor": "dGVhbQ=="}},
            "?cursor=dGVhbQ%3D%3D": {"items": jobs(3), "meta": {"next_cursor": ""}},
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAMILIES)
def test_every_page_is_read_once(web, name):
    settings, pages = FAMILIES[name]
    for query, document in pages.items():
        web.page(ADDRESS + query, document)
    ran = web.read(KIND, ADDRESS, complete=True, **settings)
    assert ids(ran) == ["1", "2", "3"]
    assert web.asked == [ADDRESS + query for query in pages]
    assert ran.end.is_complete


def test_the_link_header_is_followed(web):
    web.page(ADDRESS, jobs(1), headers={"Link": f'<{ADDRESS}?page=2>; rel="next", <{ADDRESS}>; rel="first"'})
    web.page(f"{ADDRESS}?page=2", jobs(2))
    assert ids(web.read(KIND, ADDRESS, paging="link")) == ["1", "2"]


def test_what_is_asked_beside_the_page_stays_in_the_address(web):
    web.page(f"{ADDRESS}?q=smith&page=1", {"items": jobs(1)})
    web.page(f"{ADDRESS}?q=smith&page=2", {"items": []})
    assert ids(web.read(KIND, f"{ADDRESS}?q=smith", paging="page")) == ["1"]


@pytest.mark.parametrize(
    "name",
    ["address in the body", "page number", "offset with a total", "start index from 1", "cursor in the body"],
)
def test_an_interrupted_walk_goes_on_behind_what_was_stored(web, name):
    settings, pages = FAMILIES[name]
    for query, document in pages.items():
        web.page(ADDRESS + query, document)
    cursor = web.read(KIND, ADDRESS, **settings).bodies[0].cursor
    assert cursor
    assert ids(web.read(KIND, ADDRESS, cursor=cursor, **settings)) == ["3"]


def test_a_next_page_on_another_host_is_not_asked_for_and_said(web):
    web.page(ADDRESS, {"items": jobs(1), "next": "https://b.example/api?page=2"})
    web.page("https://b.example/api?page=2", {"items": jobs(2)})
    ran = web.read(KIND, ADDRESS, complete=True)
    assert (ids(ran), ran.end.is_complete) == (["1"], False)
    assert "another host" in ran.reasons[0]
    assert web.asked == [ADDRESS]


def test_pages_that_lead_in_a_circle_end_and_remove_nothing(web):
    web.page(ADDRESS, {"items": jobs(1), "next": "?at=2"})
    web.page(f"{ADDRESS}?at=2", {"items": jobs(2), "next": ADDRESS})
    ran = web.read(KIND, ADDRESS, complete=True)
    assert (ids(ran), ran.end.is_complete) == (["1", "2"], False)
    assert "circle" in ran.end.doubt


def test_there_is_an_end_to_pages_without_end(web):
    for n in range(1, 9):
        web.page(f"{ADDRESS}?page={n}", {"items": jobs(n)})
    ran = web.read(KIND, ADDRESS, limits=Limits(pages=4), paging="page", complete=True)
    assert (ids(ran), ran.end.is_complete) == (["1", "2", "3", "4"], False)


@pytest.mark.parametrize("body", ['{"items": [{"id": 2, "titl', "<html>busy</html>"])
def test_a_page_that_breaks_off_removes_nothing(web, body):
    web.page(f"{ADDRESS}?page=1", {"items": jobs(1)})
    web.page(f"{ADDRESS}?page=2", body, "application/json")
    ran = web.read(KIND, ADDRESS, paging="page", complete=True)
    assert (ids(ran), ran.end.is_complete) == (["1"], False)
    assert ran.parsed[1].shape not in KIND.shapes


def test_a_source_of_one_page_is_asked_whether_it_has_changed(web):
    web.page(ADDRESS, {"items": jobs(1)}, headers={"ETag": '"one"'})
    first = web.read(KIND, ADDRESS, complete=True)
    assert first.end.remember["pages"] == 1
    assert first.bodies[0].etag == '"one"'


def test_a_token_asks_for_changes_only_and_removes_what_the_source_names(web):
    how = {"complete": True, "token": "syncToken", "token_parameter": "since"}
    web.page(ADDRESS, {"items": jobs(1, 2), "syncToken": "t1"})
    whole = web.read(KIND, ADDRESS, **how)
    assert (whole.end.is_complete, whole.end.remember["token"]) == (True, "t1")
    web.page(
        f"{ADDRESS}?since=t1",
        {"items": [*jobs(3), {"id": 1, "@removed": {"reason": "deleted"}}], "syncToken": "t2"},
    )
    changes = web.read(KIND, ADDRESS, since=whole.end.remember, **how)
    assert (ids(changes), changes.parsed[0].gone) == (["3"], ("1",))
    assert (changes.end.is_complete, changes.end.remember["token"]) == (False, "t2")


def test_an_address_that_carries_a_key_is_not_kept():
    turning = Turning("next")
    assert cursor_of(turning, "https://a.example/api?page=2&api_key=secret") == ""
    assert cursor_of(turning, "https://a.example/api?page=2") == "https://a.example/api?page=2"


def test_numbers_and_words_are_no_addresses():
    assert by_convention({"next": "2", "links": {"next": None}, "paging": {"next": 7}}) is None
    assert by_convention([1, 2]) is None
    assert beginning(Turning("none"), ADDRESS, "https://evil.example/") == ADDRESS
