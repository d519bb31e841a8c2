from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field

from careerforge.assistant.receipt import Receipt
from careerforge.people import access, idempotency, scopes
from careerforge.people.api_auth import requires_scope
from coaching.advising import advice
from coaching.chat.api import Refused
from coaching.chat.api import router as chat
from coaching.chat.limits import TooMuch
from coaching.forms import QUESTION_LIMIT
from coaching.persons import roster
from coaching.persons.roster import Filters
from coaching.questions.question import asked
from learning.gaps.answers import gap_of
from learning.roles import target
from learning.shapes import SkillGapOut

router = Router(tags=["coaching"])
coach_only = requires_scope(scopes.EMPLOYEES, kind=access.Kind.COACH)
MOST = 100


class Employee(Schema):
    """One of the coach's people: five fields of identity, and where they are heading."""

    pseudo_id: str
    handle: str
    specialisation: str
    seniority: str
    years_of_experience: str
    region: str
    target_role: str | None
    readiness: float | None


class Wanted(Schema):
    """Which of the coach's people, and which page of them."""

    limit: int = Field(25, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=1_000_000)
    specialisation: str = Field("", max_length=40)
    q: str = Field("", max_length=80)


class Employees(Schema):
    """A page of the coach's people."""

    items: list[Employee]
    count: int


class Question(Schema):
    """A question about one person."""

    question: Annotated[str, AfterValidator(asked)] = Field(
        min_length=1, max_length=QUESTION_LIMIT, pattern=r"\S"
    )


class AdviceSource(Schema):
    """The span that a sentence rests on; ``url`` opens it."""

    number: int
    title: str
    detail: str
    date: str | None
    url: str
    quote: str


class AdviceSentence(Schema):
    """One sentence and the numbers of its sources."""

    text: str
    sources: list[int]


class WebPageOut(Schema):
    """A page that nobody has checked."""

    title: str
    address: str


class FactorOut(Schema):
    """One input of an answer; points are what closing the gap adds to readiness, in hundredths."""

    label: str
    points: float
    detail: str


class ReceiptOut(Schema):
    """Why this: what the answer was made from, what was left out, what would alter it."""

    rule_version: str
    factors: list[FactorOut]
    left_out: list[str]
    nearest_change: str
    versions: dict[str, str]


class AdviceOut(Schema):
    """An answer whose every sentence is tied to a source."""

    id: UUID
    answer: str
    sentences: list[AdviceSentence]
    sources: list[AdviceSource]
    dont_know: bool
    # What was looked for and not found, or why the question is not answered.
    note: str
    # Sentences that are left out, because their document is closed to the coach by now, or gone.
    withheld: int
    model_used: str
    prompt_version: str
    generated_at: datetime
    # high, medium or low, with the sentence that says why.
    confidence: str
    confidence_basis: str
    # In words.
    checks: list[str]
    # What a model wrote and no source supports. No part of the answer.
    unsupported: list[str]
    # Pages that a searching provider says it has read. Nobody has checked them, and they support nothing.
    web: list[WebPageOut]
    # None where nothing was answered.
    receipt: ReceiptOut | None
    # Where a model's version stands that a coach looks at first; empty where there is none.
    review: str


@router.get("employees", response=Employees, auth=coach_only)
def employees(request: HttpRequest, wanted: Query[Wanted]) -> Employees:
    """The coach's own people, by handle. Nobody else exists here, not even as a number."""
    coach: Any = request.user
    today = timezone.localdate()
    found = roster.people(coach, Filters(wanted.q, wanted.specialisation), today)
    page = list(found[wanted.offset : wanted.offset + wanted.limit])
    items = [
        Employee(
            pseudo_id=row.pseudo_id,
            handle=row.handle,
            specialisation=row.practice,
            seniority=row.seniority,
            years_of_experience=row.experience,
            region=row.region,
            target_role=row.target or None,
            readiness=row.readiness,
        )
        for row in roster.rows(page, roster.history([person.pk for person in page], today))
    ]
    return Employees(items=items, count=found.count())


@router.get("employees/{pseudo_id}/skill-gap", response=SkillGapOut, auth=coach_only)
def employee_gap(request: HttpRequest, pseudo_id: str) -> Any:
    """The gap of one of the coach's people against their target role; anybody else: 404."""
    coach: Any = request.user
    person = access.coachee(coach, pseudo_id, timezone.localdate())
    return gap_of(person, target.current(person), coach)


@router.post(
    "employees/{pseudo_id}/ai-advice",
    response=AdviceOut,
    auth=requires_scope(scopes.ADVICE, kind=access.Kind.COACH),
)
def ask(request: HttpRequest, pseudo_id: str, data: Question) -> AdviceOut:
    """Ask about one of the coach's people. The answer's text is sealed in the coaching room."""
    # A repeat finds its own first answer in the room; nothing of it is kept elsewhere.
    idempotency.keep_no_answer(request)
    coach: Any = request.user
    person = access.coachee(coach, pseudo_id, timezone.localdate(), act="person.asked_about")
    form_key = advice.form_key_of(request.headers.get(idempotency.HEADER)) or uuid4()
    now = timezone.now()
    try:
        return _shown(advice.ask(coach, person, data.question, form_key, now, or_refuse=True))
    except advice.TooMany as error:
        # As the chat refuses: when to ask again is said in words too.
        raise Refused(TooMuch(str(error), 429, error.until), coach, now) from None


router.add_router("", chat)


def _shown(opened: advice.Opened) -> AdviceOut:
    found = opened.answer
    return AdviceOut(
        id=opened.id,
        answer=" ".join(s.text for s in found.sentences),
        sentences=[AdviceSentence(text=s.text, sources=list(s.cites)) for s in found.sentences],
        sources=[
            AdviceSource(
                number=n,
                title=s.title,
                detail=s.detail,
                date=s.day.isoformat() if s.day else None,
                url=s.url,
                quote=s.quote,
            )
            for n, s in enumerate(found.sources, 1)
        ],
        dont_know=found.dont_know,
        note=found.note,
        withheld=found.withheld,
        model_used=opened.model_used,
        prompt_version=opened.prompt_version,
        generated_at=opened.generated_at,
        confidence="low" if found.withheld else opened.sure.level,
        confidence_basis=opened.sure.sentence,
        checks=opened.checks,
        unsupported=list(found.unsupported),
        web=[WebPageOut(title=page.title, address=page.address) for page in found.web],
        receipt=_receipt(opened.receipt),
        review=opened.review.state if opened.review else "",
    )


def _receipt(found: Receipt | None) -> ReceiptOut | None:
    if found is None:
        return None
    return ReceiptOut(
        rule_version=found.rule_version,
        factors=[FactorOut(label=one.label, points=one.points, detail=one.detail) for one in found.factors],
        left_out=list(found.left_out),
        nearest_change=found.nearest_change,
        versions=dict(found.versions),
    )
