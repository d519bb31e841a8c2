"""Changing what is kept of a person."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.db.models import F

from careerforge.governance import audit
from careerforge.jobs.queue import enqueue
from careerforge.people import identity
from careerforge.people.models import Grant, Profile, User


def keep(
    user: User, person: identity.Person, work: Mapping[str, Any], kinds: Iterable[str], by: User
) -> None:
    """Seal what names them, note what the work needs, and give and take roles.

    Under a new name they are masked in the documents that are there already.

    Args:
        work: fields of the profile, such as ``practice`` and ``seniority``.
    """
    if identity.read_all(user) != person:
        identity.store(user, person)
        # Each change asks for a pass of its own: one that is under way may have read the name before.
        enqueue("knowledge.mask_again", key=f"renamed:{uuid4()}", people=[str(user.pk)])
    profile = Profile.objects.filter(user=user)
    if not profile.filter(**work).exists():
        profile.update(**work, version=F("version") + 1)
    grant(user, kinds, by)


def grant(user: User, kinds: Iterable[str], by: User) -> None:
    """Give exactly these roles; each given and each taken one is an audit row."""
    wanted, has = set(kinds), set(Grant.objects.filter(user=user).values_list("kind", flat=True))
    for kind in sorted(wanted - has):
        Grant.objects.create(user=user, kind=kind)
        audit.record(by, "role.given", subject=user.pk, target=user, kind=kind)
    for kind in sorted(has - wanted):
        Grant.objects.filter(user=user, kind=kind).delete()
        audit.record(by, "role.taken", subject=user.pk, target=user, kind=kind)
