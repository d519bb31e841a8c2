"""What the administrators have to know about models is told once, however many calls find it out."""

import json
from collections.abc import Mapping
from datetime import datetime

from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models import Notice
from careerforge.tenancy import aside, context

TELL_ONCE = """
INSERT INTO gateway_notice (id, organisation_id, kind, key, named, at)
VALUES (gen_random_uuid(), %(organisation)s, %(kind)s, %(key)s, %(named)s, %(at)s)
ON CONFLICT (organisation_id, kind, key) DO NOTHING
"""


def tell_once(kind: Notice.Kind, key: str, named: Mapping[str, str], at: datetime) -> None:
    """Tell it, unless it was told before.

    Args:
        key: what it is about, and since when.
        named: what its sentence names; no person.
    """
    values = {
        "organisation": context.current_id(),
        "kind": kind.value,
        "key": key,
        "named": json.dumps(named),
        "at": at,
    }
    with aside.transaction_of_its_own() as opened:
        opened.execute(TELL_ONCE, values)


def about(call: CallRecord, since: datetime, now: datetime) -> None:
    """Tell what a call has found out that only an administrator can mend, if it has.

    Args:
        since: when its provider began to fail: the same failure is told once.
    """
    provider = {"provider": call.provider}
    if call.outcome == "bad_key":
        tell_once(Notice.Kind.KEY, f"{call.provider} {since.isoformat()}", provider, now)
    elif call.outcome == "out_of_money":
        tell_once(Notice.Kind.MONEY, f"{call.provider} {since.isoformat()}", provider, now)
    elif call.error_kind == "model_not_found":
        named = {**provider, "model": call.model_asked}
        tell_once(Notice.Kind.MODEL, f"{call.provider} {call.model_asked}", named, now)
