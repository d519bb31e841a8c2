"""Leaving ends access, jobs and assignments at once; returning resumes what leaving ended."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.people import access
from careerforge.people.models import (
    ApiToken,
    Assignment,
    Grant,
    RoomMembership,
    SignInLink,
    TeamMembership,
    User,
)


def leave(user: User, now: datetime, by: User | None) -> None:
    """End somebody's sessions, tokens, links, memberships, assignments, rooms and open jobs."""
    left = User.objects.filter(pk=user.pk).exclude(state=User.State.LEFT)
    if not left.update(state=User.State.LEFT, left_at=now, session_generation=F("session_generation") + 1):
        return
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)
    SignInLink.objects.filter(user=user, used_at__isnull=True).update(used_at=now)
    JobRun.objects.filter(asked_by=user.pk, state__in=["queued", "running"]).update(
        state=JobRun.State.FAILED, error=_("The person who asked for this has left."), finished_at=now
    )
    for held in (TeamMembership.objects.filter(user=user), Assignment.objects.filter(_either(user))):
        held.filter(starts_on__gt=now.date()).delete()
        held.filter(_open_on(now.date())).update(ends_on=now.date())
    _rooms(user).filter(left_at__isnull=True).exclude(user=user, room__subject=user).update(left_at=now)
    _note(by, "person.left", user)
    user.refresh_from_db()


def come_back(user: User, by: User | None) -> None:
    """Open again what leaving ended, where nobody has taken the place since."""
    left_at = user.left_at
    if user.state != User.State.LEFT or left_at is None:
        return
    state = User.State.ACTIVE if user.has_usable_password() else User.State.IMPORTED
    if not User.objects.filter(pk=user.pk, state=User.State.LEFT).update(state=state, left_at=None):
        return
    TeamMembership.objects.filter(user=user, ends_on=left_at.date()).update(ends_on=None)
    ended = Assignment.objects.filter(_either(user), ends_on=left_at.date())
    for assignment in ended.select_related("coach", "employee"):
        if _is_free(assignment) and _is_allowed(assignment):
            Assignment.objects.filter(pk=assignment.pk).update(ends_on=None)
            between = Q(user=assignment.coach_id, room__subject=assignment.employee_id)
            _rooms(user).filter(between, left_at=left_at).update(left_at=None)
    _note(by, "person.returned", user)
    user.refresh_from_db()


def _note(by: User | None, act: str, user: User) -> None:
    kind = Grant.Kind.ADMIN_HR if by else ""
    audit.record(by, act, subject=user.pk, target=user, actor_kind=kind)


def _either(user: User) -> Q:
    return Q(coach=user) | Q(employee=user)


def _open_on(day: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=day)


def _rooms(user: User) -> QuerySet[RoomMembership]:
    return RoomMembership.objects.filter(Q(user=user) | Q(room__subject=user))


def _is_allowed(assignment: Assignment) -> bool:
    """What HR has changed meanwhile may forbid it: an HR admin cannot coach, nor a line manager."""
    if Grant.Kind.ADMIN_HR in assignment.coach.kinds:
        return False
    return not access.why_not_coach(assignment.coach, assignment.employee, timezone.localdate())


def _is_free(assignment: Assignment) -> bool:
    """Both are here, and nobody else has become the regular coach."""
    here = User.objects.filter(pk__in=[assignment.coach_id, assignment.employee_id]).exclude(
        state=User.State.LEFT
    )
    others = Assignment.objects.filter(employee=assignment.employee_id, ends_on__isnull=True, cover=False)
    return here.count() == 2 and (assignment.cover or not others.exists())
