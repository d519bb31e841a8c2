"""What a person answers: a coach asks about somebody else, and the contacts can be followed."""

from typing import Any
from uuid import uuid4

import pytest

from careerforge.assistant.models import HelpContact
from careerforge.assistant.policy import Contact
from coaching.advising import advice
from coaching.chat.pieces import Kind, Piece
from tests.coaching.conftest import NOW

ABOUT_ANOTHER = "They told me that they want to kill themselves"


@pytest.fixture
def helpline(company: Any) -> HelpContact:
    return HelpContact.objects.create(
        topic="crisis", words="Helpline", phone="01632 960100", mail="help@northwind.example", hours="always"
    )


@pytest.fixture
def page(coach: Any, senior: Any, library: Any, helpline: Any, signed_in: Any, page_of: Any) -> str:
    advice.ask(coach, senior, ABOUT_ANOTHER, uuid4(), NOW)
    return str(signed_in(coach).get(page_of(senior)).content.decode())


def test_a_coach_is_spoken_to_as_somebody_who_worries_about_another(page: str) -> None:
    assert "If you worry about somebody" in page
    assert "Please talk to a person now" not in page


def test_the_contact_can_be_called_and_written_to(page: str) -> None:
    assert '<a class="link" href="tel:01632960100">01632 960100</a>' in page
    assert '<a class="link" href="mailto:help@northwind.example">help@northwind.example</a>' in page


def test_nobody_asks_whether_that_was_useful(page: str) -> None:
    assert "Was this useful?" not in page


def test_who_asks_for_themselves_is_spoken_to(company: Any, helpline: Any) -> None:
    from careerforge.assistant.policy import out_of_scope

    own = out_of_scope("I want to kill myself", company)
    assert own
    assert "Please talk to a person now" in own.text


@pytest.mark.parametrize(
    ("contact", "followed"),
    [
        (Contact("x", "+44 (0)1632 960-100"), ("tel:+4401632960100", "", "")),
        (Contact("x", "1 2 3; ext=<b>"), ("", "", "")),
        (Contact("x", "call Ann at 12345"), ("", "", "")),
        (Contact("x", mail="a@b.example?bcc=evil@c.example"), ("", "", "")),
        (Contact("x", mail="a@b.example"), ("", "mailto:a@b.example", "")),
        (Contact("x", link="javascript:alert(1)"), ("", "", "")),
        (Contact("x", link="https://b.example/help"), ("", "", "https://b.example/help")),
    ],
)
def test_only_what_is_nothing_else_can_be_followed(contact: Contact, followed: tuple[str, ...]) -> None:
    assert (contact.dials, contact.writes, contact.leads) == followed


def test_contacts_of_a_chat_are_kept_and_read_again() -> None:
    piece = Piece(Kind.HELP, "Talk.", contacts=(Contact("Helpline", "1"),))
    assert Piece.from_json(piece.as_json()) == piece


def test_those_that_were_kept_as_words_are_still_shown() -> None:
    kept = '{"kind": "help", "text": "Talk.", "sources": [], "contacts": ["Helpline: 1"]}'
    assert Piece.from_json(kept).contacts == (Contact("Helpline: 1"),)
