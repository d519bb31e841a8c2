"""A provider that fails is left alone for a while; then one call, and only one, tries it again.

What is known of a provider is a row, so that all processes know it at once.
"""

from datetime import datetime, timedelta

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
OF_THE_REQUEST = frozenset({"bad_request", "too_large"})

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


def after(provider: str, outcome: str, kind: str, health: Health | None, now: datetime) -> None:
    """Remember how a call ended.

    Args:
        outcome: of :data:`~careerforge.gateway.ledger.Outcome`.
        kind: the ledger's ``error_kind``.
        health: as it was before the call.
    """
    if outcome in FINAL or (outcome in PASSING and kind not in OF_THE_REQUEST):
        long = now + LONG if outcome in FINAL else None
        with aside.transaction_of_its_own() as opened:
            opened.execute(
                AFTER_A_FAILURE,
                {
                    "organisation": context.current_id(),
                    "provider": provider,
                    "long": long,
                    "short": now + SHORT,
                    "enough": ENOUGH,
                    "why": kind or outcome,
                    "now": now,
                },
            )
    elif health is not None and (health.failures or health.open_until):
        close(provider)


def close(provider: str) -> None:
    """Ask this provider as usual again."""
    with aside.transaction_of_its_own() as opened:
        opened.enter()
        Breaker.objects.using(aside.alias()).filter(provider=provider).update(
            failures=0, open_until=None, probe_until=None, changed_at=None
        )
