"""Danger, conflict, health, law, pay and data go to the people whom the company has named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from careerforge.assistant.models import HelpContact, Topic
from careerforge.assistant.policy import out_of_scope
from careerforge.assistant.policy.topics import text, topic_of
from careerforge.governance.models import AuditEvent
from careerforge.people.models import User

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
DANGER = "I want to kill myself"


@pytest.mark.parametrize("row", [row for row in ROWS if row["topic"]], ids=lambda row: row["text"][:40])
def test_it_is_for_a_person(row: dict[str, str]) -> None:
    assert topic_of(row["text"]) == row["topic"]


def test_the_words_of_work_raise_no_alarm() -> None:
    work = [row["text"] for row in ROWS if not row["topic"]]
    assert len(work) >= 100
    assert [one for one in work if topic_of(one)] == []


def test_danger_comes_before_everything_else_and_in_any_language() -> None:
    assert topic_of(f"What is my notice period? {DANGER}") is Topic.CRISIS
    assert topic_of("Ich will nicht mehr leben") is Topic.CRISIS
    assert topic_of("x" * 1500 + " " + DANGER) is Topic.CRISIS


def test_who_is_named_is_shown_word_for_word(company: Any) -> None:
    HelpContact.objects.create(
        topic="crisis", words="Care line", phone="0800 555 0100", hours="day and night", place=2
    )
    HelpContact.objects.create(topic="crisis", words="Dr on site", mail="care@northwind.example", place=1)
    HelpContact.objects.create(topic="law", words="Legal desk", mail="law@northwind.example")
    found = out_of_scope(DANGER, company)
    assert found
    assert found.is_urgent
    assert [one.words for one in found.contacts] == ["Dr on site", "Care line"]
    assert "Care line: 0800 555 0100 (day and night)" in str(found)
    assert "Legal desk" not in str(found)


@pytest.mark.parametrize("topic", Topic)
def test_without_contacts_no_number_is_made_up(company: Any, topic: Topic) -> None:
    question = next(row["text"] for row in ROWS if row["topic"] == topic)
    found = out_of_scope(question, company)
    assert found
    assert "Northwind Works has not named a contact" in found.nobody
    assert "HR" in found.nobody
    assert not any(character.isdigit() for character in str(found))
    assert text(topic) in str(found)


def test_another_companys_contacts_are_not_shown(company: Any, other_company: Any) -> None:
    from careerforge.tenancy import context

    with context.organisation(other_company.id):
        HelpContact.objects.create(topic="crisis", words="Elsewhere", phone="1")
    found = out_of_scope(DANGER, company)
    assert found
    assert found.contacts == ()


def test_nothing_is_asked_of_the_database_for_other_questions(
    company: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert out_of_scope("Which skill comes first?", company) is None


def test_that_it_was_shown_is_written_nowhere(company: Any) -> None:
    assert out_of_scope(DANGER, company)
    assert not AuditEvent.objects.exists()


def test_a_contact_that_cannot_be_reached_is_none(company: Any) -> None:
    with pytest.raises(ValidationError):
        HelpContact(topic="pay", words="Somebody").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpContact.objects.create(topic="pay", words="Somebody")


def test_hr_edits_them_and_nobody_else(
    admin_hr: User, admin_lnd: User, signed_in: Callable[[User], Client]
) -> None:
    form = {"topic": "health", "words": "Company doctor", "phone": "123", "mail": "", "link": "", "hours": "",
            "place": "1"}  # fmt: skip
    assert signed_in(admin_lnd).get("/admin/assistant/helpcontact/").status_code in (403, 404)
    assert signed_in(admin_hr).post("/admin/assistant/helpcontact/add/", form).status_code == 302
    assert HelpContact.objects.get().words == "Company doctor"
    assert AuditEvent.objects.filter(act="helpcontact.added").count() == 1
    assert "Company doctor" in signed_in(admin_hr).get("/admin/assistant/helpcontact/").content.decode()


def test_hr_is_told_what_is_missing(admin_hr: User, signed_in: Callable[[User], Client]) -> None:
    form = {"topic": "health", "words": "Company doctor", "place": "1"}
    page = signed_in(admin_hr).post("/admin/assistant/helpcontact/add/", form)
    assert "Give a phone number, an e-mail address or a web page." in page.content.decode()
