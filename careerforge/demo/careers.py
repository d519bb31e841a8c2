"""Positions, targets and claims with their evidence, dated relative to the day of loading."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import DateTimeField
from django.db.models.functions import Cast

from careerforge.demo.cast import Company, Told
from careerforge.people import identity
from careerforge.people.models import Evidence, Position, SkillClaim, User
from careerforge.skills.models import Role, Skill
from learning.models import Target

Users = Mapping[str, User]


def positions(company: Company, users: Users, today: date) -> None:
    """What everybody holds and held."""
    roles = dict(Role.objects.values_list("slug", "id"))
    Position.objects.bulk_create(
        Position(
            user=users[one.number],
            role_id=roles[held.role],
            level=held.level,
            starts_on=today - timedelta(days=held.since),
            ends_on=None if held.until is None else today - timedelta(days=held.until),
        )
        for one in company.people
        for held in one.positions
    )


def targets(rows: Iterable[tuple[User, UUID, datetime]]) -> None:
    """Where people are heading: person, role, and since when."""
    made = [(Target(user=user, role_id=role), chosen_at) for user, role, chosen_at in rows]
    Target.objects.bulk_create([target for target, _ in made])
    # Creating stamps the present; the choice was made then.
    for target, chosen_at in made:
        target.chosen_at = chosen_at
    Target.objects.bulk_update([target for target, _ in made], ["chosen_at"], batch_size=1000)


def skills() -> dict[str, UUID]:
    """Skills by slug."""
    return dict(Skill.objects.values_list("slug", "id"))


def claims(told: Iterable[tuple[User, Told]], slugs: Mapping[str, UUID], today: date) -> None:
    """Store claims with one line of evidence each, sealed under the person's key."""
    pairs = [_claim(user, one, slugs[one.skill], today) for user, one in told]
    SkillClaim.objects.bulk_create([claim for claim, _ in pairs], batch_size=5000)
    Evidence.objects.bulk_create([evidence for _, evidence in pairs], batch_size=5000)
    made = SkillClaim.objects.filter(pk__in=[claim.pk for claim, _ in pairs])
    made.update(made_at=Cast("evidence_on", DateTimeField()))


def _claim(user: User, told: Told, skill: UUID, today: date) -> tuple[SkillClaim, Evidence]:
    day = today - timedelta(days=told.age)
    claim = SkillClaim(
        id=uuid4(),
        user=user,
        skill_id=skill,
        source=told.source,
        level=told.level,
        confidence=told.confidence,
        evidence_on=day,
    )
    evidence = Evidence(id=uuid4(), claim=claim, kind=told.kind, issuer=told.issuer, dated_on=day)
    evidence.sealed_line = identity.seal_line(user, evidence.id, "line", told.line)
    return claim, evidence
