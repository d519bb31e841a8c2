"""How many hours a week a person learns. HR sets a first number; from then on it is the person's own."""

from careerforge.governance import audit
from careerforge.people.models import Profile, User
from learning.roles import target


def choose(person: User, hours: int) -> bool:
    """Set the hours a week, 0 to 40; False when they were that already. Call it in the act's transaction."""
    changed = Profile.objects.filter(user=person).exclude(hours_per_week=hours).update(hours_per_week=hours)
    if not changed:
        return False
    person.profile.hours_per_week = hours
    target.touch(person)
    audit.record(person, "path.hours_chosen", subject=person.id, target=person.profile, hours=hours)
    return True
