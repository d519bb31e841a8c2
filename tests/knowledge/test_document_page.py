"""A citation opens the document at the passage it quotes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careerforge.knowledge.documents.quoting import parts
from careerforge.knowledge.documents.store import mark_gone
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from tests.cast import Cast
from tests.knowledge.conftest import NOW, stored

TEXT = "## Amount\n\nEvery employee has a budget of EUR 1,500.\n\n- courses\n- books\n\nIt ends in December."


@pytest.fixture
def document(collection: Collection) -> Document:
    return stored(collection, text=TEXT, title="Learning budget", kind="policy", licence="Internal")


@pytest.fixture
def page(owner: User, document: Document, signed_in: Callable[[User], Client]) -> Callable[..., str]:
    """The document's page with a query."""
    client = signed_in(owner)

    def get(**query: Any) -> str:
        answer = client.get(f"/documents/{document.pk}/", query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_the_quoted_span_is_marked_and_can_be_jumped_to(page: Callable[..., str]):
    start = TEXT.index("a budget")
    shown = page(start=start, end=start + len("a budget of EUR 1,500"))
    assert 'Every employee has <mark class="cf-quote" id="quote">a budget of EUR 1,500</mark>.' in shown
    assert 'href="#quote"' in shown


def test_a_span_over_several_blocks_has_one_anchor(page: Callable[..., str]):
    shown = page(start=TEXT.index("EUR"), end=TEXT.index("December"))
    assert shown.count("<mark") == 4
    assert shown.count('id="quote"') == 1


def test_structure_is_shown_as_structure(page: Callable[..., str]):
    shown = page().replace("\n<", "<")
    assert "<h2>Amount</h2>" in shown
    assert "<li>courses</li><li>books</li>" in shown
    assert "Internal" in shown
    assert "<mark" not in shown


@pytest.mark.parametrize(
    "query",
    [{"start": "x"}, {"start": 9, "end": 3}, {"start": -4, "end": 9999999999}, {"start": 900, "end": 990}],
)
def test_an_odd_span_marks_nothing(page: Callable[..., str], query: dict[str, Any]):
    assert "<mark" not in page(**query)


def test_an_old_version_says_so_and_leads_to_the_current_one(page: Callable[..., str], document: Document):
    stored(document.collection, text="It is EUR 2,000 now.", title="Learning budget", kind="policy")
    assert "Read the current version" in page(v=1)
    assert "EUR 1,500" in page(v=1)
    assert "EUR 2,000" in page()
    assert "Read the current version" not in page(v=2)


def test_a_version_that_never_was_is_not_found(
    owner: User, document: Document, signed_in: Callable[[User], Client]
):
    assert signed_in(owner).get(f"/documents/{document.pk}/?v=7").status_code == 404


def test_a_document_that_is_gone_says_so(page: Callable[..., str], document: Document):
    mark_gone([document], NOW)
    assert "The source has not had this document since 2 Nov 2026" in page()


def test_what_a_source_wrote_is_text_and_never_markup(
    collection: Collection, owner: User, signed_in: Callable[[User], Client]
):
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3)) &lt;b&gt;"
    document = stored(collection, "evil", hostile, title=hostile, url="javascript:alert(4)")
    shown = signed_in(owner).get(f"/documents/{document.pk}/?start=0&end=400").content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert 'href="javascript:' not in shown
    assert "&amp;lt;b&amp;gt;" in shown


def test_the_own_address_is_the_only_link_out(page: Callable[..., str]):
    assert (
        '<a class="btn" href="https://wiki.northwind.example/a" rel="noopener noreferrer nofollow">' in page()
    )


def test_the_page_takes_few_queries(
    owner: User, document: Document, signed_in: Callable[[User], Client], django_assert_max_num_queries: Any
):
    client = signed_in(owner)
    with django_assert_max_num_queries(12):
        client.get(f"/documents/{document.pk}/?start=3&end=20")


def test_parts_hold_the_whole_text_whatever_is_marked():
    shown = parts(TEXT, 20, 60)
    assert " ".join("".join(piece.text for piece in line) for part in shown for line in part.lines) == (
        "Amount Every employee has a budget of EUR 1,500. courses books It ends in December."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", "Polish is not supported: a search by word finds its words only as written"),
        ("de-AT", ""),
        ("", "The source does not say which language this is"),
    ],
)
def test_a_language_whose_words_are_not_stemmed_is_named(
    language: str,
    said: str,
    collection: Collection,
    cast: Cast,
    signed_in: Callable[[User], Client],
):
    document = stored(collection, text=TEXT, language=language)
    reader = signed_in(cast.owner).get(f"/documents/{document.pk}/").content.decode()
    admin = signed_in(cast.admin_platform).get(f"/admin/knowledge/document/{document.pk}/change/")
    for page in (reader, admin.content.decode()):
        assert ("as written, not in other forms" in page) == bool(said)
        assert said in page
