"""Whom anything may be computed about."""

from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.jobs.running import Failed
from careerforge.people.models import User


def person(person_id: str) -> User:
    """An active person, for a job.

    Raises:
        Failed: they are not active, or are gone.
    """
    rows = User.objects.select_related("organisation", "profile__practice", "key")
    found = rows.filter(pk=UUID(person_id), state=User.State.ACTIVE).first()
    if found is None:
        raise Failed(_("This person is not active, so nothing is computed about them."))
    return found
