"""What the gateway forgets: who asked how often in an hour, after a day; what teams used, after a year; what
was sent, after two.
"""

from datetime import datetime, timedelta

from careerforge.gateway import cache
from careerforge.gateway.models import ModelCall, Notice, SentText, Spend
from careerforge.gateway.models.calls import UNDER_WAY
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.sent import KEPT_FOR

OF_A_PERSON = timedelta(days=1)
OF_A_GROUP = timedelta(days=400)
# Many times as long as the longest call.
LOST = timedelta(minutes=10)
# The ledger's kind of error of a call whose process was killed.
KILLED = "process_ended"


def prune(now: datetime) -> int:
    """Remove what is too old; how many rows went. The ledger itself stays: it names nobody."""
    people = Spend.objects.filter(scope=Scope.PERSON, starts_at__lt=now - OF_A_PERSON)
    groups = Spend.objects.filter(starts_at__lt=now - OF_A_GROUP)
    texts = SentText.objects.filter(sent_at__lt=now - KEPT_FOR)
    notices = Notice.objects.filter(at__lt=now - OF_A_GROUP)
    gone = [people.delete()[0], groups.delete()[0], texts.delete()[0], notices.delete()[0]]
    return cache.prune(now) + sum(gone)


def close_lost(now: datetime) -> int:
    """Close the calls of processes that have died: cut off. How many there were.

    Nobody knows what they cost, so what they were counted with stays on the books: the most that it can be.
    """
    lost = ModelCall.objects.filter(outcome=UNDER_WAY, started_at__lt=now - LOST)
    return lost.update(outcome="cut", error_kind=KILLED)
