"""Any JSON becomes items: by convention, by a mapping, and with postings and courses recognised."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from connectors.parsing.json_items import Mapped

GREENHOUSE_LIKE = {
    "jobs": [
        {
            "id": 6136160004,
            "internal_job_id": 1,
            "title": "Smith",
            "absolute_url": "https://b.example/jobs/1",
            "location": {"name": "Hybrid - Graz"},
            "company_name": "Anvil",
            "departments": [{"id": 2, "name": "Forge"}],
            "first_published": "2026-08-06T12:50:10-04:00",
            "language": "en",
            "requisition_id": "R1",
            "content": "&lt;p&gt;Hammer &amp;amp; tongs.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;heat&lt;/ul&gt;",
        }
    ],
    "meta": {"total": 1},
}
USAJOBS_LIKE = {
    "SearchResult": {
        "SearchResultItems": [
            {
                "MatchedObjectId": "77",
                "MatchedObjectDescriptor": {
                    "PositionTitle": "Ranger",
                    "PositionURI": "https://u.example:443/77",
                    "OrganizationName": "Parks",
                    "PositionLocationDisplay": "Moab, Utah",
                    "PublicationStartDate": "2026-07-26T00:00:00.0000",
                    "PositionRemuneration": [
                        {"MinimumRange": "50.0", "MaximumRange": "60.0", "RateIntervalCode": "PA"}
                    ],
                    "UserArea": {"Details": {"JobSummary": "Walk the trails.", "RemoteIndicator": False}},
                },
            }
        ]
    }
}
COURSES = {
    "data": {
        "search": {
            "documents": [
                {
                    "Title": "Welding",
                    "Course_Id": "c1",
                    "Description": "<p>Arc</p>",
                    "URL": "/c/1",
                    "Duration": "6 days",
                    "topics": [{"name": "Metal"}, {"name": "Heat"}],
                    "Price": 1390.0,
                    "instructors": [{"name": "Ann Example"}],
                }
            ]
        }
    }
}


def test_a_board_gives_postings_with_facts_and_clean_text(read):
    (item,) = read("board.json", json.dumps(GREENHOUSE_LIKE)).items
    assert (item.external_id, item.title, item.kind) == ("6136160004", "Smith", "posting")
    assert item.text == "Hammer & tongs.\n\n- heat"
    assert item.published_at == datetime(2026, 8, 6, 16, 50, 10, tzinfo=UTC)
    assert item.facts["company"] == "Anvil"
    assert item.facts["location"] == "Hybrid - Graz"
    assert item.facts["department"] == "Forge"


def test_wrapped_records_are_unwrapped(read):
    (item,) = read("search.json", json.dumps(USAJOBS_LIKE)).items
    assert (item.external_id, item.title, item.text, item.kind) == (
        "77",
        "Ranger",
        "Walk the trails.",
        "posting",
    )
    assert (item.facts["salary_min"], item.facts["salary_max"], item.facts["salary_period"]) == (
        "50.0",
        "60.0",
        "PA",
    )
    assert item.url == "https://u.example:443/77"


def test_courses_are_recognised_without_their_people(read):
    (item,) = read("https://learn.example/api?page=1", json.dumps(COURSES), "application/json").items
    assert (item.kind, item.external_id, item.url) == ("course", "c1", "https://learn.example/c/1")
    assert item.facts == {"duration": "6 days", "price": "1390", "code": "c1", "topics": ("Metal", "Heat")}
    assert "Ann Example" not in str(item)


def test_a_hiring_thread_gives_a_posting_per_comment(read):
    thread = {
        "title": "Ask: Who is hiring? (May 2026)",
        "children": [
            {
                "id": 1,
                "text": 'Anvil | Smith | <a href="https:&#x2F;&#x2F;anvil.example">x</a><p>We forge.',
                "created_at": 1790412915,
            },
            {"id": 2, "text": None},
        ],
    }
    parsed = read("thread.json", json.dumps(thread))
    (item,) = parsed.items
    assert (item.kind, item.facts["company"], item.external_id) == ("posting", "Anvil", "1")
    assert item.text == "Anvil | Smith | x\n\nWe forge."
    assert parsed.problems[0].reason.endswith(": 1.")


@pytest.mark.parametrize(
    "document",
    [
        [{"name": "a"}],
        {"items": [{"name": "a"}]},
        {"payload": {"results": [{"name": "a"}]}},
        [[{"name": "a"}]],
        {"elements": [{"attributes": {"title": "a"}}]},
        {"title": "a", "body": "text"},
    ],
)
def test_the_entries_are_found_where_sources_put_them(document, read):
    assert [item.title for item in read("x.json", json.dumps(document)).items] == ["a"]


def test_lists_under_two_names_are_taken_together(read):
    document = {
        "programs": [{"id": 1, "title": "P", "courses": [1]}],
        "courses": [{"id": 1, "title": "C", "course_id": 1}],
    }
    items = read("x.json", json.dumps(document)).items
    assert {item.title for item in items} == {"P", "C"}
    assert len({item.external_id for item in items}) == 2


def test_a_mapping_says_where_everything_is(read):
    document = {
        "deep": {"rows": [{"n": {"de": "Schmied"}, "no": 3, "wo": "Graz", "am": "1790412915", "u": "/3"}]}
    }
    mapped = Mapped(
        items="deep.rows",
        fields={
            "title": "n.de",
            "external_id": "no",
            "location": "wo",
            "published_at": "am",
            "url": "u",
            "kind": "'posting'",
        },
        base_url="https://m.example/api/",
    )
    (item,) = read("x.json", json.dumps(document), mapped=mapped).items
    assert (item.title, item.external_id, item.kind) == ("Schmied", "3", "posting")
    assert (item.facts["location"], item.url) == ("Graz", "https://m.example/3")
    assert item.published_at == datetime(2026, 9, 26, 8, 55, 15, tzinfo=UTC)


def test_a_wrong_path_is_said(read):
    assert "JMESPath" in read("x.json", "[]", mapped=Mapped(items="a[")).problems[0].reason
    assert "No list" in read("x.json", '{"a": 1}', mapped=Mapped(items="b")).problems[0].reason


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[]", "empty"),
        ('{"items": []}', "empty"),
        ('{"a": 1}', "No list of entries"),
        ("[1, 2]", "No list of entries"),
        ('{"items": [{"id": 1', "breaks off"),
        ('{"items" [}', "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"id": 1}]', "One entry was found, but it has neither a title nor a text"),
        ("true", "something else"),
        ("\0\0 {}", "not valid JSON"),
        ('{"a": ' + "9" * 5_000 + "}", "endless number"),
    ],
)
def test_bad_json_is_a_reason_and_never_an_error(body, words, read):
    parsed = read("x.json", body, "application/json")
    assert parsed.items == ()
    assert words in parsed.problems[0].reason


def test_odd_values_are_survived(read):
    rows = [
        {
            "title": 5,
            "id": 2**70,
            "content": ["x"],
            "url": 7,
            "created_at": {},
            "tags": {"a": 1},
            "company": [None],
        },
        {"title": "\ud800 lone\u0000 surrogate", "created_at": 1e300, "location": {"name": {"x": 1}}},
        {"title": "Pay", "jobTitle": "x", "salary": {"min": 1, "max": float("nan")}, "date": "9999-12-31"},
    ]
    items = read("x.json", json.dumps(rows)).items
    assert [item.title for item in items] == ["5", "lone surrogate", "Pay"]
    for item in items:
        assert "\0" not in (item.title + item.text)
        (item.title + item.text + str(item.facts)).encode("utf-8")


def test_a_description_cut_in_a_tag_stays_clean(read):
    row = {
        "title": "a",
        "company": "b",
        "location": "c",
        "description": '<p>Good</p><p class="cut in the mid',
    }
    assert read("x.json", json.dumps([row])).items[0].text == "Good"


def test_lines_of_json_are_a_list(read):
    parsed = read("x.jsonl", '{"title": "a"}\nbroken\n{"title": "b"}\n')
    assert [item.title for item in parsed.items] == ["a", "b"]
