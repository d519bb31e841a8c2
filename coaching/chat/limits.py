"""Whether a model may be asked once more for a person this hour: looked up for who wants no other answer.

A page asks the road alone, which counts each call: when the limit is reached the rules answer, and say so.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerforge.gateway.budget import HOUR, Asker, Cost, Exceeded
from careerforge.gateway.models import Spend
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.road import STRENGTHS, Road
from careerforge.gateway.standing import read
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
    """The person's limit of the hour, where a model would be asked; rules alone have none: two queries."""
    if not owner.organisation.model_allowed or not Road(Asker(owner.pk), allowed=True).leads_anywhere:
        return None
    standing = read(FUNCTION, STRENGTHS.get(FUNCTION, "simple"), owner.profile.region)
    cap = standing.limits.get(Scope.PERSON)
    if cap is None or not standing.is_on:
        return None
    start = now.replace(minute=0, second=0, microsecond=0)
    spent = Spend.objects.filter(scope=Scope.PERSON, holder=owner.pk, starts_at=start).first()
    # One call more, of one token at least.
    calls, tokens, micros = (spent.calls, spent.tokens, spent.micros) if spent else (0, 0, 0)
    if cap.holds(Cost(calls + 1, tokens + 1, micros + 1)):
        return None
    exceeded = Exceeded(Scope.PERSON, start + HOUR)
    return TooMuch(exceeded.sentence, 429, exceeded.until)
