"""Whether a model may be asked once more for a person: looked up for who wants no other answer.

A page asks the road alone, which counts each call: when the limit is reached the rules answer, and say so.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerforge.gateway.budget import Asker, Cost, full
from careerforge.gateway.road import STRENGTHS, Road
from careerforge.gateway.standing import read
from careerforge.people import access
from careerforge.people.models import User
from coaching.chat.outgoing import FUNCTION, MAX_TOKENS

# What any question is counted with before it is asked: its answer at the longest, and a word of its own.
LEAST = Cost(calls=1, tokens=MAX_TOKENS + 1, micros=0)


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

    @property
    def for_programs(self) -> str:
        """The same for a caller of the API: with date and offset, in the zone that is active."""
        if self.until is None:
            return self.sentence
        again = {"time": localtime(self.until).isoformat(timespec="minutes")}
        return f"{self.sentence} {_('You can ask again at %(time)s.') % again}"

    def seconds(self, now: datetime) -> int:
        """How long to wait."""
        return max(1, math.ceil((self.until - now).total_seconds())) if self.until else 5


def reached(owner: User, now: datetime) -> TooMuch | None:
    """The limit that keeps a model from being asked, where one would be: three queries. Rules have none."""
    if not owner.organisation.model_allowed:
        return None
    asker = Asker(owner.pk, access.teams_of(owner, now.date()))
    if not Road(asker, allowed=True).leads_anywhere:
        return None
    standing = read(FUNCTION, STRENGTHS.get(FUNCTION, "simple"), owner.profile.region)
    exceeded = full(asker, LEAST, standing.limits, now) if standing.is_on else None
    return TooMuch(exceeded.sentence, 429, exceeded.until) if exceeded else None
