"""The role a person is heading for. Only the person chooses it."""

from datetime import datetime

from django.db.models import F

from careerforge.governance import audit
from careerforge.people.models import Profile, User
from careerforge.skills.models import Role
from learning.models import Target


def current(person: User) -> Role | None:
    """The chosen role, if there is one."""
    row = Target.objects.filter(user=person, ended_at__isnull=True).select_related("role__practice").first()
    return row.role if row else None


def choose(person: User, role: Role, now: datetime) -> bool:
    """Make ``role`` the target; False when it was already. Call it in the transaction of the act."""
    # The profile's row is the lock: two choices at once happen one after the other.
    Profile.objects.select_for_update().filter(user=person).first()
    if Target.objects.filter(user=person, role=role, ended_at__isnull=True).exists():
        return False
    Target.objects.filter(user=person, ended_at__isnull=True).update(ended_at=now)
    target = Target.objects.create(user=person, role=role, chosen_at=now)
    touch(person)
    audit.record(person, "target.chosen", subject=person.id, target=target)
    return True


def touch(person: User) -> None:
    """Say that something changed on which results depend: cached answers carry this number."""
    Profile.objects.filter(user=person).update(version=F("version") + 1)
