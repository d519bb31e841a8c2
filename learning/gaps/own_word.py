"""What a person says of their own skills: told, corrected and taken back by themselves.

An own word is one claim per skill. Telling again withdraws the word before and says the new one; taking back
withdraws it, and for a day it can be put back. Claims of others, and of finished steps, are not touched.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careerforge.governance import audit
from careerforge.jobs.queue import enqueue
from careerforge.people.models import Evidence, Profile, SkillClaim, User
from careerforge.skills.levels import BELIEVED, DAYS_PER_MONTH
from careerforge.skills.models import Alias, Skill
from learning.gaps import daily
from learning.paths import path, progress, steps
from learning.roles import suggestions, target

OWN = SkillClaim.Source.SELF
# So many rows are read: all that anybody has told, and enough of what was looked for.
MOST = 300
UNDO = timedelta(days=1)

# What the levels mean in a person's own mouth.
LEVELS: tuple[tuple[int, Promise], ...] = (
    (0, _("0, none: I have not done it")),
    (1, _("1, aware: I know what it is for")),
    (2, _("2, basic: I do it with help")),
    (3, _("3, solid: I do it alone")),
    (4, _("4, strong: I do the hard cases and help others")),
    (5, _("5, leads: I set how it is done here")),
)
# When it was last used, and how many months ago that counts as.
USED: tuple[tuple[str, Promise, int], ...] = (
    ("still", _("I still use it"), 0),
    ("year", _("Within the last year"), 6),
    ("two", _("One to two years ago"), 18),
    ("longer", _("Longer ago"), 36),
)


def look(person: User, *, slug: str = "", words: str = "", taken: UUID | None = None) -> QuerySet[Skill]:
    """What the person has told of themselves, and with it what they ask for: one query.

    A skill comes with ``claim_id``, ``claim_level``, ``claim_on`` and ``claim_gone`` (when it was withdrawn),
    which are None where nothing was told. What was told comes first, then by name.

    Args:
        slug: a skill that was chosen.
        words: part of a skill's name or alias.
        taken: a claim that was withdrawn.
    """
    mine = Q(claims__user=person, claims__source=OWN)
    stands = Q(claims__withdrawn_at__isnull=True) | Q(claims__pk=taken)
    wanted = Q(mine__isnull=False)
    if slug:
        wanted |= Q(slug=slug, retired_at__isnull=True)
    if words:
        alias = Exists(Alias.objects.filter(skill=OuterRef("pk"), text__icontains=words))
        wanted |= Q(retired_at__isnull=True) & (Q(name__icontains=words) | Q(alias))
    rows = Skill.objects.annotate(mine=FilteredRelation("claims", condition=mine & stands)).filter(wanted)
    return rows.annotate(
        claim_id=F("mine__id"),
        claim_level=F("mine__level"),
        claim_on=F("mine__evidence_on"),
        claim_gone=F("mine__withdrawn_at"),
        untold=ExpressionWrapper(Q(mine__isnull=True), BooleanField()),
    ).order_by("untold", "name", "-mine__made_at")[:MOST]


def tell(person: User, skill: Skill, level: int, used: str, now: datetime) -> SkillClaim | None:
    """Say a level, 0 to 5, in place of what was said before; None when it is the same. One transaction.

    Args:
        used: a key of ``USED``.
    """
    months = next(months for key, _label, months in USED if key == used)
    day = now.date() - timedelta(days=round(months * DAYS_PER_MONTH))
    _lock(person)
    before = _mine(person, skill)
    if before.filter(level=level, evidence_on=day).exists():
        return None
    before.update(withdrawn_at=now)
    claim = SkillClaim.objects.create(
        user=person,
        skill=skill,
        source=OWN,
        level=level,
        confidence=BELIEVED[OWN.value],
        evidence_on=day,
    )
    Evidence.objects.create(claim=claim, kind=Evidence.Kind.STATEMENT, dated_on=day)
    _changed(person, claim, "skill.told", now)
    return claim


def take_back(person: User, skill: Skill, now: datetime) -> SkillClaim | None:
    """Withdraw the own word about a skill; None when there is none."""
    _lock(person)
    claim = _mine(person, skill).order_by("-made_at").first()
    if claim is None:
        return None
    _mine(person, skill).update(withdrawn_at=now)
    _changed(person, claim, "skill.taken_back", now)
    return claim


def taken_back(person: User, claim_id: UUID, now: datetime) -> SkillClaim | None:
    """An own word that was withdrawn a short while ago and may be put back."""
    rows = SkillClaim.objects.filter(pk=claim_id, user=person, source=OWN, withdrawn_at__gt=now - UNDO)
    return rows.select_related("skill").first()


def put_back(person: User, claim_id: UUID, now: datetime) -> SkillClaim | None:
    """Undo a withdrawal, unless something else was told since."""
    _lock(person)
    claim = taken_back(person, claim_id, now)
    if claim is None or _mine(person, claim.skill).exists():
        return None
    SkillClaim.objects.filter(pk=claim.pk).update(withdrawn_at=None)
    _changed(person, claim, "skill.put_back", now)
    return claim


def _mine(person: User, skill: Skill) -> QuerySet[SkillClaim]:
    rows = SkillClaim.objects.filter(user=person, skill=skill, source=OWN, withdrawn_at__isnull=True)
    return rows.exclude(pk__in=progress.claims_of(steps.done(person)))


def _lock(person: User) -> None:
    """Two clicks at once happen one after the other."""
    Profile.objects.select_for_update().filter(user=person).first()


def _changed(person: User, claim: SkillClaim, act: str, now: datetime) -> None:
    """What follows from a changed word: readiness at once, path and suggestions by their jobs."""
    target.touch(person)
    audit.record(person, act, subject=person.id, target=claim, level=claim.level)
    daily.today(person, now.date())
    enqueue("learning.suggest", key=str(person.pk), asked_by=person.pk, person=str(person.pk))
    if role := path.heading(person):
        suggestions.ask_for_path(person, role)
