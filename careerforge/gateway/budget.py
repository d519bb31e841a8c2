"""Who may still ask a model: counted before the call, put right after it, in transactions of their own.

One statement counts a call in all its scopes at once; PostgreSQL's row locks make fifty at the same moment
take turns, and a row whose limit would be passed is not written.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.gateway.models.limits import Scope, Spend
from careerforge.gateway.models.notices import Notice
from careerforge.gateway.statements import Statement, together
from careerforge.tenancy import aside, context
from careerforge.vault.sealing import keyed_hash

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIME = {Scope.PERSON: HOUR, Scope.TEAM: DAY, Scope.ORGANISATION: DAY}
# What no limit is, for PostgreSQL.
ENDLESS = 2**62

COUNT = """
INSERT INTO gateway_spend AS spend
    (organisation_id, scope, holder, starts_at, calls, tokens, micros, most_calls, most_tokens, most_micros)
VALUES {rows}
ON CONFLICT (organisation_id, scope, holder, starts_at) DO UPDATE SET
    calls = spend.calls + excluded.calls,
    tokens = spend.tokens + excluded.tokens,
    micros = spend.micros + excluded.micros,
    most_calls = excluded.most_calls,
    most_tokens = excluded.most_tokens,
    most_micros = excluded.most_micros
WHERE spend.calls + excluded.calls <= excluded.most_calls
  AND spend.tokens + excluded.tokens <= excluded.most_tokens
  AND spend.micros + excluded.micros <= excluded.most_micros
RETURNING scope
"""
PUT_RIGHT = """
WITH held (scope, holder, starts_at, key) AS (VALUES {rows}),
put_right AS (
    UPDATE gateway_spend AS spend SET
        calls = greatest(0, calls + %s),
        tokens = greatest(0, tokens + %s),
        micros = greatest(0, micros + %s)
    FROM held
    WHERE spend.organisation_id = %s
      AND (spend.scope, spend.holder, spend.starts_at) = (held.scope, held.holder, held.starts_at)
    RETURNING held.key, held.scope, greatest(
        spend.calls::float / nullif(spend.most_calls, 0),
        spend.tokens::float / nullif(spend.most_tokens, 0),
        spend.micros::float / nullif(spend.most_micros, 0)) AS share
)
INSERT INTO gateway_notice (id, organisation_id, kind, key, named, at)
SELECT gen_random_uuid(), %s, %s, key, jsonb_build_object('scope', scope), %s
FROM put_right WHERE share >= %s AND scope <> %s
ON CONFLICT (organisation_id, kind, key) DO NOTHING
"""
# The share of a limit from which on administrators are told.
NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a person, and the teams whose budgets they use; nobody, where a company tries something."""

    person: UUID | None
    teams: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """Calls, tokens of all classes together, and millionths of a US dollar."""

    calls: int = 1
    tokens: int = 0
    micros: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.calls + other.calls, self.tokens + other.tokens, self.micros + other.micros)

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.calls - other.calls, self.tokens - other.tokens, self.micros - other.micros)


