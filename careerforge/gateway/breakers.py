"""A provider that fails is left alone for a while; then one call, and only one, tries it again.

What is known of a provider is a row, so that all processes know it at once.
"""

from datetime import datetime, timedelta

from careerforge.gateway import notices
from careerforge.gateway.errors import LEFT
from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models.offers import Breaker
from careerforge.gateway.standing import Health
from careerforge.tenancy import aside, context

# Failures in a row until a provider is left alone, and for how long.
ENOUGH = 5
SHORT = timedelta(minutes=1)
# Without money or a valid key nothing changes soon.
LONG = timedelta(hours=6)
# A probe that has not come back by then is taken for dead. Longer than any call.
PROBE = timedelta(minutes=1)

# How a call may end that says something about the provider, and not about the question.
FINAL = frozenset({"out_of_money", "bad_key"})
PASSING = frozenset({"unavailable", "rate_limited"})
# The request is at fault, or was trimmed: another one may well succeed.
OF_THE_REQUEST = frozenset({"bad_request", "too_large", "no_schemas", "no_stream_options"})
# How a provider cuts an answer off. That whoever asked has left says nothing about it.
BROKEN_OFF = frozenset({"timeout", "no_connection", "overloaded", "server_error", "too_many", "no_end"})

AFTER_A_FAILURE = """
INSERT INTO gateway_breaker AS breaker
    (id, organisation_id, provider, failures, open_until, why, changed_at)
VALUES (gen_random_uuid(), %(organisation)s, %(provider)s, 1, %(long)s, %(why)s, %(now)s)
ON CONFLICT (organisation_id, provider) DO UPDATE SET
    failures = least(breaker.failures + 1, 1000),
    open_until = CASE
        WHEN %(long)s::timestamptz IS NOT NULL THEN %(long)s
        WHEN breaker.failures + 1 >= %(enough)s THEN %(short)s
        ELSE breaker.open_until END,
    changed_at = CASE WHEN breaker.open_until IS NULL THEN %(now)s ELSE breaker.changed_at END,
    probe_until = NULL,
    why = %(why)s
RETURNING changed_at
"""


def may_ask(provider: str, health: Health | None, now: datetime) -> bool:
    """Whether a provider is asked now. For one whose time is over, exactly one caller is told so."""
    if health is None or health.open_until is None:
        return True
    if health.open_until > now:
        return False
    free = Breaker.objects.using(aside.alias()).filter(provider=provider, open_until__lte=now)
    with aside.transaction_of_its_own() as opened:
        opened.enter()
        taken = free.exclude(probe_until__gt=now).update(probe_until=now + PROBE)
    return taken == 1


def after_call(call: CallRecord, health: Health | None) -> None:
    """Remember how a call ended, and tell the administrators what only they can mend.

    Args:
        health: as it was before the call.
    """
    ended = call.started_at + timedelta(milliseconds=call.latency_ms)
    since = after(call.provider, call.outcome, call.error_kind, health, ended)
    notices.about(call, since or ended, ended)


def after(provider: str, outcome: str, kind: str, health: Health | None, now: datetime) -> datetime | None:
    """Remember how a call ended; since when the provider fails, if it does.

    Args:
        outcome: of :data:`~careerforge.gateway.ledger.Outcome`.
        kind: the ledger's ``error_kind``.
        health: as it was before the call.
    """
    if outcome == "cut" and kind == LEFT:
        return None
    if failed(outcome, kind):
        values = {
            "organisation": context.current_id(),
            "provider": provider,
            "long": now + LONG if outcome in FINAL else None,
            "short": now + SHORT,
            "enough": ENOUGH,
            "why": kind or outcome,
            "now": now,
        }
        with aside.transaction_of_its_own() as opened:
            since: datetime = opened.execute(AFTER_A_FAILURE, values).fetchone()[0]
        return since
    if health is not None and (health.failures or health.open_until):
        close(provider)
    return None


def failed(outcome: str, kind: str) -> bool:
    """Whether it is the provider that failed, by the ledger's words."""
    if outcome == "cut":
        return kind in BROKEN_OFF
    return outcome in FINAL or (outcome in PASSING and kind not in OF_THE_REQUEST)


def close(provider: str) -> None:
    """Ask this provider as usual again."""
    with aside.transaction_of_its_own() as opened:
        opened.enter()
        Breaker.objects.using(aside.alias()).filter(provider=provider).update(
            failures=0, open_until=None, probe_until=None, changed_at=None
        )
