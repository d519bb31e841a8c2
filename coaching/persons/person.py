"""What a coach sees of one person: five fields of identity, and of the career what the work needs."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from careerforge.people.models import User
from learning.gaps import history
from learning.gaps.gap import Gap, gap
from learning.gaps.inventory import EvidenceLine, evidence_of
from learning.models import Node, Step
from learning.paths import path
from learning.roles import target

HISTORY = timedelta(days=210)


@dataclass(frozen=True)
class SkillRow:
    """One required skill: where they are, what is asked, and what it rests on."""

    name: str
    effective: float | None
    required: int
    missing: float
    # The step is finished, and only a confirmation is missing.
    waiting: bool
    at_level: bool
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True)
class Phase:
    """A phase of the path; its last node is the milestone. Skipped steps count in no sum."""

    nodes: tuple[Node, ...]

    @property
    def title(self) -> str:
        """What the phase leads to."""
        return self.nodes[-1].title

    @property
    def hours(self) -> int:
        """Hours of what there is to do."""
        return sum(node.hours for node in self.nodes if node.step.status != Step.Status.SKIPPED)

    @property
    def hours_done(self) -> int:
        """Hours of what is done."""
        return sum(node.hours for node in self.nodes if node.step.status == Step.Status.DONE)


@dataclass(frozen=True)
class PersonPage:
    """Everything on the coach's page of one person."""

    pseudo_id: str
    handle: str
    practice: str
    seniority: str
    experience: str
    region: str
    role: str
    target: str
    target_slug: str
    gap: Gap | None
    skills: tuple[SkillRow, ...]
    history: tuple[tuple[date, float], ...]
    # Readiness now less readiness 90 days ago, as a share of 1: what the person sees on their own page.
    change_90: float | None
    phases: tuple[Phase, ...]

    @property
    def told(self) -> int:
        """Required skills that something was told about."""
        return sum(row.effective is not None for row in self.skills)


def page(person: User, on: date) -> PersonPage:
    """The page's facts in a constant number of queries. The caller has checked who asks."""
    profile = person.profile
    heading = target.current(person)
    nodes = path.outline(person)
    found = gap(person, heading, on, done=[node.step for node in nodes]) if heading else None
    drawn, changes = history.line(person, found, on - HISTORY) if found else ([], {})
    change = changes.get(90)
    return PersonPage(
        pseudo_id=profile.pseudo_id,
        handle=profile.coaching_handle,
        practice=profile.practice.name if profile.practice else _("No specialisation"),
        seniority=str(profile.get_seniority_display()),
        experience=profile.experience_band,
        region=profile.region,
        role=person.role_held or "",  # type: ignore[attr-defined]
        target=heading.title if heading else "",
        target_slug=heading.slug if heading else "",
        gap=found,
        skills=_skills(person, found) if found else (),
        history=_until_now(drawn, found, on) if found else (),
        change_90=change.total if change else None,
        phases=_phases(nodes),
    )


def _skills(person: User, found: Gap) -> tuple[SkillRow, ...]:
    lines = evidence_of(person, [row.skill.pk for row in found.rows])
    rows = [
        SkillRow(
            name=row.skill.name,
            effective=row.effective if row.known else None,
            required=row.required,
            missing=row.missing,
            waiting=row.waiting,
            at_level=row.at_level,
            evidence=tuple(lines.get(row.skill.pk, ())),
        )
        for row in found.rows
    ]
    return tuple(sorted(rows, key=lambda row: (row.effective is None, -row.missing, row.name)))


def _until_now(drawn: list[tuple[date, float]], found: Gap, on: date) -> tuple[tuple[date, float], ...]:
    """The stored days, and today as it is now, so that the line ends at the figure beside it."""
    before = [(day, score) for day, score in drawn if day < on]
    return (*before, *([] if found.readiness is None else [(on, found.readiness)]))


def _phases(nodes: list[Node]) -> tuple[Phase, ...]:
    by_phase = groupby(nodes, key=lambda node: node.phase)
    return tuple(Phase(tuple(nodes)) for _number, nodes in by_phase)