@dataclass(frozen=True, slots=True)
class Held:
    """What a call has been counted with, and where, until it is known what it cost."""

    keys: tuple[tuple[str, UUID, datetime], ...]
    cost: Cost


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit is reached. ``until`` is the start of the next hour or day, in UTC."""

    scope: Scope
    until: datetime

    @property
    def sentence(self) -> str:
        """For whoever asked; the time is added by who knows their zone."""
        return {
            Scope.PERSON: _("You have asked as many questions as one person may in an hour."),
            Scope.TEAM: _("Your team has used its budget for language models today."),
            Scope.ORGANISATION: _("Your company has used its budget for language models today."),
        }[self.scope]


@dataclass(frozen=True, slots=True)
class Cap:
    """The limit of one scope; None is without limit."""

    calls: int | None = None
    tokens: int | None = None
    micros: int | None = None

    def holds(self, cost: Cost) -> bool:
        """Whether a cost alone keeps to it."""
        pairs = ((self.calls, cost.calls), (self.tokens, cost.tokens), (self.micros, cost.micros))
        return all(most is None or used <= most for most, used in pairs)


def hold(
    asker: Asker,
    cost: Cost,
    limits: Mapping[Scope, Cap],
    now: datetime,
    also: Sequence[Statement] = (),
) -> Held | Exceeded:
    """Count a call before it is made, in every scope or in none.

    Args:
        cost: the most that it may come to.
        limits: of :class:`~careerforge.gateway.standing.Standing`.
        also: done in the same transaction, if there is room.
    """
    scopes = list(_scopes(asker, now))
    for scope, _holder, starts_at in scopes:
        if not limits.get(scope, Cap()).holds(cost):
            return Exceeded(scope, starts_at + TIME[scope])
    counted = _count(scopes, cost, limits, also)
    for scope, _holder, starts_at in scopes:
        if scope not in counted:
            return Exceeded(scope, starts_at + TIME[scope])
    return Held(tuple((scope.value, holder, start) for scope, holder, start in scopes), cost)


def full(asker: Asker, least: Cost, limits: Mapping[Scope, Cap], now: datetime) -> Exceeded | None:
    """Which limit has no room any more, as far as can be known before a call. One query; nothing is counted.

    Args:
        least: what any call comes to.
    """
    scopes = list(_scopes(asker, now))
    rows = Spend.objects.filter(holder__in=[holder for _scope, holder, _start in scopes])
    found = rows.filter(starts_at__in={start for _scope, _holder, start in scopes})
    spent = {(one.scope, one.holder, one.starts_at): one for one in found}
    for scope, holder, start in scopes:
        one = spent.get((scope, holder, start))
        used = Cost(one.calls, one.tokens, one.micros) if one else Cost(0)
        if not limits.get(scope, Cap()).holds(used + least):
            return Exceeded(scope, start + TIME[scope])
    return None


def settled(held: Held, cost: Cost, now: datetime) -> Statement:
    """Puts right what was counted, once it is known what the call cost, and gives notice of a limit that is
    nearly reached: once for each limit and its time. Of a person's limit nobody else is told.
    """
    change, organisation = cost - held.cost, context.current_id()
    rows = ", ".join(["(%s, %s::uuid, %s::timestamptz, %s)"] * len(held.keys))
    values: list[Any] = []
    for scope, holder, start in held.keys:
        values += [scope, holder, start, _notice_key(scope, holder, start)]
    values += [change.calls, change.tokens, change.micros, organisation]
    values += [organisation, Notice.Kind.LIMIT.value, now, NEARLY, Scope.PERSON.value]
    return PUT_RIGHT.format(rows=rows), values


def _notice_key(scope: str, holder: UUID, start: datetime) -> str:
    """Names nobody."""
    return keyed_hash("content", "limit", scope, str(holder), start.isoformat()).hex()


class _Refused(Exception):
    """Takes back what the same statement counted elsewhere."""


def _count(
    scopes: Sequence[tuple[Scope, UUID, datetime]],
    cost: Cost,
    limits: Mapping[Scope, Cap],
    also: Sequence[Statement],
) -> Collection[str]:
    """The scopes in which there was room; written only if that is all of them."""
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(scopes))
    values: list[Any] = []
    for scope, holder, start in scopes:
        cap = limits.get(scope, Cap())
        most = [ENDLESS if one is None else one for one in (cap.calls, cap.tokens, cap.micros)]
        values += [context.current_id(), scope.value, holder, start]
        values += [cost.calls, cost.tokens, cost.micros, *most]
    found: list[str] = []
    try:
        with aside.transaction_of_its_own() as opened:
            cursor = opened.execute(*together([(COUNT.format(rows=rows), values), *also]))
            found = [scope for (scope,) in cursor.fetchall()]
            if len(found) < len(scopes):
                raise _Refused
    except _Refused:
        # Of several teams one may be full: then the team's scope is.
        whole = {scope.value: sum(other is scope for other, *_rest in scopes) for scope, *_rest in scopes}
        return [scope for scope in whole if found.count(scope) == whole[scope]]
    return found


def _scopes(asker: Asker, now: datetime) -> Iterator[tuple[Scope, UUID, datetime]]:
    """In one order for everybody, so that no two calls wait for each other."""
    organisation = context.current_id()
    assert organisation is not None
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    yield Scope.ORGANISATION, organisation, day
    for team in sorted(asker.teams):
        yield Scope.TEAM, team, day
    if asker.person:
        yield Scope.PERSON, asker.person, day.replace(hour=now.hour)
