"""Roles that fit a person: by rules at any time, stored for a day, accepted by the person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import Position, Profile, User
from careerforge.skills.levels import Neighbours
from careerforge.skills.models import Role
from learning.gaps import facts
from learning.gaps.facts import Asked, Known
from learning.gaps.gap import Gap, measure
from learning.models import RoleSuggestion, Step
from learning.roles import target
from learning.roles.scoring import Standing, Suggested, scored

OFFERED = 5
KEPT = timedelta(hours=24)


def standing(person: User, on: date) -> Standing:
    """The position held now; without one, what the profile says. One query."""
    position = _positions(person, on).select_related("role").first()
    return _standing(person, position.role if position else None, position.level if position else 0)


def _positions(person: User, on: date) -> QuerySet[Position]:
    return Position.objects.filter(user=person, starts_on__lte=on, ends_on__isnull=True)


def _standing(person: User, held: Role | None, level: int) -> Standing:
    profile: Profile | None = getattr(person, "profile", None)
    practice = profile.practice_id if profile else None
    if held:
        return Standing(level, held.practice_id or practice, held.id, held.title)
    return Standing(profile.seniority if profile else 1, practice, None)


def _roles(person: User, on: date) -> tuple[Standing, tuple[Role, ...]]:
    """Where the person stands, and the roles that are open to them: one query."""
    now = _positions(person, on)
    held, level = Subquery(now.values("role")[:1]), Subquery(now.values("level")[:1])
    rows: list[Any] = list(
        Role.objects.filter(Q(retired_at__isnull=True) | Q(pk=held))
        .annotate(held=held, held_level=level)
        .select_related("practice")
    )
    role = next((row for row in rows if row.pk == row.held), None)
    here = _standing(person, role, role.held_level if role else 0)
    return here, tuple(row for row in rows if row is not role and row.level >= here.level)


@dataclass(frozen=True)
class Comparison:
    """A person before the roles that are open to them: read once, for suggestions and for a gap.

    Open are roles that are not below the rung held now, without the role held now.
    """

    person: User
    on: date
    here: Standing
    roles: tuple[Role, ...]
    asked: dict[UUID, list[Asked]]
    near: Neighbours
    known: Known

    def best(self, limit: int = OFFERED) -> list[Suggested]:
        """The roles that fit best, each with its receipt. Pure."""
        levels = self.known.levels(self.person.id, self.near, self.on)
        open_ = [role for role in self.roles if role.id in self.asked]
        fits = [scored(self.person.id, r, self.asked[r.id], levels, self.here) for r in open_]
        best = sorted(fits, key=lambda s: (-s.score, s.role.level, s.role.slug))[:limit]
        return [
            replace(one, rank=rank, receipt=one.receipt | {"inputs": self.gap(one.role).receipt})
            for rank, one in enumerate(best, 1)
        ]

    def gap(self, role: Role) -> Gap:
        """The gap to one of the roles that were read. Pure."""
        return measure(role, self.asked.get(role.id, []), self.known, self.near, self.person.id, self.on)


def compare(person: User, on: date, also: Role | None = None, *, done: Iterable[Step] = ()) -> Comparison:
    """Read a person and the roles that are open to them: four queries, whatever the number of roles.

    Args:
        also: a role whose gap is wanted even if it is not open.
        done: finished steps, where that gap shall tell finished work from open work.
    """
    here, roles = _roles(person, on)
    held = [here.role_id] if here.role_id else []
    asked = facts.requirements([*held, *(role.id for role in (*roles, also) if role)])
    used = frozenset(row.skill_id for role_id in held for row in asked.get(role_id, ()))
    known = facts.of_people([person.id], on, in_use={person.id: used}, finished=facts.finished_to(done))
    near = facts.neighbours()
    return Comparison(person, on, here, roles, asked, near, known)


def suggest(person: User, on: date, limit: int = OFFERED) -> list[Suggested]:
    """The roles that fit best, in four queries. Nothing is stored."""
    return compare(person, on).best(limit)


def first(person: User, on: date) -> Role | None:
    """The role that fits best, if any role is open."""
    return next((one.role for one in suggest(person, on, limit=1)), None)


def store(person: User, suggested: list[Suggested], now: datetime) -> int:
    """Replace the stored suggestions by these; accepted ones stay on record. Two queries."""
    rows = [
        RoleSuggestion(
            id=one.id,
            user=person,
            role=one.role,
            rank=one.rank,
            score=one.score,
            receipt=one.receipt,
            inputs_hash=one.inputs_hash,
            made_at=now,
        )
        for one in suggested
    ]
    stale = RoleSuggestion.objects.filter(user=person, accepted_at__isnull=True)
    stale.exclude(pk__in=[row.pk for row in rows]).delete()
    RoleSuggestion.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["rank", "score", "receipt", "inputs_hash", "made_at"],
    )
    return len(rows)


def made_at(person: User, suggested: list[Suggested], now: datetime) -> datetime | None:
    """When exactly these were stored, or None when they are new: not stored, a day old, or changed."""
    rows = RoleSuggestion.objects.filter(user=person, made_at__gt=now - KEPT)
    stored = {pk: (hash_, at) for pk, hash_, at in rows.values_list("pk", "inputs_hash", "made_at")}
    if any(stored.get(one.id, ("",))[0] != one.inputs_hash for one in suggested):
        return None
    return min((at for _hash, at in stored.values()), default=None)


@dataclass(frozen=True)
class Accepted:
    """The new target, and the job that builds the path to it."""

    role: Role
    run: JobRun


def accept(person: User, suggestion_id: UUID, now: datetime) -> Accepted | None:
    """Make a suggested role the target and ask for its path; None when it was never suggested."""
    found = suggested_role(person, suggestion_id, now)
    if found is None:
        return None
    if not target.choose(person, found, now):
        # Accepted a moment ago: the same job, and no second entry.
        return Accepted(found, ask_for_path(person, found))
    RoleSuggestion.objects.filter(user=person, role=found, accepted_at__isnull=True).update(accepted_at=now)
    audit.record(person, "suggestion.accepted", subject=person.id, target=found)
    return Accepted(found, ask_for_path(person, found))


def head_for(person: User, role: Role, now: datetime) -> Accepted:
    """Make any role of the catalogue the target, by the person's own choice, and ask for its path."""
    target.choose(person, role, now)
    return Accepted(role, ask_for_path(person, role))


def suggested_role(person: User, suggestion_id: UUID, now: datetime) -> Role | None:
    """The role of a suggestion, stored or as the rules would make it now."""
    row = RoleSuggestion.objects.filter(user=person, pk=suggestion_id).select_related("role").first()
    if row:
        return row.role
    fits = suggest(person, now.date())
    return next((one.role for one in fits if one.id == suggestion_id), None)


def ask_for_path(person: User, role: Role) -> JobRun:
    """Queue the building of a path, once however often it is asked for."""
    return enqueue(
        "learning.build_path",
        key=f"{person.id}:{role.id}",
        asked_by=person.id,
        person=str(person.id),
        role=str(role.id),
    )
