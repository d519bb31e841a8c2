"""Positions, targets and claims as their role makes likely, and the readiness that follows from them."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from careerforge.demo import careers
from careerforge.demo.cast import USUAL, Told
from careerforge.demo.growth.people import Joined, weighted
from careerforge.people.models import Position, User
from careerforge.skills.levels import BELIEVED
from careerforge.skills.models import Requirement, Role
from learning.gaps import daily

# Readiness is measured on the Mondays of these weeks and today; claims appear as their evidence gets its day.
WEEKS_AGO = (4, 2, 0)
OLDEST = 1400
WITH_TARGET = 0.8
SOURCES = {"self": 30, "peer": 18, "course": 20, "project": 12, "manager": 8, "certificate": 6, "coach": 6}
LINES = {
    "self": ("Uses it at work now and then.", "Has read a book about it.", "Does it alone on quiet days."),
    "peer": ("Is asked about it by the team.", "Showed it to two colleagues.", "Takes the harder cases."),
    "course": (
        "Course with all exercises.",
        "Course, closing exercise passed.",
        "Evening course over a quarter.",
    ),
    "project": (
        "Did it in the last release.",
        "Responsible for it in one project.",
        "Repaired it under pressure.",
    ),
    "manager": ("Noted in the yearly review.", "Trusted with it for customers.", "Took it over in spring."),
    "certificate": ("Examination passed.", "Examination passed at the second attempt."),
    "coach": ("Shown in a session.", "Agreed after looking at the work together."),
}

Wanted = Mapping[UUID, Sequence[tuple[str, int]]]


@dataclass(frozen=True)
class Plan:
    """One person's position and, for most, the role they are heading for."""

    user: User
    held: Role
    target: Role | None


def begin(joined: Sequence[Joined], now: datetime, chance: random.Random) -> int:
    """Store careers and measure readiness over the last month; gives back how many claims there are."""
    plans = _plans(joined, chance)
    _positions(plans, now, chance)
    careers.targets(
        (plan.user, plan.target.id, now - timedelta(days=chance.randint(35, 400)))
        for plan in plans
        if plan.target
    )
    wanted = _wanted()
    told = [(plan.user, claim) for plan in plans for claim in _claims(plan, wanted, chance)]
    _play(told, [plan.user.id for plan in plans if plan.target], now)
    return len(told)


def _plans(joined: Sequence[Joined], chance: random.Random) -> list[Plan]:
    roles = list(Role.objects.select_related("practice").order_by("slug"))
    at: dict[tuple[str, int], list[Role]] = defaultdict(list)
    for role in roles:
        at[role.practice.slug, role.level].append(role)
    plans = []
    for one in joined:
        held = chance.choice(_near(at, one.practice, one.level))
        above = _near(at, one.practice, min(one.level + 1, 5))
        aims = not one.is_coach and chance.random() < WITH_TARGET
        target = chance.choice(above) if aims else None
        plans.append(Plan(one.user, held, target if target != held else None))
    return plans


def _near(at: Mapping[tuple[str, int], list[Role]], practice: str, level: int) -> list[Role]:
    """The roles of a rung, or of the next one that has any."""
    rungs = sorted(range(1, 6), key=lambda rung: abs(rung - level))
    return next(at[practice, rung] for rung in rungs if (practice, rung) in at)


def _positions(plans: Sequence[Plan], now: datetime, chance: random.Random) -> None:
    Position.objects.bulk_create(
        [
            Position(
                user=plan.user,
                role=plan.held,
                level=plan.held.level,
                starts_on=now.date() - timedelta(days=chance.randint(60, OLDEST)),
            )
            for plan in plans
        ],
        batch_size=5000,
    )


def _wanted() -> dict[UUID, list[tuple[str, int]]]:
    found: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    rows = Requirement.objects.order_by("id").values_list("role_id", "skill__slug", "level")
    for role, slug, level in rows:
        found[role].append((slug, level))
    return found


def _claims(plan: Plan, wanted: Wanted, chance: random.Random) -> Iterator[Told]:
    """Most of what the position asks for, near its level; part of what the target asks for, below."""
    told: set[str] = set()
    for slug, level in wanted[plan.held.id]:
        if chance.random() < 0.62:
            told.add(slug)
            yield _told(slug, level + chance.choice((-1, 0, 0, 0, 1)), chance)
    for slug, level in wanted[plan.target.id] if plan.target else ():
        if slug not in told and chance.random() < 0.45:
            yield _told(slug, level - chance.choice((0, 1, 1, 2)), chance)


def _told(slug: str, level: int, chance: random.Random) -> Told:
    source = weighted(SOURCES, chance)
    kind, issuer = USUAL[source]
    return Told(
        skill=slug,
        level=min(max(level, 1), 5),
        source=source,
        confidence=round(min(max(BELIEVED[source] + chance.uniform(-0.1, 0.05), 0.3), 0.95), 2),
        age=int(chance.triangular(0, OLDEST, 120)),
        line=chance.choice(LINES[source]),
        kind=kind,
        issuer=issuer,
    )


def _ages(now: datetime) -> list[int]:
    """Days ago on which readiness is measured, oldest first: a manager's page prints by the week."""
    return sorted({now.weekday() + 7 * weeks for weeks in WEEKS_AGO} | {0}, reverse=True)


def _play(told: Sequence[tuple[User, Told]], heading: Sequence[UUID], now: datetime) -> None:
    slugs, shared = careers.skills(), daily.rules()
    newest = OLDEST + 1
    for age in _ages(now):
        careers.claims([pair for pair in told if age <= pair[1].age < newest], slugs, now.date())
        newest = age
        for start in range(0, len(heading), daily.SLICE):
            daily.measure(heading[start : start + daily.SLICE], shared, (now - timedelta(days=age)).date())
