"""The skills page's facts: each required skill with its evidence, and what moved readiness."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from careerforge.assistant.receipt import Receipt
from careerforge.design.words import shares_of
from careerforge.people import identity
from careerforge.people.models import Evidence, SkillClaim, User
from careerforge.skills.models import Role
from learning.gaps import history, why
from learning.gaps.gap import Gap, GapRow
from learning.gaps.readiness import Change
from learning.models import Step
from learning.paths import steps
from learning.words.wordings import Said, Standing

GLYPHS = {
    "confirmation": "rosette-discount-check",
    "course": "school",
    "certificate": "certificate",
    "resume": "file-text",
    "project": "hammer",
    "statement": "user",
}


@dataclass(frozen=True)
class EvidenceLine:
    """What a claim rests on, in one line."""

    glyph: str
    kind: str
    issuer: str
    day: date
    line: str
    level: int


@dataclass(frozen=True)
class SkillLine:
    """One required skill as the page shows it."""

    row: GapRow
    evidence: tuple[EvidenceLine, ...]
    # Hours of the steps that are open on the path; None when none is.
    on_path: int | None = None
    # A model's checked words; None where the rules' stand.
    said: Said | None = None

    @property
    def lets_you(self) -> str:
        """What closing the gap is good for."""
        return self.said.text if self.said else self.row.skill.summary

    @property
    def hours(self) -> int:
        """What is to do: the path's own figure where the skill is on it, so that both pages say one."""
        return self.row.hours if self.on_path is None else self.on_path

    @property
    def shown(self) -> float | None:
        """The level to draw: None while nobody has said anything about the skill."""
        return self.row.effective if self.row.known else None


@dataclass(frozen=True)
class Inventory:
    """Everything on the skills page about one role."""

    role: Role
    gap: Gap
    lines: tuple[SkillLine, ...]
    # Cause, whole points in 30 and in 90 days; the last row is the total.
    changes: tuple[tuple[str, int, int], ...]
    low: int
    high: int
    why: Receipt

    @property
    def said(self) -> Said | None:
        """Whose words some of it is in, if a model's."""
        return next((line.said for line in self.lines if line.said), None)

    @property
    def at_level(self) -> int:
        """Known skills that reach what the role asks."""
        return sum(line.row.at_level for line in self.lines if line.row.known)

    @property
    def told(self) -> int:
        """Skills that something was told about."""
        return sum(line.row.known for line in self.lines)

    @property
    def reached(self) -> float:
        """Required levels reached in told skills."""
        return sum(min(line.row.effective or 0, line.row.required) for line in self.lines if line.row.known)

    @property
    def to_go(self) -> float:
        """Required levels missing in told skills."""
        return sum(line.row.missing for line in self.lines if line.row.known)

    @property
    def untold(self) -> int:
        """Required levels of skills nothing was told about."""
        return sum(line.row.required for line in self.lines if not line.row.known)

    @property
    def asked(self) -> int:
        """All levels that the role asks for."""
        return sum(line.row.required for line in self.lines)


def inventory(person: User, found: Gap, mine: Iterable[Any], said: Standing) -> Inventory:
    """The gap with its evidence, the path's hours and what moved readiness: two queries.

    Args:
        mine: the person's steps, as ``path.mine`` reads them.
        said: a model's words that stand.
    """
    evidence = evidence_of(person, [row.skill.pk for row in found.rows])
    hours = hours_left((step, step.hours) for step in mine)
    lines = [
        SkillLine(
            row,
            tuple(evidence.get(row.skill.pk, ())),
            hours.get(row.skill.pk),
            said.skills.get((found.role.pk, row.skill.pk)),
        )
        for row in found.rows
    ]
    lines.sort(key=lambda line: (not line.row.known, -line.row.points, line.row.skill.name))
    changes = _changes(history.changes(person, found))
    figures = [value for _name, *values in changes for value in values] or [0]
    return Inventory(
        found.role, found, tuple(lines), changes, min(0, *figures), max(0, *figures), why.of_gap(found)
    )


def hours_left(path: Iterable[tuple[Step, int | None]]) -> dict[UUID, int]:
    """Hours left on a path by skill: what every page and every answer says of a skill that is on it. Pure.

    Args:
        path: steps, each with the hours it has on the path; None where it is not on it.
    """
    found: dict[UUID, int] = defaultdict(int)
    for step, hours in path:
        is_open = step.type == Step.Type.SKILL and step.status not in steps.ENDED
        if step.skill_id and hours is not None and is_open:
            found[step.skill_id] += hours
    return dict(found)


def evidence_of(person: User, skills: list[UUID]) -> dict[UUID, list[EvidenceLine]]:
    """Evidence by skill, the newest first, lines opened with the person's key: one query."""
    lines: dict[UUID, list[EvidenceLine]] = defaultdict(list)
    rows = Evidence.objects.filter(
        claim__user=person, claim__skill__in=skills, claim__withdrawn_at__isnull=True
    ).select_related("claim")
    for row in rows:
        lines[row.claim.skill_id].append(
            EvidenceLine(
                glyph=GLYPHS[row.kind],
                kind=str(SkillClaim.Source(row.claim.source).label),
                issuer=row.issuer,
                day=row.dated_on,
                line=identity.open_line(person, row.id, "line", row.sealed_line) if row.sealed_line else "",
                level=row.claim.level,
            )
        )
    return lines


PARTS = ("own_work", "told", "fading", "requirement", "rule")


def _changes(found: dict[int, Change | None]) -> tuple[tuple[str, int, int], ...]:
    """Rows of the table of causes, for 30 and 90 days; empty while either span has no figure.

    In whole points, of which the printed causes add up to the printed total.
    """
    month, quarter = found.get(30), found.get(90)
    if month is None or quarter is None:
        return ()
    (all_month, in_month), (all_quarter, in_quarter) = _points(month), _points(quarter)
    return (*zip(PARTS, in_month, in_quarter, strict=True), ("total", all_month, all_quarter))


def _points(change: Change) -> tuple[int, list[int]]:
    return shares_of(change.total, [getattr(change, part) for part in PARTS])
