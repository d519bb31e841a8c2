"""How much of each limit is used right now, without telling what a single person did."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.design.words import percent, plain
from careerforge.gateway.budget import NEARLY, TIME
from careerforge.gateway.models import Limit
from careerforge.gateway.models.limits import Scope

# Below this many people, nothing is said that might tell who they are.
FEW = 5

USED = """
SELECT spend.scope, count(*) FILTER (WHERE share >= 1), max(share),
       sum(spend.calls), sum(spend.tokens), sum(spend.micros)
FROM gateway_spend AS spend
LEFT JOIN gateway_limit AS held ON held.scope = spend.scope
CROSS JOIN LATERAL (SELECT greatest(
    spend.calls::float / nullif(held.calls, 0),
    spend.tokens::float / nullif(held.tokens, 0),
    spend.micros::float / nullif(held.dollars * 1000000, 0)
)) AS used (share)
WHERE (spend.scope, spend.starts_at) IN ((%s, %s), (%s, %s), (%s, %s))
GROUP BY 1
"""


@dataclass(frozen=True)
class Use:
    """One limit, and how much of it is used in the hour or day that runs.

    Attributes:
        share: of the nearest limit, as a share of 1; of a team, the one that has used most. None where it
            would tell about single people, and without a limit.
        until: when the next hour or day starts.
    """

    scope: Scope
    limit: Limit | None
    until: datetime
    share: float | None = None
    full: int = 0
    calls: int = 0
    tokens: int = 0
    micros: int = 0

    @property
    def tone(self) -> str:
        """Of the design's."""
        if self.closed:
            return "failing"
        if self.scope is Scope.PERSON or self.share is None:
            return ""
        return "failing" if self.share >= 1 else "suspicious" if self.share >= NEARLY else "well"

    @property
    def closed(self) -> bool:
        """Whether the limit lets nothing through at all."""
        return self.limit is not None and 0 in (self.limit.calls, self.limit.tokens, self.limit.dollars)

    @property
    def is_endless(self) -> bool:
        """Whether nothing bounds it."""
        held = self.limit
        return held is None or (held.calls is None and held.tokens is None and held.dollars is None)

    @property
    def percent(self) -> int:
        """For a bar."""
        return min(100, round(100 * (self.share or 0)))

    @property
    def most(self) -> str:
        """The limit in words."""
        return in_words(self.limit)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.closed:
            return _("Closed: a limit of 0 lets no question through.")
        if self.scope is Scope.PERSON:
            return _people(self.full) if self.limit else ""
        if self.share is None:
            return ""
        return _of_a_team(self) if self.scope is Scope.TEAM else _of_the_company(self)


def uses(now: datetime) -> list[Use]:
    """Person, team and company: two queries."""
    limits = {Scope(one.scope): one for one in Limit.objects.all()}
    found = _found(now)
    return [_use(scope, limits.get(scope), now, found.get(scope)) for scope in Scope]


def use_of(limit: Limit, now: datetime) -> Use:
    """One limit's: one query."""
    scope = Scope(limit.scope)
    return _use(scope, limit, now, _found(now).get(scope))


def _found(now: datetime) -> dict[Scope, list[float | None]]:
    keys = [part for scope in Scope for part in (scope.value, _started(scope, now))]
    with connection.cursor() as cursor:
        cursor.execute(USED, keys)
        return {Scope(scope): rest for scope, *rest in cursor.fetchall()}


def until(scope: Scope, now: datetime) -> datetime:
    """When the next hour or day of a limit starts."""
    return _started(scope, now) + TIME[scope]


def _started(scope: Scope, now: datetime) -> datetime:
    """Hours and days are UTC, as they are counted."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if scope is Scope.PERSON else hour.replace(hour=0)


def _use(scope: Scope, limit: Limit | None, now: datetime, found: list[float | None] | None) -> Use:
    then = until(scope, now)
    if found is None:
        return Use(scope, limit, then, share=None if limit is None else 0.0)
    full, share, *sums = found
    calls, tokens, micros = (int(one or 0) for one in sums)
    return Use(scope, limit, then, share, int(full or 0), calls, tokens, micros)


def in_words(limit: Limit | None) -> str:
    """What a limit allows, such as "30 calls, 5 US dollars"."""
    if limit is None:
        return _("No limit")
    parts = []
    if limit.calls is not None:
        parts.append(ngettext("%(n)s call", "%(n)s calls", limit.calls) % {"n": plain(limit.calls)})
    if limit.tokens is not None:
        parts.append(ngettext("%(n)s token", "%(n)s tokens", limit.tokens) % {"n": plain(limit.tokens)})
    if limit.dollars is not None:
        parts.append(_("%(n)s US dollars") % {"n": plain(limit.dollars, 2)})
    return ", ".join(parts) or _("No limit")


def _people(full: int) -> str:
    if not full:
        return _("Nobody has used it up this hour.")
    if full < FEW:
        return _("Fewer than five people have used it up this hour.")
    return _("%(n)s people have used it up this hour.") % {"n": full}


def _of_a_team(use: Use) -> str:
    if use.full:
        return ngettext("One team has used it up.", "%(n)s teams have used it up.", use.full) % {
            "n": use.full
        }
    return _("The team that has used most has used %(share)s.") % {"share": percent(use.share)}


def _of_the_company(use: Use) -> str:
    share = {"share": percent(use.share)}
    if use.full:
        return _("Used up: no question goes out until then; everything is answered by rules.")
    if (use.share or 0) >= NEARLY:
        return (
            _("%(share)s used. A question that may need more than what is left is answered by rules.") % share
        )
    return _("%(share)s used.") % share
