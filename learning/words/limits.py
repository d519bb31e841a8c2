"""A limit that is reached: in words, with the time when there is room again in the person's own zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerforge.gateway import standing
from careerforge.gateway.budget import TIME, Cap, Exceeded
from careerforge.gateway.models import Spend
from careerforge.gateway.models.limits import Scope
from careerforge.jobs.models import JobRun
from careerforge.people import access, clock
from careerforge.people.models import User
from careerforge.tenancy import context


@dataclass(frozen=True)
class Reached:
    """What a page says of a limit: the sentence, and until when it holds."""

    sentence: str
    until: datetime

    def seconds(self, now: datetime) -> int:
        """How long to wait, one or more."""
        return max(1, ceil((self.until - now).total_seconds()))


def sentence(limit: Exceeded, person: User) -> str:
    """Which limit, and when there is room again."""
    again = date_format(localtime(limit.until, clock.time_zone(person)), "j M Y, H:i")
    return f"{limit.sentence} {_('There is room again from %(when)s.') % {'when': again}}"


def told(limit: Exceeded, person: User) -> dict[str, str]:
    """For the result of a job."""
    return {"sentence": sentence(limit, person), "until": limit.until.isoformat()}


def of_runs(names: Iterable[str], person: User, now: datetime) -> Reached | None:
    """The limit at which the newest run of some jobs about a person ended, while it holds: one query."""
    keys = [f"{name}:{person.pk}" for name in names]
    newest = JobRun.objects.filter(dedup_key__in=keys, result__limit__isnull=False)
    result: Any = newest.order_by("-created_at").values_list("result", flat=True).first()
    found = result and result["limit"]
    if not found or datetime.fromisoformat(found["until"]) <= now:
        return None
    return Reached(found["sentence"], datetime.fromisoformat(found["until"]))


def reached(person: User, function: str, now: datetime) -> Reached | None:
    """A limit that leaves no room for one more call, looked up before a job is queued: three queries.

    The call itself is counted when it is made; this only spares somebody a job that could ask nobody.
    """
    caps = standing.read(function, "simple").limits
    if not caps:
        return None
    holders = list(_holders(person, now))
    rows = Spend.objects.filter(holder__in=[one for _scope, one, _start in holders], starts_at__gte=_day(now))
    spent = {(row.scope, row.holder, row.starts_at): row for row in rows}
    for scope, holder, start in holders:
        if _is_full(caps.get(scope, Cap()), spent.get((scope.value, holder, start))):
            found = Exceeded(scope, start + TIME[scope])
            return Reached(sentence(found, person), found.until)
    return None


def _is_full(cap: Cap, row: Spend | None) -> bool:
    used = (row.calls, row.tokens, row.micros) if row else (0, 0, 0)
    return any(
        most is not None and one >= most
        for most, one in zip((cap.calls, cap.tokens, cap.micros), used, strict=True)
    )


def _holders(person: User, now: datetime) -> Iterator[tuple[Scope, Any, datetime]]:
    """Whose budgets a question of theirs uses, as ``budget`` counts them."""
    yield Scope.ORGANISATION, context.current_id(), _day(now)
    for team in access.teams_of(person, now.date()):
        yield Scope.TEAM, team, _day(now)
    yield Scope.PERSON, person.pk, _day(now).replace(hour=now.hour)


def _day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
