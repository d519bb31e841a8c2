"""A model's checked words for suggested roles and for the skills of a gap: kept for a day at most.

They rest on a profile, a role, an index, a prompt and a model; when one of these changes, or a passage that
they quote is closed to their reader, the rules' words are shown again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from careerforge.assistant import checks
from careerforge.assistant.frame import Task, Written
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.outgoing import Outgoing, without_people
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.template import digest
from careerforge.assistant.schemas import GapInWords, RolesInWords, Words
from careerforge.assistant.support import Line, supported
from careerforge.gateway.models import Offer
from careerforge.gateway.redact import Directory
from careerforge.knowledge.models import IndexGeneration
from careerforge.people.models import User
from careerforge.vault.sealing import keyed_hash
from learning import withholding
from learning.models import Wording, WordingSource
from learning.words import asking

# A receipt of readiness.
Paper = Mapping[str, Any]

# What the words of this module mean; another meaning is another number.
RULES = "words-1"
MAX_TOKENS = 1_200


@dataclass(frozen=True)
class Kind:
    """One of the two results that are worded.

    Attributes:
        function: as switches and the ledger know it.
        prompt: name of the template.
        kept: how long the words are good.
    """

    function: str
    prompt: str
    schema: type[RolesInWords] | type[GapInWords]
    kept: timedelta


ROLES = Kind("role_suggestions", "roles", RolesInWords, timedelta(hours=24))
GAP = Kind("skill_gap", "gap", GapInWords, timedelta(hours=12))


@dataclass(frozen=True)
class Subject:
    """What is to be worded: a role, or a skill of the gap to a role, with all that may be said of it."""

    role: UUID
    skill: UUID | None
    title: str
    lines: tuple[Line, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The lines as the prompt shows them."""
        return tuple(line.text for line in self.lines)

    @property
    def chunks(self) -> tuple[int | None, ...]:
        """The passage of each line, if it is one."""
        return tuple(line.chunk for line in self.lines)


@dataclass(frozen=True)
class Said:
    """Words that may be shown."""

    text: str
    model: str
    prompt_version: str
    checks: tuple[str, ...]
    made_at: datetime

    @property
    def passed(self) -> list[str]:
        """The checks in words, for whoever reads it."""
        return checks.in_words(self.checks)


@dataclass(frozen=True)
class Standing:
    """Words that stand in for the rules' own: by role, and by role and skill of its gap."""

    roles: Mapping[UUID, Said]
    skills: Mapping[tuple[UUID, UUID], Said]


def task(kind: Kind, subjects: Mapping[str, Subject]) -> Task[Any]:
    """Ask for the words of these subjects by id, with every check."""
    return Task(
        function=kind.function,
        prompt=kind.prompt,
        schema=kind.schema,
        max_tokens=MAX_TOKENS,
        checks=(
            checks.offered(lambda said: [one.id for one in _words(said)], subjects.keys()),
            checks.numbers_stated(lambda said: list(_grounds(said, subjects))),
            checks.without_links(lambda said: [one.text for one in _words(said)]),
            checks.within_policy(lambda said: [one.text for one in _words(said)]),
        ),
    )


def _words(said: RolesInWords | GapInWords) -> Sequence[Words]:
    return said.roles if isinstance(said, RolesInWords) else said.skills


def _grounds(said: RolesInWords | GapInWords, subjects: Mapping[str, Subject]) -> Iterator[tuple[str, str]]:
    for one in _words(said):
        if subject := subjects.get(one.id):
            yield one.text, ". ".join((subject.title, *subject.facts))


def numbered(subjects: Iterable[Subject], letter: str) -> dict[str, Subject]:
    """With short ids for one call."""
    return {f"{letter}{at}": subject for at, subject in enumerate(subjects, 1)}


def told(subjects: Mapping[str, Subject]) -> list[dict[str, Any]]:
    """For the prompt; with the passage of each fact, which no text prints."""
    return [
        {"id": id_, "title": one.title, "facts": one.facts, "chunks": one.chunks}
        for id_, one in subjects.items()
    ]


def clean(
    subjects: Mapping[str, Subject], directory: Directory, *more: str
) -> tuple[dict[str, Subject], Outgoing]:
    """The same without people; ``more`` are texts that go along, the first of what comes back."""
    texts = [*more, *(text for one in subjects.values() for text in (one.title, *one.facts))]
    out = without_people(texts, directory)
    rest = iter(out.texts[len(more) :])
    found = {
        id_: replace(one, title=next(rest), lines=tuple(replace(line, text=next(rest)) for line in one.lines))
        for id_, one in subjects.items()
    }
    return found, out


