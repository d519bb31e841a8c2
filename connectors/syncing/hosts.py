"""Turns at a host, which all workers share through the database.

A request is let through at once while the host has had fewer than ``BURST`` of them lately, and then one
every ``GAP`` seconds: the generic cell rate algorithm (ITU-T I.371), with the arrival time in a row.
"""

from datetime import timedelta

from django.db import connection

from careerforge.vault.sealing import keyed_hash
from connectors.models import Host

# Seconds between requests at an even pace, and how many may come together.
GAP, BURST = 0.5, 5
# A host that nobody has asked for so long is forgotten.
KEPT = timedelta(days=2)

_TURN = """
    INSERT INTO connectors_host AS h (key, busy_until)
    VALUES (%(key)s, clock_timestamp() + %(gap)s * interval '1 second')
    ON CONFLICT (key) DO UPDATE
    SET busy_until = greatest(h.busy_until, clock_timestamp()) + %(gap)s * interval '1 second'
    RETURNING greatest(
        extract(epoch FROM h.busy_until - clock_timestamp()) - %(gap)s * %(burst)s,
        extract(epoch FROM h.closed_until - clock_timestamp()),
        0)
"""
_CLOSE = """
    INSERT INTO connectors_host AS h (key, busy_until, closed_until)
    VALUES (%(key)s, clock_timestamp(), clock_timestamp() + %(wait)s * interval '1 second')
    ON CONFLICT (key) DO UPDATE SET closed_until = greatest(h.closed_until, excluded.closed_until)
"""
_FORGET = """
    DELETE FROM connectors_host
    WHERE greatest(busy_until, closed_until) < clock_timestamp() - %s * interval '1 second'
"""


def turn(host: str) -> float:
    """Take the next turn at a host: the seconds to wait for it, 0 when it is at once."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN, {"key": _key(host), "gap": GAP, "burst": BURST})
        return float(cursor.fetchone()[0])


def close(host: str, wait: timedelta) -> None:
    """Nobody asks this host for so long: it said so."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"key": _key(host), "wait": wait.total_seconds()})


def forget_idle() -> int:
    """Drop the rows of hosts that nobody has asked for days."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [KEPT.total_seconds()])
        return int(cursor.rowcount)


def _key(host: str) -> str:
    """What stands for a host's name: organisations share the row and do not learn of each other's hosts."""
    assert Host._meta.db_table == "connectors_host"
    return keyed_hash("index", "connectors.host", host).hex()
