"""Questions with the document that answers each: what two index generations are compared on.

The committed ones are about the demo company's documents, in words that mostly are not the document's. Where
a company has none of those, its own passages ask: a document's heading, to be found among all passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.fields import TextField
from django.db.models.functions import MD5, Cast

from careerforge.knowledge.models import Chunk, Document

OF_THEIR_OWN = 60
COMMITTED: Sequence[tuple[str, str]] = (
    ("How much money may I spend on training in a year?", "Policy: learning budget"),
    ("Does the company pay when I fail an exam?", "Policy: certification fees"),
    ("Can my boss read what I tell my coach?", "Policy: confidentiality of coaching"),
    ("May I study during the week instead of working?", "Policy: working hours for learning"),
    ("How do I change to a different team?", "Policy: internal moves between teams and practices"),
    ("Who looks at the data about what I can do?", "Policy: use of skill data and of the assistant"),
    (
        "What is expected of a principal in data?",
        "Data practice ladder: five levels from junior to principal",
    ),
    ("How do I get promoted as a tester?", "Quality assurance practice ladder"),
    ("What does a senior penetration tester do here?", "Security practice ladder"),
    ("I write SQL reports and want to build pipelines", "Playbook: from data analyst to data engineer"),
    (
        "Leading people for the first time",
        "Playbook: the first ninety days as a team lead",
    ),
    (
        "Trying out containers without an outage",
        "Playbook: learning Kubernetes without breaking production",
    ),
    ("I only test by hand so far", "Playbook: from manual to automated testing"),
    ("Step above senior developer without managing", "Playbook: from senior to staff"),
    ("How to prepare a talk with somebody I mentor", "Playbook: running a good coaching session"),
    ("Move from application code to protecting it", "Playbook: growing into security from backend"),
    ("Exam for running clusters", "Certification guide: Certified Kubernetes Administrator (CKA)"),
    ("Entry-level security certificate", "Certification guide: CompTIA Security+"),
    (
        "Certificate about disabled users",
        "Certification guide: IAAP Web Accessibility Specialist (WAS)",
    ),
    ("Agile facilitator certificate", "Certification guide: Professional Scrum Master I (PSM I)"),
    ("What do phone app developers earn?", "Salary report: backend, frontend and mobile"),
    ("Do we pay less than others?", "Tarnvale pay bands compared with the market, by region"),
    ("Which tools do employers ask of data people?", "Market note: what adverts for data engineers ask for"),
    (
        "What could go wrong in a design, found early",
        "Academy course: threat modelling for product teams",
    ),
    ("Work on trains and their information systems", "Principal data architect, Fennholm Rail"),
    ("Job with Golang at a bank", "Backend developer in Go, Ostrelle Bank"),
)


@dataclass(frozen=True)
class Question:
    """Words, and the chunks that count as found."""

    text: str
    chunks: frozenset[int]


def of_organisation() -> list[Question]:
    """The open organisation's questions, always in the same order; none if it has no passages."""
    wanted = dict(COMMITTED)
    rows = Document.objects.current().filter(title__in=wanted.values(), chunks__live=True)
    by_title: dict[str, set[int]] = {}
    for title, chunk in rows.values_list("title", "chunks__id"):
        by_title.setdefault(title, set()).add(chunk)
    found = [Question(text, frozenset(by_title[title])) for text, title in COMMITTED if title in by_title]
    return found or _their_own()


def _their_own() -> list[Question]:
    """Headings of passages, picked by a hash of the passage's number."""
    headed = Chunk.objects.filter(live=True, document__gone_at__isnull=True).exclude(heading="")
    picked = headed.annotate(place=MD5(Cast(F("pk"), TextField()))).order_by("place")[:OF_THEIR_OWN]
    return [
        Question(f"{title}: {heading}", frozenset([pk]))
        for title, heading, pk in picked.values_list("document__title", "heading", "pk")
    ]
