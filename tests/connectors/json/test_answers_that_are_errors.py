"""Some sources answer "200 OK" and mean that something went wrong."""

import pytest

from connectors.kinds.json import KIND
from connectors.kinds.json.failures import complaint

ADDRESS = "https://a.example/api"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            {"exception": "moodle_exception", "errorcode": "invalidtoken", "message": "Invalid token"},
            "“Invalid token”",
        ),
        ({"ok": False, "error": "not_authed"}, "“not_authed”"),
        ({"success": "false"}, "something went wrong"),
        ({"status": "error", "message": "Try later."}, "“Try later”"),
        ({"status": "REQUEST_FAILED", "message": ["No such series", "x"]}, "“No such series, x”"),
        ({"errors": [{"message": "Field 'jobs' is missing"}]}, "is missing"),
        ({"error": {"code": 401, "message": "Who are you?"}}, "“Who are you?”"),
    ],
)
def test_an_error_is_told_in_the_words_of_the_source(document, words):
    assert words in complaint(document)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"items": []},
        {"ok": True, "items": [1]},
        {"error": None, "jobs": []},
        {"errors": [], "data": [{"id": 1}]},
        {"status": "REQUEST_SUCCEEDED", "Results": {}},
        {"error": "partly", "items": [{"title": "a"}]},
        "text",
    ],
)
def test_an_answer_that_means_what_it_says_is_none(document):
    assert complaint(document) is None


def test_what_counts_as_an_error_can_be_set():
    assert complaint({"status": "REQUEST_SUCCEEDED", "Results": {}}, "status == 'X'") is None
    assert "No data" in complaint({"note": "No data", "Results": {}}, "Results == `{}` && note")
    assert "something went wrong" in complaint({"Results": {}}, "Results == `{}`")


def test_a_key_that_the_source_repeats_is_not_told():
    said = complaint({"error": "Key sk-3f9a8b7c6d5e4f3a2b1c is not valid"})
    assert "3f9a8b7c" not in said
    assert "is not valid" in said


def test_an_error_stores_nothing_and_removes_nothing(web):
    web.page(
        ADDRESS, {"exception": "x", "errorcode": "accessexception", "message": "Access control exception"}
    )
    ran = web.read(KIND, ADDRESS, complete=True)
    assert (ran.items, ran.end.is_complete, ran.parsed[0].shape) == ([], False, "unreadable")
    assert ran.reasons == ["The source answers with an error: “Access control exception”."]


def test_a_web_page_is_no_json(web):
    web.page(
        ADDRESS, "<html><body><h1>Maintenance</h1><p>We are back soon.</p></body></html>", "application/json"
    )
    ran = web.read(KIND, ADDRESS, complete=True)
    assert (ran.parsed[0].shape, ran.end.is_complete) == ("html", False)