def rows_of(
    person: User,
    written: Written[Any],
    subjects: Mapping[str, Subject],
    out: Outgoing,
    rests_on: Mapping[UUID, str],
    now: datetime,
) -> list[tuple[Wording, frozenset[int]]]:
    """Every sentence checked: what stays, with the passages it stands on. What does not is by rules.

    Call it where the organisation is open: it is what the rows belong to.
    """
    found = []
    for one in _words(written.parsed):
        subject = subjects[one.id]
        own = [line.text for line in subject.lines if line.chunk is None]
        said = supported(one.text, subject.title, subject.lines, own)
        if said.is_low:
            continue
        row = Wording(
            user=person,
            role_id=subject.role,
            skill_id=subject.skill,
            text=out.back(said.text),
            model=written.model[:80],
            prompt_version=written.prompt_version,
            call=written.call_id,
            checks=[*written.checks, "support"],
            rests_on=rests_on[subject.role],
            made_at=now,
        )
        found.append((row, said.chunks))
    return found


def store(made: Iterable[tuple[Wording, frozenset[int]]]) -> int:
    """Replace the words about the same things; how many are new. Belongs to the caller's transaction."""
    rows = list(made)
    for row, _chunks in rows:
        Wording.objects.filter(user=row.user, role=row.role_id, skill=row.skill_id).delete()
    Wording.objects.bulk_create(row for row, _chunks in rows)
    WordingSource.objects.bulk_create(
        WordingSource(wording=row, chunk_id=chunk) for row, chunks in rows for chunk in sorted(chunks)
    )
    return len(rows)


def rests_on(person: User, papers: Mapping[UUID, Paper]) -> dict[UUID, str]:
    """What words about these roles rest on today, by role: two queries.

    Args:
        papers: receipts of readiness by role.
    """
    generation = _live().values_list("pk", flat=True).first()
    offers = list(_offers())
    return {role: _key(person, generation, offers, paper) for role, paper in papers.items()}


def standing(person: User, papers: Mapping[UUID, Paper], now: datetime) -> Standing:
    """The words about these roles that may be shown: young enough, with every passage open to their reader,
    resting on what is so today. One query; none where no model may be asked.

    Args:
        papers: receipts of readiness by role.
    """
    if not asking.is_open(person):
        return Standing({}, {})
    rows = [row for row in _rows(person, papers, now) if _holds(row, person, papers[row.role_id])]
    return Standing(
        {row.role_id: _said(row) for row in rows if row.skill_id is None},
        {(row.role_id, row.skill_id): _said(row) for row in rows if row.skill_id},
    )


def _said(row: Wording) -> Said:
    return Said(row.text, row.model, row.prompt_version, tuple(row.checks), row.made_at)


def _rows(person: User, papers: Mapping[UUID, Paper], now: datetime) -> Iterable[Any]:
    """Rows with what is so now beside them."""
    # Of what a source says now: words of an older version of a document are not shown on.
    open_ = Q(chunk__live=True, chunk__document__gone_at__isnull=True) & withholding.open_to(person)
    closed = WordingSource.objects.filter(wording=OuterRef("pk")).exclude(open_)
    young = Q(skill__isnull=True, made_at__gt=now - ROLES.kept)
    young |= Q(skill__isnull=False, made_at__gt=now - GAP.kept)
    live = PromptVersion.objects.filter(live=True, name__in=[FRAME, ROLES.prompt, GAP.prompt])
    return Wording.objects.filter(
        young, ~Exists(closed), user=person, role__in=list(papers), made_at__lte=now
    ).annotate(
        generation=Subquery(_live().values("pk")[:1]),
        offers=ArraySubquery(_offers()),
        prompts=ArraySubquery(live.values(pair=Concat("name", Value(":"), "digest"))),
    )


def _live() -> QuerySet[IndexGeneration]:
    return IndexGeneration.objects.filter(state=IndexGeneration.State.LIVE)


def _offers() -> QuerySet[Any]:
    """Who may be asked, in turn, each as one word."""
    rows = Offer.objects.filter(is_on=True, strength=Offer.Strength.SIMPLE)
    named = rows.annotate(named=Concat("provider", Value(":"), "model"))
    return named.order_by("place", "provider", "model").values_list("named", flat=True)


def _holds(row: Any, person: User, paper: Paper) -> bool:
    """Whether a row rests on what is so now. Pure."""
    own = dict(pair.split(":", 1) for pair in row.prompts)
    name, text, frame = row.prompt_version.split("-", 2)
    live = [own.get(one) or digest(shipped(one)) for one in (name, FRAME)]
    asked_so = live[0].startswith(text) and live[1].startswith(frame)
    return asked_so and row.rests_on == _key(person, row.generation, row.offers, paper)


def _key(person: User, generation: int | None, offers: Sequence[str], paper: Paper) -> str:
    """Profile, index, models, and what the role asks and where the person stands, to a tenth of a level."""
    lines = [
        (line["skill"], line["required"], line["weight"], round(line["effective"] or 0.0, 1))
        for line in paper["skills"]
    ]
    models = offers or asking.configured_models()
    parts = [RULES, str(person.pk), str(person.profile.version), str(generation), json.dumps(lines)]
    return keyed_hash("content", *parts, *models).hex()


def prune(now: datetime) -> int:
    """Remove words that are twice as old as they are good; how many went."""
    old = Q(skill__isnull=True, made_at__lte=now - 2 * ROLES.kept)
    old |= Q(skill__isnull=False, made_at__lte=now - 2 * GAP.kept)
    return Wording.objects.filter(old).delete()[1].get("learning.Wording", 0)
