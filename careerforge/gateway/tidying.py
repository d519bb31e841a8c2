"""What the gateway forgets: who asked how often in an hour, after a day; what teams used, after a year."""

from datetime import datetime, timedelta

from careerforge.gateway import cache
from careerforge.gateway.models import Spend
from careerforge.gateway.models.limits import Scope

OF_A_PERSON = timedelta(days=1)
OF_A_GROUP = timedelta(days=400)


def prune(now: datetime) -> int:
    """Remove what is too old; how many rows went."""
    people = Spend.objects.filter(scope=Scope.PERSON, starts_at__lt=now - OF_A_PERSON)
    groups = Spend.objects.filter(starts_at__lt=now - OF_A_GROUP)
    return cache.prune(now) + people.delete()[0] + groups.delete()[0]
