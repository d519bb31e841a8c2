"""Somebody takes a course from a source into the catalogue, or declines it. Each an act on record."""

from collections.abc import Iterator
from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.people.models import User
from learning.models import Course, Resource

State = Course.State


def missing(course: Course) -> list[str]:
    """What has to be known of a course before it can be in the catalogue, in words."""
    return list(_missing(course))


def _missing(course: Course) -> Iterator[str]:
    if course.skill_id is None:
        yield _("the skill")
    if course.level is None:
        yield _("the level reached")
    if course.hours is None:
        yield _("the hours")
    if course.price is None or (course.price and not course.currency):
        yield _("the price")


def adopt(course: Course, by: User, *, kind: str = "") -> Resource | None:
    """Make it a resource that paths may use. None if it is adopted already or something is missing.

    Args:
        kind: the role in which somebody acts, for the audit trail.
    """
    if missing(course):
        return None
    with transaction.atomic():
        row = Course.objects.select_for_update().get(pk=course.pk)
        if row.state == State.ADOPTED or row.document_id is None:
            return None
        resource = Resource.objects.create(**_values(course))
        row.state, row.resource = State.ADOPTED, resource
        row.save(update_fields=["state", "resource"])
        audit.record(by, "course.adopted", target=resource, actor_kind=kind)
    return resource


def decline(course: Course, by: User, *, kind: str = "") -> bool:
    """It is not proposed again. False if somebody has decided already."""
    return _decide(course, State.PROPOSED, State.DECLINED, by, kind)


def propose_again(course: Course, by: User, *, kind: str = "") -> bool:
    """A declined course is proposed once more."""
    return _decide(course, State.DECLINED, State.PROPOSED, by, kind)


def _decide(course: Course, old: str, new: str, by: User, kind: str) -> bool:
    with transaction.atomic():
        if not Course.objects.filter(pk=course.pk, state=old).update(state=new):
            return False
        audit.record(by, f"course.{new}", target=course, actor_kind=kind)
    return True


def _values(course: Course) -> dict[str, object]:
    return {
        "slug": f"{slugify(course.title)[:100]}-{uuid4().hex[:8]}".strip("-"),
        "type": Resource.Type.COURSE,
        "title": course.title,
        "provider_kind": course.provider[:40],
        "hours": course.hours,
        "cost_minor": course.price or 0,
        "skill_id": course.skill_id,
        "level": course.level,
        "url": course.url,
        # Hours and price are the provider's, or an admin's.
        "starter_estimate": False,
        **({"currency": course.currency} if course.currency else {}),
    }
