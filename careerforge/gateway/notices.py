"""What the administrators have to know about models is told once, however many calls find it out."""

from datetime import datetime

from django.utils.translation import gettext as _

from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models import Notice
from careerforge.gateway.models.offers import Offer
from careerforge.tenancy import aside, context

TELL_ONCE = """
INSERT INTO gateway_notice (id, organisation_id, kind, key, text, at)
VALUES (gen_random_uuid(), %(organisation)s, %(kind)s, %(key)s, %(text)s, %(at)s)
ON CONFLICT (organisation_id, kind, key) DO NOTHING
"""


def tell_once(kind: Notice.Kind, key: str, text: str, at: datetime) -> None:
    """Tell it, unless it was told before.

    Args:
        key: what it is about, and since when.
        text: a sentence that names no person.
    """
    values = {"organisation": context.current_id(), "kind": kind.value, "key": key, "text": text, "at": at}
    with aside.transaction_of_its_own() as opened:
        opened.execute(TELL_ONCE, values)


def about(call: CallRecord, since: datetime, now: datetime) -> None:
    """Tell what a call has found out that only an administrator can mend, if it has.

    Args:
        since: when its provider began to fail: the same failure is told once.
    """
    named = {"provider": Offer.Provider(call.provider).label, "model": call.model_asked}
    if call.outcome == "bad_key":
        text = _("%(provider)s refuses its key. It is asked again in six hours, or when you say so.")
        tell_once(Notice.Kind.KEY, f"{call.provider} {since.isoformat()}", text % named, now)
    elif call.outcome == "out_of_money":
        text = _("%(provider)s has no credit left. It is asked again in six hours, or when you say so.")
        tell_once(Notice.Kind.MONEY, f"{call.provider} {since.isoformat()}", text % named, now)
    elif call.error_kind == "model_not_found":
        text = _("%(provider)s has no model named %(model)s. Choose another one.")
        tell_once(Notice.Kind.MODEL, f"{call.provider} {call.model_asked}", text % named, now)
