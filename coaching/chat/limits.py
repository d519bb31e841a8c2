"""Whether a person may ask once more this hour: looked up before their question is taken.

The road counts the call itself when it is made; this only spares somebody a question that would be answered
without the words that they wanted.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerforge.gateway.budget import HOUR, Asker, Exceeded
from careerforge.gateway.models import FunctionSwitch, Limit, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.road import Road
from careerforge.people.models import User
from coaching.chat.outgoing import FUNCTION


@dataclass(frozen=True)
class TooMuch:
    """A question that was not taken, and was not stored. The page keeps it in its box.

    Attributes:
        status: of HTTP.
        until: when it may be asked again, if that is known.
    """

    sentence: str
    status: int
    until: datetime | None = None

    def __str__(self) -> str:
        if self.until is None:
            return self.sentence
        again = _("You can ask again at %(time)s.") % {"time": time_format(localtime(self.until))}
        return f"{self.sentence} {again}"

    def seconds(self, now: datetime) -> int:
        """How long to wait."""
        return max(1, math.ceil((self.until - now).total_seconds())) if self.until else 5


def reached(owner: User, now: datetime) -> TooMuch | None:
    """The person's limit of the hour, where a model would be asked; rules alone have none: three queries."""
    if not owner.organisation.model_allowed or not Road(Asker(owner.pk), allowed=True).leads_anywhere:
        return None
    limit = Limit.objects.filter(scope=Scope.PERSON).first()
    if limit is None or FunctionSwitch.objects.filter(function=FUNCTION, is_on=False).exists():
        return None
    start = now.replace(minute=0, second=0, microsecond=0)
    spent = Spend.objects.filter(scope=Scope.PERSON, holder=owner.pk, starts_at=start).first()
    calls, tokens = (spent.calls, spent.tokens) if spent else (0, 0)
    full = (limit.calls is not None and calls >= limit.calls) or (
        limit.tokens is not None and tokens >= limit.tokens
    )
    if not full:
        return None
    exceeded = Exceeded(Scope.PERSON, start + HOUR)
    return TooMuch(exceeded.sentence, 429, exceeded.until)
