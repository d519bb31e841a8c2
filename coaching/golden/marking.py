"""A coach marks one of their advices as right: what would be kept of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from careerforge.assistant import golden
from careerforge.people import access
from careerforge.people.models import User
from coaching.advising import advice
from coaching.advising.wording import FUNCTION
from coaching.golden import nobody
from coaching.golden.spans import spans
from coaching.models import Advice
from coaching.persons.facts import facts_about, role_in_question

# Of the answers about one person, only the newest can be marked.
MOST = 50


@dataclass(frozen=True)
class Marked:
    """What would be kept of an advice, and the page that it stands on."""

    proposal: golden.Proposal
    page: str


def proposal(coach: User, advice_id: UUID, now: datetime, question: str = "") -> Marked | None:
    """What would be kept of an answer; None when it is not theirs, says nothing, or rests on no document.

    Args:
        question: the coach's other wording; empty for what was asked.
    """
    row = Advice.objects.filter(pk=advice_id, coach=coach).only("employee_id").first()
    person = access.coachees(coach, now.date()).filter(pk=row.employee_id).first() if row else None
    if person is None:
        return None
    given = advice.earlier(coach, person, MOST)
    opened = next((one for one in given if one.id == advice_id and not one.answer.dont_know), None)
    places = list(spans(opened.answer.sources).values()) if opened else []
    if opened is None or not places:
        return None
    role = role_in_question(opened.question, person)
    facts = facts_about(person, role, now.date()) if role else None
    about = nobody.about(opened.answer, facts)
    page = reverse("coaching:person", args=[person.profile.pseudo_id])
    made = golden.propose(FUNCTION, question or opened.question, about, places)
    return Marked(made, f"{page}?advice={advice_id}#advice")
